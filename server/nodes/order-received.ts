import { Type } from 'typebox'
import { orderFields } from '../workflow/order-fields.ts'
import { anEvent, exampleConnections } from './example-order.ts'
import { type Hint, hint } from './hints.ts'
import type { Outcome } from './node-type.ts'
import { defineAskingNode } from './per-item.ts'

/** Names of the channels the product knows; shops may have others. */
const channelNames: Hint['options'] = Object.fromEntries(
  (orderFields.find(({ path }) => path === 'order.channel')?.options ?? []).map(({ value, name }) => [
    value,
    name,
  ]),
)

const Ids = (zh: string, en: string, more: Omit<Hint, 'zh' | 'en'>, options?: Hint['options']) =>
  Type.Optional(
    Type.Array(
      Type.String({ ...(options && hint(zh, en, { options, open: true })), minLength: 1, maxLength: 120 }),
      {
        ...hint(zh, en, more),
        maxItems: 100,
      },
    ),
  )

const params = Type.Object(
  {
    connections: Ids('只要这些连接', 'Only these connections', { as: 'connection' }),
    channels: Ids('只要这些渠道', 'Only these channels', {}, channelNames),
    orders: Type.Optional(
      Type.Union([Type.Literal('new'), Type.Literal('changed'), Type.Literal('any')], {
        ...hint('哪些订单', 'Which orders', {
          options: {
            new: { zh: '新订单', en: 'new orders' },
            changed: { zh: '有变更的订单', en: 'changed orders' },
            any: { zh: '所有订单', en: 'all orders' },
          },
        }),
        default: 'new',
      }),
    ),
  },
  { additionalProperties: false },
)

const NOT_WANTED: Outcome = { ports: [] }
const NEW: Outcome = { ports: ['received'], note: { isNew: true } }
const CHANGED: Outcome = { ports: ['received'], note: { isNew: false } }

export const orderReceived = defineAskingNode({
  type: 'order.received',
  kind: 'trigger',
  name: { zh: '收到订单', en: 'Order received' },
  title: { zh: '收到{orders}', en: 'Received: {orders}' },
  description: {
    zh: '每当一个订单从店铺、接口或文件进来时开始。默认只对新订单开始，同一订单的后续变更不再重走流程。',
    en: 'Starts when an order comes in from a shop, the interface or a file. By default only for new orders; later changes of an order do not go through again.',
  },
  params,
  ports: { received: { zh: '收到', en: 'received' } },
  adds: {},
  needs: [],
  prepare: ({ connections = [], channels = [], orders = 'new' }) => ({
    connections: connections.length > 0 ? new Set(connections) : undefined,
    channels: channels.length > 0 ? new Set(channels) : undefined,
    orders,
  }),
  question({ key, data: { event } }, { prepared: { connections, channels } }) {
    const isWanted =
      event.kind === 'order' &&
      (connections?.has(event.connection) ?? true) &&
      (channels?.has(event.channel) ?? true)
    return isWanted ? { key, orderKey: event.orderKey, event: event.id } : NOT_WANTED
  },
  ask: (questions, { world }) => world.orders.arrive(questions),
  outcome({ isNew }, _question, _item, { prepared: { orders } }) {
    if (orders !== 'any' && isNew !== (orders === 'new')) return NOT_WANTED
    return isNew ? NEW : CHANGED
  },
  explain: ({ note }) =>
    note.isNew === false
      ? { zh: '收到订单的变更', en: 'A change of the order came in' }
      : { zh: '收到新订单', en: 'A new order came in' },
  examples: [
    {
      title: { zh: '新订单', en: 'a new order' },
      params: {},
      data: {},
      expect: { ports: ['received'], note: { isNew: true } },
    },
    {
      title: { zh: '渠道不符的订单不进入流程', en: 'an order of another channel does not enter' },
      params: { channels: ['douyin'] },
      data: { event: anEvent({ channel: 'taobao' }) },
      world: { connections: exampleConnections },
      expect: { ports: [] },
    },
  ],
})
