import { Type } from 'typebox'
import { retryUnclaimed } from '../control/retry-unclaimed.ts'
import { errors } from '../errors.ts'
import type { Services } from '../services.ts'
import type { EventDoc } from '../store/event-doc.ts'
import { orderIdOf } from '../store/order-key.ts'
import type { Api } from './api.ts'
import { pageByTime } from './page.ts'
import { Instant, listOf, PageQuery, STRICT } from './shapes.ts'

const State = Type.Union([
  Type.Literal('pending'),
  Type.Literal('done'),
  Type.Literal('unclaimed'),
  Type.Literal('failed'),
])

const EventId = Type.String({ minLength: 1, maxLength: 300 })

const EventShape = Type.Object({
  id: Type.String(),
  kind: Type.String(),
  connection: Type.String(),
  channel: Type.String(),
  order: Type.String(),
  orderId: Type.String(),
  lane: Type.Number(),
  state: State,
  receivedAt: Instant,
})

export function eventRoutes(app: Api, { store, intake }: Services): void {
  app.get(
    '/api/events',
    {
      config: { role: 'viewer' },
      schema: {
        tags: ['intake'],
        summary: 'What came in, newest first; `unclaimed` is what no workflow wanted',
        querystring: Type.Object({ ...PageQuery, state: Type.Optional(State) }, STRICT),
        response: { 200: listOf(EventShape) },
      },
    },
    async ({ query }) => {
      const filter = query.state ? { state: query.state } : {}
      const page = await pageByTime(store.events, filter, 'receivedAt', query)
      return { ...page, items: page.items.map(view) }
    },
  )

  app.post(
    '/api/events/:id/retry',
    {
      config: { role: 'operator' },
      schema: {
        tags: ['intake'],
        summary: 'Sends an event on its way again that no workflow wanted or that was set aside',
        params: Type.Object({ id: EventId }),
        response: { 202: Type.Object({ status: Type.Literal('accepted') }) },
      },
    },
    async ({ params: { id } }, reply) => {
      if (await intake.requeue(id)) return reply.code(202).send({ status: 'accepted' as const })
      const event = await store.events.findById(id, { state: 1 }).lean()
      if (!event) throw new errors.NotFound('事件', id, 'event', id)
      throw new errors.EventNotRetryable(id, event.state, id, event.state)
    },
  )

  app.post(
    '/api/events/retry-unclaimed',
    {
      config: { role: 'operator' },
      schema: {
        tags: ['intake'],
        summary:
          'Sends again what no workflow wanted, the oldest first, at most `limit` of them; while some are `left`, ask again `after` the `last`',
        querystring: Type.Object(
          {
            limit: Type.Optional(Type.Integer({ minimum: 1, maximum: MOST_RETRIED })),
            after: Type.Optional(EventId),
          },
          STRICT,
        ),
        response: {
          202: Type.Object({
            status: Type.Literal('accepted'),
            sent: Type.Number(),
            left: Type.Number(),
            last: Type.Optional(Type.String()),
          }),
        },
      },
    },
    async ({ query: { limit = MOST_RETRIED, after: id } }, reply) => {
      const after = id === undefined ? undefined : await store.events.findById(id, { receivedAt: 1 }).lean()
      if (after === null) throw new errors.NotFound('事件', id!, 'event', id!)
      const retried = await retryUnclaimed(store, intake, { most: limit, after })
      return reply.code(202).send({ status: 'accepted' as const, ...retried })
    },
  )
}

/** More take longer than a caller should wait; who wants more asks again. */
const MOST_RETRIED = 5_000

const view = ({ _id, kind, connection, channel, order, lane, state, receivedAt }: EventDoc) => ({
  id: _id,
  kind,
  connection,
  channel,
  order,
  orderId: orderIdOf(order),
  lane,
  state,
  receivedAt: receivedAt.toISOString(),
})
