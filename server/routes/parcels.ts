import type { QueryFilter } from 'mongoose'
import { type Static, Type } from 'typebox'
import { errors } from '../errors.ts'
import type { Services } from '../services.ts'
import type { ParcelDoc } from '../store/parcel-doc.ts'
import type { Api } from './api.ts'
import { pageByTime } from './page.ts'
import { ParcelDetailShape, ParcelShape, viewParcel, viewParcelDetail } from './parcel-view.ts'
import { IdParams, listOf, PageQuery, STRICT } from './shapes.ts'

const ParcelQuery = Type.Object(
  {
    ...PageQuery,
    /** Key of an order: `<connection>:<platform order id>`. */
    order: Type.Optional(Type.String({ maxLength: 500 })),
    state: Type.Optional(Type.String({ maxLength: 40 })),
    /** Beginning of a waybill. */
    q: Type.Optional(Type.String({ maxLength: 60 })),
  },
  STRICT,
)

export function parcelRoutes(app: Api, { store }: Pick<Services, 'store'>): void {
  app.get(
    '/api/parcels',
    {
      config: { role: 'viewer' },
      schema: {
        tags: ['parcels'],
        summary: 'Parcels as their carriers tell of them, those that moved last first',
        querystring: ParcelQuery,
        response: { 200: listOf(ParcelShape) },
      },
    },
    async ({ query }) => {
      const page = await pageByTime(store.parcels, filterOf(query), 'lastMovedAt', query)
      return { ...page, items: page.items.map(viewParcel) }
    },
  )

  app.get(
    '/api/parcels/:id',
    {
      config: { role: 'viewer' },
      schema: {
        tags: ['parcels'],
        summary: 'One parcel with its route, newest first',
        params: IdParams,
        response: { 200: ParcelDetailShape },
      },
    },
    async ({ params }) => {
      const parcel = (await store.parcels.findById(params.id).lean()) as ParcelDoc | null
      if (!parcel) throw new errors.NotFound('包裹', params.id, 'parcel', params.id)
      return viewParcelDetail(parcel)
    },
  )
}

function filterOf(query: Static<typeof ParcelQuery>): QueryFilter<ParcelDoc> {
  const filter: QueryFilter<ParcelDoc> = {}
  if (query.order !== undefined) filter.orders = query.order
  if (query.state !== undefined) filter.state = query.state as ParcelDoc['state']
  const q = query.q?.trim()
  // A range instead of a pattern: nothing in it can be read as one.
  if (q) filter.waybill = { $gte: q, $lt: `${q}\uffff` }
  return filter
}
