import { Type } from 'typebox'
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

export function eventRoutes(app: Api, { store }: Services): void {
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
