import { Type } from 'typebox'
import { ConnectorError } from '../../connectors/kit/fault.ts'
import { faultOf } from '../connections/note-fault.ts'
import { errors } from '../errors.ts'
import { parseJson } from '../intake/json.ts'
import type { Services } from '../services.ts'
import type { Api } from './api.ts'
import { findConnection } from './find-connection.ts'
import { By, STRICT } from './shapes.ts'

const TIMEOUT_MS = 20_000

/**
 * POST /api/orders/:key/reveal: who receives an order, readable. Platforms count such questions against a quota, so
 * it is asked only when a person wants to see it; the answer is shown and kept nowhere. Who asked is logged.
 */
export function revealRoutes(app: Api, { store, connections }: Services): void {
  app.post(
    '/api/orders/:key/reveal',
    {
      config: { role: 'operator' },
      schema: {
        tags: ['orders'],
        summary: 'Who receives an order, readable; asked of the platform where it hides that',
        params: Type.Object({ key: Type.String({ minLength: 1, maxLength: 500 }) }),
        body: Type.Object({ by: By }, STRICT),
        response: {
          200: Type.Object({
            name: Type.String(),
            phone: Type.String(),
            detail: Type.String(),
            /** The phone is the platform's and works for a while only. */
            isVirtualPhone: Type.Boolean(),
          }),
        },
      },
    },
    async ({ params: { key }, body: { by = '' }, log }) => {
      const found = await store.orders.findById(key).lean()
      if (!found) throw new errors.NotFound('订单', key, 'order', key)
      log.info({ order: key, by }, 'a receiver was revealed')
      const connection = await findConnection(store, key.slice(0, key.indexOf(':')))
      const connector = connections.desk.connectorOf(connection)
      const { order_customer_name: name, phone, address } = found.order
      if (!connector?.reveal) return { name, phone, detail: address.detail, isVirtualPhone: false }
      const event = await store.events.findById(found.event).lean()
      if (!event) throw new errors.CannotReveal(key, key)
      try {
        const context = await connections.desk.context(connection, AbortSignal.timeout(TIMEOUT_MS))
        return await connector.reveal(parseJson(event.body), context)
      } catch (error) {
        if (!(error instanceof ConnectorError)) throw error
        const { zh, en } = faultOf(error)
        throw new errors.ConnectorFailed(zh, en)
      }
    },
  )
}
