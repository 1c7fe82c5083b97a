import type { QueryFilter } from 'mongoose'
import { Type } from 'typebox'
import { errors } from '../errors.ts'
import type { Services } from '../services.ts'
import type { StockDoc } from '../store/stock-doc.ts'
import type { Api } from './api.ts'
import { pageById } from './page.ts'
import { listOf, NewId, PageQuery, Sku, STRICT } from './shapes.ts'

const StockShape = Type.Object({
  warehouse: Type.String(),
  sku: Type.String(),
  onHand: Type.Number(),
  held: Type.Number(),
  available: Type.Number(),
})

export function stockRoutes(app: Api, { store, stockDesk }: Services): void {
  app.get(
    '/api/stock',
    {
      config: { role: 'viewer' },
      schema: {
        tags: ['stock'],
        summary: 'What each warehouse has of each SKU',
        querystring: Type.Object(
          { ...PageQuery, warehouse: Type.Optional(NewId), sku: Type.Optional(Sku) },
          STRICT,
        ),
        response: { 200: listOf(StockShape) },
      },
    },
    async ({ query }) => {
      const filter: QueryFilter<StockDoc> = {}
      if (query.warehouse) filter.warehouse = query.warehouse
      if (query.sku) filter.sku = query.sku
      const page = await pageById(store.stock, filter, query)
      const items = page.items.map(({ warehouse, sku, onHand, held, available }) => ({
        warehouse,
        sku,
        onHand,
        held,
        available,
      }))
      return { ...page, items }
    },
  )

  app.get(
    '/api/stock/proof',
    {
      config: { role: 'viewer' },
      schema: {
        tags: ['stock'],
        summary: 'Whether every stock figure is the sum of its ledger; meaningful when nothing is in flight',
        response: {
          200: Type.Object({
            agrees: Type.Boolean(),
            checked: Type.Number(),
            differences: Type.Array(
              Type.Object({
                id: Type.String(),
                warehouse: Type.String(),
                sku: Type.String(),
                stock: Type.Object({ onHand: Type.Number(), held: Type.Number(), available: Type.Number() }),
                ledger: Type.Object({ onHand: Type.Number(), held: Type.Number() }),
              }),
            ),
          }),
        },
      },
    },
    async () => {
      const { agrees, checked, differences } = await stockDesk.prove()
      return { agrees, checked, differences: differences.map(each => ({ ...each, ...placeOf(each.id) })) }
    },
  )

  app.post(
    '/api/stock/receipts',
    {
      config: { role: 'operator' },
      schema: {
        tags: ['stock'],
        summary: 'Goods received by a warehouse; the same id is taken in once',
        body: Type.Object(
          {
            id: Type.String({ minLength: 1, maxLength: 120 }),
            warehouse: NewId,
            lines: Type.Array(
              Type.Object(
                { sku: Sku, quantity: Type.Integer({ minimum: 1, maximum: 10_000_000 }) },
                { additionalProperties: false },
              ),
              { minItems: 1, maxItems: 10_000 },
            ),
            reason: Type.Optional(Type.String({ maxLength: 200 })),
          },
          { additionalProperties: false },
        ),
        response: { 201: Type.Object({ id: Type.String(), repeated: Type.Boolean() }) },
      },
    },
    async ({ body }, reply) => {
      const { id, warehouse } = body
      if (!(await store.warehouses.exists({ _id: warehouse })))
        throw new errors.NotFound('仓库', warehouse, 'warehouse', warehouse)
      const lines = body.lines.map(line => ({ ...line, warehouse }))
      const { repeated } = await stockDesk.move({ id, kind: 'received', lines, reason: body.reason ?? '' })
      return reply.code(201).send({ id, repeated })
    },
  )
}

/** `<workspace>/<warehouse>/<sku>`; only the SKU may hold a slash. */
function placeOf(stockId: string): { warehouse: string; sku: string } {
  const [, warehouse = '', ...sku] = stockId.split('/')
  return { warehouse, sku: sku.join('/') }
}
