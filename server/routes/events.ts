import { Type } from 'typebox'
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
        params: Type.Object({ id: Type.String({ minLength: 1, maxLength: 300 }) }),
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
}

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
