import { type Static, Type } from 'typebox'
import { sentenceOfRun } from '../engine/explain-run.ts'
import type { Plans } from '../engine/plan.ts'
import { maskDetail, maskName, maskPhone } from '../mask.ts'
import type { OrderDoc } from '../store/order-doc.ts'
import type { RunDoc } from '../store/run-doc.ts'
import type { Store } from '../store/store.ts'
import { planOf, RunShape } from './run-view.ts'
import { Instant, TextShape } from './shapes.ts'

export const OrderShape = Type.Object({
  key: Type.String(),
  orderId: Type.String(),
  channel: Type.String(),
  shop: Type.String(),
  kind: Type.String(),
  customer: Type.String(),
  phone: Type.String(),
  city: Type.String(),
  address: Type.String(),
  items: Type.Array(
    Type.Object({
      sku: Type.String(),
      title: Type.String(),
      quantity: Type.Number(),
      paidFen: Type.Number(),
    }),
  ),
  paidFen: Type.Number(),
  orderedAt: Type.Union([Instant, Type.Null()]),
  updatedAt: Instant,
  urgent: Type.Boolean(),
  status: Type.String(),
  outcome: Type.String(),
  sentence: TextShape,
  run: Type.String(),
  duplicateOf: Type.Optional(Type.String()),
})
type OrderView = Static<typeof OrderShape>

export const OrderDetailShape = Type.Object({
  ...OrderShape.properties,
  source: Type.Unknown(),
  runs: Type.Array(RunShape),
})

/** Orders as lists show them, each with the sentence of the run that decided it. */
export async function viewOrders(
  orders: readonly OrderDoc[],
  store: Store,
  plans: Plans,
): Promise<OrderView[]> {
  const runs = await store.runs.find({ _id: { $in: orders.map(each => each.run) } }).lean()
  const byId = new Map(runs.map(run => [run._id, run]))
  return Promise.all(orders.map(each => viewOrder(each, byId.get(each.run), plans)))
}

export async function viewOrder(doc: OrderDoc, run: RunDoc | undefined, plans: Plans): Promise<OrderView> {
  const { order } = doc
  const plan = run && (await planOf(run, plans))
  return {
    key: doc._id,
    orderId: order.orderId,
    channel: order.channel,
    shop: order.shop,
    kind: order.kind,
    customer: maskName(order.order_customer_name),
    phone: maskPhone(order.phone),
    city: order.address.city,
    address: `${order.address.province}${order.address.city}${order.address.district}${maskDetail(order.address.detail)}`,
    items: order.items.map(({ sku, title, quantity, paidFen }) => ({ sku, title, quantity, paidFen })),
    paidFen: order.paidFen,
    orderedAt: order.orderedAt ? new Date(order.orderedAt).toISOString() : null,
    updatedAt: doc.updatedAt.toISOString(),
    urgent: order.urgent,
    status: doc.status,
    outcome: doc.outcome ?? '',
    sentence: run && plan ? sentenceOfRun(run, plan) : { zh: doc.outcome ?? '', en: doc.outcome ?? '' },
    run: doc.run,
    ...(doc.duplicateOf === undefined ? {} : { duplicateOf: doc.duplicateOf }),
  }
}
