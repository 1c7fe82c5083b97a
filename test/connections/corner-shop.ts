import { Type } from 'typebox'
import { type Connector, defineConnector } from '../../connectors/connector.ts'
import { publicKey, secret } from '../../connectors/kit/common-settings.ts'
import { ConnectorError } from '../../connectors/kit/fault.ts'

/** A shop that lives in the test: what it has, and what it is told. */
export interface CornerShop {
  readonly connector: Connector
  readonly orders: Map<string, Record<string, unknown>>
  /** Orders polling does not bring, as when a platform's list is late. */
  readonly hidden: Set<string>
  readonly fetched: string[]
  /** Orders whose detail the platform answers with nonsense. */
  readonly broken: Set<string>
  readonly done: { key: string; body: unknown }[]
  /** What happens to the next actions: work and no answer, a refusal, a pause. */
  readonly script: ('no-answer' | 'refuse' | 'throttle' | 'nothing')[]
  /** Whether the shop can say what became of an action. */
  canTell: boolean
  /** Thrown by the next reads. */
  failure: Error | undefined
}

export function cornerShop(): CornerShop {
  const shop: CornerShop = {
    connector: undefined as unknown as Connector,
    orders: new Map(),
    hidden: new Set(),
    fetched: [],
    broken: new Set(),
    done: [],
    script: [],
    canTell: true,
    failure: undefined,
  }
  const failNow = () => {
    if (shop.failure) throw shop.failure
  }
  const act = (call: { key: string; body: unknown }) => {
    const next = shop.script.shift()
    if (next === 'refuse') throw new ConnectorError({ class: 'business', said: '商品已下架' })
    if (next === 'throttle') throw new ConnectorError({ class: 'throttled', retryAfterMs: 10 })
    if (next === 'nothing') throw new ConnectorError({ class: 'timeout' })
    shop.done.push(call)
    if (next === 'no-answer') throw new ConnectorError({ class: 'timeout' })
    return { number: shop.done.length }
  }
  const connector = defineConnector({
    id: 'corner-shop',
    name: { zh: '街角小店', en: 'Corner shop' },
    title: { zh: '取单', en: 'Orders' },
    kind: 'shop',
    channel: 'corner',
    settings: Type.Object({}, { additionalProperties: true }),
    credentials: Type.Object(
      { shop: publicKey('编号', 'Number'), key: secret('密钥', 'Key') },
      { additionalProperties: false },
    ),
    defaults: {
      identity: { orderId: ['no'], version: ['changed'] },
      mapping: { fields: [{ to: 'orderId', from: 'no' }] },
    },
    async test() {
      failNow()
      return { zh: '已连上', en: 'Connected' }
    },
    async poll(context) {
      failNow()
      await context.accept([...shop.orders.values()].filter(({ no }) => !shop.hidden.has(String(no))))
      await context.cursors.set('orders', context.now())
    },
    async fetch(wanted, context) {
      failNow()
      if (wanted.some(({ id }) => shop.broken.has(id))) throw new ConnectorError({ class: 'unreadable' })
      shop.fetched.push(...wanted.map(({ id }) => id))
      await context.accept(wanted.flatMap(({ id }) => shop.orders.get(id) ?? []))
    },
    async *orderIds() {
      failNow()
      yield [...shop.orders.keys()]
    },
    push(request, { credentials }) {
      const reply = { status: 200, contentType: 'text/plain', body: 'success' }
      if (request.headers['x-key'] !== credentials.key)
        return { reply: { ...reply, status: 403, body: 'bad signature' }, refused: 'bad signature' }
      return { reply, wanted: [{ kind: 'order', id: request.body.toString() }] }
    },
    listings: document => {
      const { sku, product } = document as { sku?: string; product?: string }
      return sku && product ? [{ sku, productId: product }] : []
    },
    reveal: async document => {
      failNow()
      const { name = '', phone = '' } = document as { name?: string; phone?: string }
      return { name, phone, detail: '文一西路969号', isVirtualPhone: false }
    },
    actions: {
      reverse: { isRepeatable: true, perform: async call => act(call) },
      ship: { isRepeatable: true, perform: async call => act(call) },
      stock: { isRepeatable: true, perform: async call => act(call) },
      purchase: {
        isRepeatable: false,
        perform: async call => act(call),
        ask: async ({ key }) => {
          if (!shop.canTell) return undefined
          const at = shop.done.findIndex(each => each.key === key)
          return at < 0 ? null : { number: at + 1 }
        },
      },
    },
  })
  return Object.assign(shop, { connector })
}
