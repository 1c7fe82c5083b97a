import { Type } from 'typebox'
import { idleOrders } from '../control/held-orders.ts'
import { type Services, WORKSPACE } from '../services.ts'
import { NO_ORDERS } from '../store/event-doc.ts'
import { adaptivelyCached } from './adaptive-cache.ts'
import type { Api } from './api.ts'
import { BufferWarningShape, Instant } from './shapes.ts'

export function overviewRoutes(app: Api, { store, buffer, control }: Services): void {
  const totals = adaptivelyCached(async () => {
    // What nearly all are is not counted but all less the few others: no million of documents is looked at.
    const [
      events,
      bringNoOrder,
      runs,
      waiting,
      failed,
      quarantined,
      openTasks,
      orders,
      connections,
      workflows,
    ] = await Promise.all([
      store.events.estimatedDocumentCount(),
      store.events.countDocuments({ kind: { $in: [...NO_ORDERS] } }),
      store.runs.estimatedDocumentCount(),
      store.runs.countDocuments({ status: 'waiting' }),
      store.runs.countDocuments({ status: 'failed' }),
      store.quarantine.countDocuments({ status: 'open' }),
      store.tasks.countDocuments({ status: 'open' }),
      store.orders.estimatedDocumentCount(),
      store.connections.estimatedDocumentCount(),
      store.workflows.estimatedDocumentCount(),
    ])
    return {
      accepted: Math.max(0, events - bringNoOrder),
      decided: Math.max(0, runs - waiting - failed),
      waiting,
      failed,
      quarantined,
      openTasks,
      orders,
      connections,
      workflows,
    }
  })

  // Each of its own: orders by outcome are counted one by one, in a large store seldom.
  const outcomes = adaptivelyCached(async () => {
    const groups = await store.orders.aggregate<{ _id: string | null; count: number }>([
      { $group: { _id: '$outcome', count: { $sum: 1 } } },
      { $sort: { count: -1 } },
      { $limit: 50 },
    ])
    return groups.map(({ _id, count }) => ({ outcome: _id ?? '', count }))
  })
  const idle = adaptivelyCached(() => idleOrders(store, WORKSPACE))

  app.get(
    '/api/overview',
    {
      config: { role: 'viewer' },
      schema: {
        tags: ['system'],
        summary: 'Totals of the store',
        response: {
          200: Type.Object({
            accepted: Type.Number(),
            decided: Type.Number(),
            waiting: Type.Number(),
            failed: Type.Number(),
            backlog: Type.Number(),
            oldestPendingAgeMs: Type.Number(),
            /** Events worked off per second beyond those that come, lately; below 0 the backlog grows. */
            netPerSecond: Type.Number(),
            /** Until the backlog is gone at this pace; null where it does not shrink. */
            drainMs: Type.Union([Type.Number(), Type.Null()]),
            /** Events no workflow wanted. */
            unclaimed: Type.Number(),
            /** Paused workflows and the orders that wait for them. */
            held: Type.Array(
              Type.Object({
                workflow: Type.String(),
                name: Type.String(),
                since: Instant,
                orders: Type.Number(),
              }),
            ),
            warnings: Type.Array(BufferWarningShape),
            quarantined: Type.Number(),
            openTasks: Type.Number(),
            orders: Type.Number(),
            perOutcome: Type.Array(Type.Object({ outcome: Type.String(), count: Type.Number() })),
            connections: Type.Number(),
            workflows: Type.Number(),
          }),
        },
      },
    },
    async () => {
      // First the backlog: totals read after it can only be newer.
      const { pending, oldestAgeMs, netPerSecond, drainMs } = await control.pace.read()
      const [all, perOutcome, { held, unclaimed }] = await Promise.all([totals(), outcomes(), idle()])
      return {
        ...all,
        perOutcome,
        unclaimed,
        warnings: [...buffer.warnings()],
        held: held.map(each => ({ ...each, since: each.since.toISOString() })),
        backlog: pending,
        oldestPendingAgeMs: oldestAgeMs,
        netPerSecond,
        drainMs,
      }
    },
  )
}
