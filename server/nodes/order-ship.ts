import { Type } from 'typebox'
import { CARRIERS } from '../../connectors/kit/carriers.ts'
import { anEvent, anOrder } from './example-order.ts'
import { hint } from './hints.ts'
import { defineItemNode, orderOf } from './per-item.ts'
import { StepError } from './step-failure.ts'
import { compileTemplate, NO_VALUE, TemplateParam, templateProblems } from './template.ts'

const params = Type.Object(
  {
    carrier: Type.String({
      ...hint('快递公司', 'Carrier', {
        open: true,
        options: Object.fromEntries(Object.entries(CARRIERS).map(([id, { zh, en }]) => [id, { zh, en }])),
      }),
      minLength: 1,
      maxLength: 40,
    }),
    waybill: TemplateParam('运单号', 'Waybill', 200),
  },
  { additionalProperties: false },
)

const shops = [
  {
    id: 'shop',
    name: '淘宝店',
    channel: 'taobao',
    shop: '淘宝店',
    actions: ['ship', 'stock'],
  },
] as const

export const orderShip = defineItemNode({
  type: 'order.ship',
  kind: 'outside',
  name: { zh: '上传运单', en: 'Tell the shop of the parcel' },
  title: { zh: '把运单号 {waybill} 传回店铺', en: 'Tell the shop of waybill {waybill}' },
  description: {
    zh: '把快递公司和运单号传回订单所在的店铺，平台上就变成「已发货」。经发件箱发出，只传一次，成败可查；店铺不支持时从「需手工」走。',
    en: 'Tells the shop of the order which carrier has it under which number, so that the platform shows it as shipped. Goes through the outbox: once, and accounted for; shops that cannot be told leave by "by hand".',
  },
  params,
  ports: { sent: { zh: '已交发件箱', en: 'sent' }, 'by-hand': { zh: '需手工', en: 'by hand' } },
  adds: {},
  needs: ['order'],
  checkParams: ({ waybill }) => templateProblems(waybill, 'waybill'),
  prepare: ({ waybill }) => compileTemplate(waybill),
  step(item, { params: { carrier }, prepared, world }) {
    const { data } = item
    const { orderId } = orderOf(item)
    const waybill = prepared(data).trim()
    if (waybill === '' || waybill === NO_VALUE)
      throw new StepError('NO_WAYBILL', {
        zh: '这张订单还没有运单号，请先取到运单号再上传，然后重试',
        en: 'The order has no waybill yet; get one first, then retry',
      })
    const connection = world.connection(data.event.connection)
    const note = { carrier: carrierName(carrier), waybill, shop: connection?.name ?? data.event.connection }
    if (!connection?.actions?.includes('ship')) return { ports: ['by-hand'], note }
    return {
      ports: ['sent'],
      note,
      effects: [
        {
          kind: 'act',
          action: 'ship',
          orderId,
          connection: connection.id,
          body: { orderId, carrier, waybill },
        },
      ],
    }
  },
  explain: ({ ports, note: { carrier, waybill, shop } }) =>
    ports.includes('sent')
      ? { zh: `已把${carrier} ${waybill} 传给${shop}`, en: `${shop} is told of waybill ${waybill}` }
      : { zh: `${shop} 不能自动上传运单，请手工处理`, en: `${shop} cannot be told by itself; do it by hand` },
  examples: [
    {
      title: { zh: '店铺支持：交给发件箱', en: 'a shop that can be told' },
      params: { carrier: 'sf', waybill: 'SF0000000000001' },
      data: { order: anOrder(), event: { ...anEvent(), connection: 'shop' } },
      world: { connections: shops },
      expect: { ports: ['sent'], note: { waybill: 'SF0000000000001', shop: '淘宝店' } },
    },
    {
      title: { zh: '店铺不支持：需手工', en: 'a shop that cannot' },
      params: { carrier: 'yto', waybill: 'YT0000000000001' },
      data: { order: anOrder(), event: anEvent() },
      expect: { ports: ['by-hand'] },
    },
  ],
})

const carrierName = (carrier: string): string =>
  Object.hasOwn(CARRIERS, carrier) ? CARRIERS[carrier as keyof typeof CARRIERS].zh : carrier
