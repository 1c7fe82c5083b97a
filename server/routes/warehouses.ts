import { Type } from 'typebox'
import { errors } from '../errors.ts'
import { pointOfCity } from '../nodes/mapping/cities.ts'
import { type Services, WORKSPACE } from '../services.ts'
import type { WarehouseDoc } from '../store/warehouse-doc.ts'
import { Point } from '../workflow/order.ts'
import type { Api } from './api.ts'
import { pageById } from './page.ts'
import { listOf, NewId, PageQuery, STRICT } from './shapes.ts'

const WarehouseShape = Type.Object({
  id: Type.String(),
  name: Type.String(),
  city: Type.String(),
  point: Point,
})

const WarehouseBody = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 60 }),
    city: Type.Optional(Type.String({ maxLength: 40 })),
    /** Where it stands: distances are measured from here. The centre of its city where absent. */
    point: Type.Optional(Point),
  },
  { additionalProperties: false },
)

const view = (doc: WarehouseDoc) => ({ id: doc._id, name: doc.name, city: doc.city ?? '', point: doc.point })

export function warehouseRoutes(app: Api, { store, places }: Services): void {
  app.get(
    '/api/warehouses',
    {
      config: { role: 'viewer' },
      schema: {
        tags: ['stock'],
        summary: 'Warehouses',
        querystring: Type.Object(PageQuery, STRICT),
        response: { 200: listOf(WarehouseShape) },
      },
    },
    async ({ query }) => {
      const page = await pageById(store.warehouses, {}, query)
      return { ...page, items: page.items.map(view) }
    },
  )

  const params = Type.Object({ id: NewId })

  app.get(
    '/api/warehouses/:id',
    {
      config: { role: 'viewer' },
      schema: { tags: ['stock'], summary: 'One warehouse', params, response: { 200: WarehouseShape } },
    },
    async request => {
      const { id } = request.params
      const found = await store.warehouses.findById(id).lean()
      if (!found) throw new errors.NotFound('仓库', id, 'warehouse', id)
      return view(found)
    },
  )

  app.put(
    '/api/warehouses/:id',
    {
      config: { role: 'builder' },
      schema: {
        tags: ['stock'],
        summary: 'Adds or changes a warehouse',
        params,
        body: WarehouseBody,
        response: { 200: WarehouseShape },
      },
    },
    async request => {
      const { id } = request.params
      const { name, city, point } = request.body
      const known = await store.warehouses.findById(id).lean()
      const place = point ?? (city === undefined ? undefined : pointOfCity('', city)) ?? known?.point
      if (!place)
        throw new errors.BodyInvalid(
          '新仓库需要 point { lng, lat } 或一个认识的城市 / A new warehouse needs its point { lng, lat } or a city we know',
        )
      const doc = { name, city: city ?? known?.city ?? '', point: place, workspace: WORKSPACE }
      await store.warehouses.updateOne({ _id: id }, { $set: doc }, { upsert: true })
      await places.refresh()
      return view({ _id: id, ...doc })
    },
  )
}
