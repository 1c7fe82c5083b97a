import Fastify from 'fastify'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Api } from '../../server/routes/api.ts'
import { answerErrors } from '../../server/routes/error-handler.ts'
import { parcelRoutes } from '../../server/routes/parcels.ts'
import { makeValidatorCompiler } from '../../server/routes/validator.ts'
import type { ParcelDoc } from '../../server/store/parcel-doc.ts'
import type { Store } from '../../server/store/store.ts'
import { freshStore } from '../support/embedded.ts'

let store: Store
const app = Fastify()

beforeAll(async () => {
  store = await freshStore()
  app.setValidatorCompiler(makeValidatorCompiler())
  answerErrors(app, 1_000_000)
  parcelRoutes(app as unknown as Api, { store })
  await store.parcels.insertMany([
    aParcel('sf', 'SF1001', { state: 'signed', lastMovedAt: new Date('2026-10-03T10:00:00Z') }),
    aParcel('sf', 'SF1002', { orders: ['tb:T1', 'tb:T2'], lastMovedAt: new Date('2026-10-03T12:00:00Z') }),
    aParcel('pigeon', 'P9', { lastMovedAt: new Date('2026-10-03T11:00:00Z') }),
  ])
})
afterAll(async () => {
  await app.close()
  await store.close()
})

function aParcel(carrier: string, waybill: string, over: Partial<ParcelDoc> = {}): ParcelDoc {
  const at = new Date('2026-10-03T02:00:00Z')
  const scan = { state: 'collected' as const, text: '已收取快件', code: '54' }
  return {
    _id: `${carrier}:${waybill}`,
    workspace: 'main',
    carrier,
    waybill,
    orders: ['tb:T9'],
    leg: 'out',
    state: 'in-transit',
    nodes: [
      { ...scan, at, place: '杭州市' },
      { at: new Date('2026-10-03T09:00:00Z'), state: 'in-transit', text: '发往上海', code: '30' },
    ],
    lastMovedAt: at,
    stallTold: [],
    rev: 1,
    createdAt: at,
    updatedAt: at,
    ...over,
  }
}
const get = async (path: string) => {
  const answer = await app.inject(path)
  return { status: answer.statusCode, body: answer.json() }
}
const waybills = async (query: string) =>
  (await get(`/api/parcels${query}`)).body.items.map((each: { waybill: string }) => each.waybill)

it('lists parcels, those that moved last first, page by page', async () => {
  expect(await waybills('')).toEqual(['SF1002', 'P9', 'SF1001'])
  const first = await get('/api/parcels?limit=2')
  expect(first.body.items).toHaveLength(2)
  expect(await waybills(`?limit=2&cursor=${first.body.next}`)).toEqual(['SF1001'])
})

it('finds them by order, by state and by how their numbers begin', async () => {
  expect(await waybills('?order=tb:T2')).toEqual(['SF1002'])
  expect(await waybills('?state=signed')).toEqual(['SF1001'])
  expect(await waybills('?q=SF100')).toEqual(['SF1002', 'SF1001'])
  expect(await waybills('?q=.*')).toEqual([])
  expect((await get('/api/parcels?oops=1')).status).toBe(400)
})

it('shows one with its route, newest first, and its carrier by name', async () => {
  const { body } = await get('/api/parcels/sf:SF1002')
  expect(body).toMatchObject({
    id: 'sf:SF1002',
    carrierName: { zh: '顺丰速运', en: 'SF Express' },
    orders: ['tb:T1', 'tb:T2'],
    text: '发往上海',
    nodes: [
      { at: '2026-10-03T09:00:00.000Z', state: 'in-transit', place: '' },
      { at: '2026-10-03T02:00:00.000Z', state: 'collected', place: '杭州市' },
    ],
  })
  expect((await get('/api/parcels/pigeon:P9')).body.carrierName).toEqual({ zh: 'pigeon', en: 'pigeon' })
  expect((await get('/api/parcels/none')).status).toBe(404)
})
