import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openProduct, type ProductRoom } from '../support/product.ts'

let product: ProductRoom
beforeAll(async () => {
  product = await openProduct({ DRAIN_PER_SECOND: '800' })
})
afterAll(() => product.close())

describe('settings for all', () => {
  it('begin with what the process was started with, and change while it runs', async () => {
    expect((await product.get('/api/settings')).body).toEqual({ drainPerSecond: 800 })
    expect(product.services.control.settings.current().drainPerSecond).toBe(800)
    const changed = await product.put('/api/settings', { drainPerSecond: 500, by: '小李' })
    expect(changed.body).toMatchObject({ drainPerSecond: 500, changedBy: '小李' })
    expect(product.services.control.settings.current().drainPerSecond).toBe(500)
    expect((await product.get('/api/settings')).body).toEqual(changed.body)
    await product.put('/api/settings', { drainPerSecond: 0 })
    expect(product.services.control.settings.current().drainPerSecond).toBe(0)
  })

  it('refuse what cannot be, by name', async () => {
    for (const drainPerSecond of [-1, 1.5, 1_000_001, '500', null])
      expect(await product.put('/api/settings', { drainPerSecond })).toMatchObject({
        status: 400,
        body: { code: 'BODY_INVALID', details: [{ field: 'drainPerSecond' }] },
      })
    expect(await product.put('/api/settings', { drain: 1 })).toMatchObject({
      status: 400,
      body: { details: [{ field: 'drain' }] },
    })
  })

  it('hold the engine to so many orders a second', async () => {
    await product.openShop({ hangzhou: { 'MILK-1': 1_000 } })
    await product.put('/api/settings', { drainPerSecond: 20 })
    const orders = Array.from({ length: 30 }, (_, n) => ({ id: `D${n}`, phone: `138${n}`, modified: '1' }))
    const began = performance.now()
    await product.decide(...orders)
    expect(performance.now() - began).toBeGreaterThan(1_000)
    const { body } = await product.get('/metrics')
    expect(String(body)).toMatch(/^orderloom_drain_estimate_seconds 0$/m)
  })
})
