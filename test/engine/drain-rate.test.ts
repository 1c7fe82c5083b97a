import { describe, expect, it } from 'vitest'
import { drainRate } from '../../server/engine/drain-rate.ts'

describe('a drain rate', () => {
  it('grants everything at once where there is no limit', async () => {
    expect(await drainRate(() => 0).take(500)).toBe(500)
  })

  it('grants its part of a second and no burst after a pause', async () => {
    let now = 0
    const rate = drainRate(
      () => 500,
      () => now,
    )
    now = 60_000
    expect(await rate.take(500)).toBe(100)
  })

  it('grants about as many as it says over a second', async () => {
    const rate = drainRate(() => 1_000)
    const until = performance.now() + 1_000
    let granted = 0
    while (performance.now() < until) granted += await rate.take(40)
    expect(granted).toBeGreaterThan(600)
    expect(granted).toBeLessThanOrEqual(1_300)
  })

  it('takes back what was not needed', async () => {
    let now = 0
    const rate = drainRate(
      () => 100,
      () => now,
    )
    now = 100
    expect(await rate.take(10)).toBe(10)
    rate.giveBack(10)
    expect(await rate.take(10)).toBe(10)
  })

  it('follows a limit that is changed', async () => {
    let limit = 10
    const rate = drainRate(() => limit)
    await rate.take(1)
    limit = 0
    expect(await rate.take(500)).toBe(500)
  })
})
