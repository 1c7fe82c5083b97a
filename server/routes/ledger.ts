import type { QueryFilter } from 'mongoose'
import { Type } from 'typebox'
import type { Services } from '../services.ts'
import type { MovementDoc } from '../store/movement-doc.ts'
import { orderIdOf } from '../store/order-key.ts'
import type { Api } from './api.ts'
import { pageByTime } from './page.ts'
import { Instant, listOf, NewId, PageQuery, Sku, STRICT } from './shapes.ts'

const EntryShape = Type.Object({
  id: Type.String(),
  at: Instant,
  kind: Type.String(),
  warehouse: Type.String(),
  sku: Type.String(),
  quantity: Type.Number(),
  order: Type.Optional(Type.String()),
  orderId: Type.Optional(Type.String()),
  run: Type.Optional(Type.String()),
  note: Type.String(),
})

export function ledgerRoutes(app: Api, { store }: Services): void {
  app.get(
    '/api/stock/ledger',
    {
      config: { role: 'viewer' },
      schema: {
        tags: ['stock'],
        summary: 'The ledger, newest first, one entry per line; a page may hold more entries than movements',
        querystring: Type.Object(
          {
            ...PageQuery,
            sku: Type.Optional(Sku),
            warehouse: Type.Optional(NewId),
            /** Order key, `<connection>:<platform order id>`. */
            order: Type.Optional(Type.String({ maxLength: 300 })),
          },
          STRICT,
        ),
        response: { 200: listOf(EntryShape) },
      },
    },
    async ({ query }) => {
      const filter: QueryFilter<MovementDoc> = {}
      if (query.sku) filter['lines.sku'] = query.sku
      if (query.warehouse) filter['lines.warehouse'] = query.warehouse
      if (query.order) filter.order = query.order
      const page = await pageByTime(store.movements, filter, 'at', query)
      const isAsked = (line: { warehouse: string; sku: string }) =>
        (!query.sku || line.sku === query.sku) && (!query.warehouse || line.warehouse === query.warehouse)
      return { ...page, items: page.items.flatMap(each => entriesOf(each).filter(isAsked)) }
    },
  )
}

function entriesOf(movement: MovementDoc) {
  const { _id, at, kind, order, run, reason } = movement
  return movement.lines.map((line, index) => ({
    id: `${_id}#${index}`,
    at: at.toISOString(),
    kind,
    ...line,
    ...(order ? { order, orderId: orderIdOf(order) } : {}),
    ...(run ? { run } : {}),
    note: reason ?? '',
  }))
}
