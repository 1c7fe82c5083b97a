import { readFileSync } from 'node:fs'
import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { SIM_FAULTS, type SimFault } from './faults.ts'
import type { SimOrder, SimRefundStatus, SimShop } from './shop.ts'
import type { Simulator } from './simulator.ts'

const SHOWN = 40
const MOST_AT_ONCE = 10_000
const Fault = Type.Union(Object.keys(SIM_FAULTS).map(fault => Type.Literal(fault as SimFault)))
const RefundStatus = Type.Union(
  (['agreed', 'returning', 'refunded', 'closed'] as const satisfies readonly SimRefundStatus[]).map(status =>
    Type.Literal(status),
  ),
)

/**
 * The page where a person plays the platform: places orders, moves parcels, asks for refunds and breaks things.
 * @param url where the simulators are reached
 */
export function simulatorPages(
  app: FastifyInstance,
  simulators: readonly Simulator[],
  url: () => string,
): void {
  const page = readFileSync(new URL('./page.html', import.meta.url), 'utf8')
  const script = readFileSync(new URL('./page.js', import.meta.url), 'utf8')
  const byId = new Map(simulators.map(each => [each.id, each]))
  const find = (id: string): Simulator => {
    const simulator = byId.get(id)
    if (!simulator) throw notFound(`no simulator ${id}`)
    return simulator
  }
  const shopOf = (id: string): SimShop => {
    const { shop } = find(id)
    if (!shop) throw notFound(`${id} is no shop`)
    return shop
  }
  let waybills = 0
  const nextWaybill = () => `SF${String(Date.now()).slice(-9)}${String(++waybills).padStart(4, '0')}`
  const steps: Readonly<Record<string, (shop: SimShop, order: SimOrder) => unknown>> = {
    pay: (shop, { id }) => shop.pay(id),
    ship: (shop, { id, lines }) =>
      shop.ship(id, { carrier: 'sf', number: nextWaybill(), lineIds: lines.map(({ lineId }) => lineId) }),
    sign: (shop, { id }) => shop.sign(id),
    close: (shop, { id }) => shop.close(id),
    refund: (shop, { id }) => shop.askRefund(id),
    return: (shop, { id }) => shop.askRefund(id, { kind: 'return', reason: '不想要了' }),
  }

  app.get('/', (_request, reply) => reply.type('text/html; charset=utf-8').send(page))
  app.get('/page.js', (_request, reply) => reply.type('text/javascript; charset=utf-8').send(script))
  app.get('/_/state', () => ({
    faults: SIM_FAULTS,
    simulators: simulators.map(simulator => viewSimulator(simulator, url())),
  }))
  app.post(
    '/_/:id/orders',
    {
      schema: {
        body: Type.Object({
          count: Type.Integer({ minimum: 1, maximum: MOST_AT_ONCE }),
          paid: Type.Boolean(),
        }),
      },
    },
    request => {
      const { count, paid } = request.body as { count: number; paid: boolean }
      const shop = shopOf(paramsOf(request).id!)
      for (let index = 0; index < count; index++) shop.place({ isPaid: paid })
      return { placed: count }
    },
  )
  app.post('/_/:id/orders/:order/:step', request => {
    const { id = '', order: orderId = '', step = '' } = paramsOf(request)
    const shop = shopOf(id)
    const order = shop.order(orderId)
    const perform = Object.hasOwn(steps, step) ? steps[step] : undefined
    if (!order || !perform) throw notFound(`no ${step} of ${orderId}`)
    return { done: perform(shop, order) !== false }
  })
  app.post('/_/:id/refunds/:refund', { schema: { body: Type.Object({ status: RefundStatus }) } }, request => {
    const { id = '', refund = '' } = paramsOf(request)
    const { status } = request.body as { status: SimRefundStatus }
    const waybill = status === 'returning' ? { carrier: 'sf', number: nextWaybill() } : undefined
    shopOf(id).moveRefund(refund, status, waybill)
    return { done: true }
  })
  app.post(
    '/_/:id/faults',
    { schema: { body: Type.Object({ fault: Fault, times: Type.Integer({ minimum: 1, maximum: 1_000 }) }) } },
    request => {
      const { fault, times } = request.body as { fault: SimFault; times: number }
      find(paramsOf(request).id!).faults.add(fault, times)
      return { done: true }
    },
  )
  app.delete('/_/:id/faults', request => {
    find(paramsOf(request).id!).faults.clear()
    return { done: true }
  })
  app.post(
    '/_/:id/push',
    { schema: { body: Type.Object({ target: Type.String({ maxLength: 500 }) }) } },
    request => {
      const { push } = find(paramsOf(request).id!)
      if (!push) throw notFound('it pushes nothing')
      push.target = (request.body as { target: string }).target.trim()
      return { done: true }
    },
  )
  app.post(
    '/_/:id/deeds/:deed',
    { schema: { body: Type.Object({ asked: Type.String({ maxLength: 500 }) }) } },
    async request => {
      const { id = '', deed = '' } = paramsOf(request)
      const found = find(id).deeds?.find(each => each.id === deed)
      if (!found) throw notFound(`no ${deed}`)
      return { said: await found.perform((request.body as { asked: string }).asked) }
    },
  )
}

const paramsOf = (request: { readonly params: unknown }) =>
  request.params as Readonly<Partial<Record<string, string>>>

const notFound = (message: string) => Object.assign(new Error(message), { statusCode: 404 })

function viewSimulator({ id, name, shop, faults, access, push, log, deeds }: Simulator, url: string) {
  return {
    id,
    name,
    access: access(url),
    faults: faults.waiting(),
    push: push?.target,
    log: log?.().slice(0, SHOWN),
    deeds: deeds?.map(deed => ({ id: deed.id, name: deed.name, asks: deed.asks })),
    shop: shop && {
      name: shop.name,
      count: shop.all().length,
      orders: shop.all().slice(-SHOWN).reverse().map(viewOrder),
    },
  }
}

const viewOrder = ({ id, status, createdAt, buyer, lines, paidFen, parcels, refunds }: SimOrder) => ({
  id,
  status,
  createdAt,
  buyer: buyer.name,
  city: buyer.city,
  lines: lines.map(({ listing, quantity }) => `${listing.title} × ${quantity}`),
  paidFen,
  waybill: parcels.at(-1)?.number,
  refunds: refunds.map(each => ({ id: each.id, kind: each.kind, status: each.status })),
})
