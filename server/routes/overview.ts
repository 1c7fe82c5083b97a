import { Type } from 'typebox'
import type { Services } from '../services.ts'
import { adaptivelyCached } from './adaptive-cache.ts'
import type { Api } from './api.ts'

export function overviewRoutes(app: Api, { store, intake }: Services): void {
  const totals = adaptivelyCached(async () => {
    const [
      accepted,
      decided,
      waiting,
      failed,
      quarantined,
      openTasks,
      orders,
      connections,
      workflows,
      outcomes,
    ] = await Promise.all([
      store.events.countDocuments({ kind: 'order' }),
      store.runs.countDocuments({ status: 'done' }),
      store.runs.countDocuments({ status: 'waiting' }),
      store.runs.countDocuments({ status: 'failed' }),
      store.quarantine.countDocuments({ status: 'open' }),
      store.tasks.countDocuments({ status: 'open' }),
      store.orders.estimatedDocumentCount(),
      store.connections.estimatedDocumentCount(),
      store.workflows.estimatedDocumentCount(),
      store.orders.aggregate<{ _id: string | null; count: number }>([
        { $group: { _id: '$outcome', count: { $sum: 1 } } },
        { $sort: { count: -1 } },
        { $limit: 50 },
      ]),
    ])
    const perOutcome = outcomes.map(each => ({ outcome: each._id ?? '', count: each.count }))
    return {
      accepted,
      decided,
      waiting,
      failed,
      quarantined,
      openTasks,
      orders,
      connections,
      workflows,
      perOutcome,
    }
  })

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
      const { pending, oldestAgeMs } = await intake.backlog()
      return { ...(await totals()), backlog: pending, oldestPendingAgeMs: oldestAgeMs }
    },
  )
}
