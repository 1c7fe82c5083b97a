import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TestRun } from '../../server/simulate/test-run.ts'
import { openProduct, type ProductRoom } from '../support/product.ts'
import { eventually } from '../support/store-room.ts'
import { aPlainOrder, documentOf } from '../support/warehouse-shop.ts'

let product: ProductRoom
let workflow: string

const spike = {
  sku: 'MILK-1',
  units: 400,
  windowSeconds: 60,
  perMinute: 1_200,
  limitPerMinute: 300,
  available: 600,
  warehouses: [{ warehouse: 'hangzhou', name: '杭州仓', available: 600 }],
  at: '2026-10-01T02:05:00.000Z',
}
const testOn = (on: object) => product.post(`/api/workflows/${workflow}/test`, { on })
const runsOf = (body: unknown) => (body as { runs: TestRun[] }).runs
const frozen = async () => (await product.get('/api/freezes')).body.items as unknown as { sku: string }[]

/** A day long in which nothing that was ordered is too old. */
const DAY_MINUTES = 1_440
const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')

beforeAll(async () => {
  product = await openProduct()
  await product.openShop({ hangzhou: { 'MILK-1': 50 } })
  const made = await product.post('/api/templates/flash-sale/hot-stock/workflows', {
    values: { unitsPerMinute: 60, orderedWithinMinutes: DAY_MINUTES },
  })
  workflow = String(made.body.id)
})
afterAll(() => product.close())

describe('a workflow that a spike begins', () => {
  it('comes from the library with its cases and is published beside the one for orders', async () => {
    const { items } = (await product.get(`/api/workflows/${workflow}/cases`)).body
    expect(items).toHaveLength(5)
    expect((await product.post(`/api/workflows/${workflow}/publish`, { note: '首次' })).status).toBe(200)
    expect((await product.post(`/api/workflows/${workflow}/cases/run`)).body.items).toMatchObject(
      Array.from({ length: 5 }, () => ({ passed: true })),
    )
  })

  it('is tried on a signal without anything happening', async () => {
    const [run] = runsOf((await testOn({ kind: 'signal', signal: spike })).body)
    expect(run).toMatchObject({ status: 'waiting', orderId: 'MILK-1', connection: '' })
    expect(run!.sentence.zh).toContain('MILK-1 每分钟卖出 1,200 件，超过 60 件')
    expect(run!.steps.flatMap(step => step.effects.map(effect => effect.zh))).toContain(
      '在测试店铺停售 MILK-1',
    )
    expect(await frozen()).toEqual([])
    const [slow] = runsOf((await testOn({ kind: 'signal', signal: { ...spike, perMinute: 60 } })).body)
    expect(slow!.status).toBe('unwanted')
  })

  it('says what is wrong with a signal that is none', async () => {
    const [run] = runsOf((await testOn({ kind: 'signal', signal: { sku: 'MILK-1' } })).body)
    expect(run).toMatchObject({ status: 'failed', error: { code: 'NOT_A_SPIKE' } })
  })

  it('does not take an order, nor does the one for orders take a signal', async () => {
    const document = documentOf(aPlainOrder({ id: 'T1' }))
    const [byOrder] = runsOf((await testOn({ kind: 'document', connection: 'plain', document })).body)
    expect(byOrder!.status).toBe('unwanted')
    const answer = await product.post('/api/workflows/warehouse/test', {
      on: { kind: 'signal', signal: spike },
    })
    expect(runsOf(answer.body)[0]!.status).toBe('unwanted')
  })

  it('keeps a tried signal as a case, which goes with it to another server', async () => {
    const kept = await product.post(`/api/workflows/${workflow}/cases`, {
      name: '卖光了',
      from: { kind: 'signal', signal: { ...spike, available: 0, warehouses: [] } },
    })
    expect(kept).toMatchObject({ status: 201, body: { connection: '', expect: { outcome: 'waiting' } } })
    const file = (await product.get(`/api/workflows/${workflow}/export`)).body
    const copy = await product.post('/api/workflows/import', file)
    expect(copy.status).toBe(201)
    const tried = await product.post(`/api/workflows/${String(copy.body.id)}/cases/run`)
    expect(tried.body.items).toMatchObject(Array.from({ length: 6 }, () => ({ passed: true })))
  })

  it('runs within seconds of a spike, and the stock page tells of it until a person puts the SKU back', async () => {
    const orders = Array.from({ length: 40 }, (_, n) =>
      documentOf(aPlainOrder({ id: `H${n}`, phone: `1380000${1_000 + n}`, quantity: 2, orderedAt: today })),
    )
    await product.decide(...orders)
    await eventually('the SKU goes off sale', async () => (await frozen()).length > 0)
    expect(await frozen()).toMatchObject([
      {
        sku: 'MILK-1',
        run: expect.stringMatching(/^signal:MILK-1#/),
        places: [{ name: '测试店铺', how: 'hand' }],
      },
    ])
    const { items } = (await product.get(`/api/runs?workflow=${workflow}`)).body
    expect(items).toMatchObject([{ orderId: 'MILK-1', status: 'waiting' }])
    const again = await testOn({ kind: 'last', count: 10 })
    expect(again.body).toMatchObject({ total: 1, changed: 0 })

    const lifted = await product.post('/api/freezes/lift', { sku: 'MILK-1', by: '小李' })
    expect(lifted).toMatchObject({ status: 200, body: { action: 'unfreeze', by: '小李' } })
    expect(await frozen()).toEqual([])
    expect(await product.post('/api/freezes/lift', { sku: 'MILK-1', by: '小李' })).toMatchObject({
      status: 409,
      body: { code: 'NOT_FROZEN' },
    })
  })
})
