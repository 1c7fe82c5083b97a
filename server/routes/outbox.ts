import type { QueryFilter } from 'mongoose'
import { Type } from 'typebox'
import { errors } from '../errors.ts'
import { maskDocument } from '../mask.ts'
import type { Services } from '../services.ts'
import type { OutboxDoc } from '../store/outbox-doc.ts'
import type { Api } from './api.ts'
import { pageByTime } from './page.ts'
import { IdParams, Instant, listOf, PageQuery, STRICT } from './shapes.ts'

const State = Type.Union([
  Type.Literal('planned'),
  Type.Literal('sent'),
  Type.Literal('confirmed'),
  Type.Literal('failed'),
  Type.Literal('unknown'),
])

const OutboxShape = Type.Object({
  id: Type.String(),
  kind: Type.String(),
  order: Type.String(),
  run: Type.String(),
  connection: Type.String(),
  url: Type.String(),
  body: Type.Unknown(),
  state: State,
  attempts: Type.Number(),
  nextAt: Instant,
  lastStatus: Type.Optional(Type.Number()),
  lastError: Type.Optional(Type.String()),
  createdAt: Instant,
  confirmedAt: Type.Optional(Instant),
})

export function outboxRoutes(app: Api, { store }: Services): void {
  app.get(
    '/api/outbox',
    {
      config: { role: 'viewer' },
      schema: {
        tags: ['outbox'],
        summary: 'Outward calls: planned → sent → confirmed, failed or unknown',
        querystring: Type.Object({ ...PageQuery, state: Type.Optional(State) }, STRICT),
        response: { 200: listOf(OutboxShape) },
      },
    },
    async ({ query }) => {
      const filter: QueryFilter<OutboxDoc> = query.state ? { state: query.state } : {}
      const page = await pageByTime(store.outbox, filter, 'nextAt', query)
      return { ...page, items: page.items.map(view) }
    },
  )

  app.post(
    '/api/outbox/:id/retry',
    {
      config: { role: 'operator' },
      schema: {
        tags: ['outbox'],
        summary: 'Sends a failed call again, or one whose fate is unknown; it keeps its Idempotency-Key',
        params: IdParams,
        response: { 202: Type.Object({ status: Type.Literal('accepted') }) },
      },
    },
    async ({ params }, reply) => {
      const { id } = params
      const again = { state: 'planned', nextAt: new Date(), attempts: 0 } as const
      const changed = await store.outbox.updateOne(
        { _id: id, state: { $in: ['failed', 'unknown'] } },
        { $set: again, $unset: { owner: 1 } },
      )
      if (changed.matchedCount === 0) {
        const found = await store.outbox.findById(id, { state: 1 }).lean()
        if (!found) throw new errors.NotFound('外部调用', id, 'outward call', id)
        throw new errors.OutboxNotRetryable(id, found.state, id, found.state)
      }
      return reply.code(202).send({ status: 'accepted' as const })
    },
  )
}

function view(doc: OutboxDoc) {
  return {
    id: doc._id,
    kind: doc.kind,
    order: doc.order,
    run: doc.run,
    connection: doc.connection ?? '',
    url: doc.url,
    body: maskDocument(doc.body),
    state: doc.state,
    attempts: doc.attempts,
    nextAt: doc.nextAt.toISOString(),
    ...(doc.lastStatus === undefined ? {} : { lastStatus: doc.lastStatus }),
    ...(doc.lastError ? { lastError: doc.lastError } : {}),
    createdAt: doc.createdAt.toISOString(),
    ...(doc.confirmedAt ? { confirmedAt: doc.confirmedAt.toISOString() } : {}),
  }
}
