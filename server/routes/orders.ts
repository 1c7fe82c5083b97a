import type { QueryFilter } from 'mongoose'
import { type Static, Type } from 'typebox'
import { errors } from '../errors.ts'
import { parseJson } from '../intake/json.ts'
import { maskDocument } from '../mask.ts'
import type { Services } from '../services.ts'
import type { OrderDoc } from '../store/order-doc.ts'
import { runsOfOrders } from '../store/runs-of-orders.ts'
import type { Store } from '../store/store.ts'
import type { Api } from './api.ts'
import { OrderDetailShape, OrderShape, viewOrder, viewOrders } from './order-view.ts'
import { pageByTime } from './page.ts'
import { viewRun } from './run-view.ts'
import { listOf, NewId, PageQuery, STRICT } from './shapes.ts'

const MAX_RUNS_SHOWN = 50

const OrderQuery = Type.Object(
  {
    ...PageQuery,
    /** Beginning of an order id, a whole phone number or a whole SKU. */
    q: Type.Optional(Type.String({ maxLength: 120 })),
    status: Type.Optional(Type.String({ maxLength: 120 })),
    outcome: Type.Optional(Type.String({ maxLength: 120 })),
    channel: Type.Optional(Type.String({ maxLength: 40 })),
    /** Those that came by this connection. */
    connection: Type.Optional(NewId),
    duplicates: Type.Optional(Type.Boolean()),
  },
  STRICT,
)

export function orderRoutes(app: Api, { store, plans, places }: Services): void {
  app.get(
    '/api/orders',
    {
      config: { role: 'viewer' },
      schema: {
        tags: ['orders'],
        summary: 'Orders, newest first, each with the sentence that says where it went and why',
        querystring: OrderQuery,
        response: { 200: listOf(OrderShape) },
      },
    },
    async ({ query }) => {
      const page = await pageByTime(store.orders, filterOf(query, places.connectionIds), 'updatedAt', query)
      return { ...page, items: await viewOrders(page.items, store, plans) }
    },
  )

  app.get(
    '/api/orders/:key',
    {
      config: { role: 'viewer' },
      schema: {
        tags: ['orders'],
        summary: 'One order with its source document (masked) and the runs it went through',
        params: Type.Object({ key: Type.String({ minLength: 1, maxLength: 500 }) }),
        response: { 200: OrderDetailShape },
      },
    },
    async ({ params }) => {
      const order = await store.orders.findById(params.key).lean()
      if (!order) throw new errors.NotFound('订单', params.key, 'order', params.key)
      const [event, runs] = await Promise.all([
        store.events.findById(order.event).lean(),
        runsShown(store, order._id),
      ])
      return {
        ...(await viewOrder(
          order,
          runs.find(run => run._id === order.run),
          plans,
        )),
        // The event expires before the order does.
        source: event ? maskDocument(parseJson(event.body), order.order) : null,
        runs: await Promise.all(runs.map(run => viewRun(run, plans))),
      }
    },
  )
}

const runsShown = async (store: Store, order: string) =>
  store.runs
    .find({ _id: { $in: await runsOfOrders(store, [order]) } })
    .sort({ startedAt: -1 })
    .limit(MAX_RUNS_SHOWN)
    .lean()

function filterOf(query: Static<typeof OrderQuery>, connections: readonly string[]) {
  const filter: QueryFilter<OrderDoc> = {}
  if (query.status !== undefined) filter.status = query.status
  if (query.outcome !== undefined) filter.outcome = query.outcome
  if (query.channel !== undefined) filter['order.channel'] = query.channel
  if (query.duplicates !== undefined) filter.duplicateOf = { $exists: query.duplicates }
  // An order's key begins with its connection and a colon; the semicolon is the next sign.
  if (query.connection !== undefined)
    filter._id = { $gte: `${query.connection}:`, $lt: `${query.connection};` }
  const q = query.q?.trim()
  if (q)
    filter.$or = [
      // An order's key begins with its connection. A range instead of a pattern: nothing in it can be read as one.
      ...connections.map(id => ({ _id: { $gte: `${id}:${q}`, $lt: `${id}:${q}\uffff` } })),
      { 'order.phone': q },
      { 'order.items.sku': q },
    ] as never
  return filter
}
