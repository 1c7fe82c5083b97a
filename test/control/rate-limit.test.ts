import { describe, expect, it } from 'vitest'
import { rateLimits } from '../../server/control/rate-limit.ts'

function atTime() {
  const clock = { ms: 0 }
  return { clock, limits: rateLimits(() => clock.ms) }
}

describe('the limit of a connection', () => {
  it('lets two seconds of orders through at once, then as many per second as it says', () => {
    const { clock, limits } = atTime()
    expect(limits.take('shop', 10, 20)).toBe(0)
    expect(limits.take('shop', 10, 1)).toBe(100)
    clock.ms += 100
    expect(limits.take('shop', 10, 1)).toBe(0)
    clock.ms += 3_600_000
    expect(limits.take('shop', 10, 20)).toBe(0)
    expect(limits.take('shop', 10, 1)).toBeGreaterThan(0)
  })

  it('takes all orders of a request or none, and says when they will fit', () => {
    const { clock, limits } = atTime()
    limits.take('shop', 10, 15)
    expect(limits.take('shop', 10, 8)).toBe(300)
    expect(limits.take('shop', 10, 5)).toBe(0)
    clock.ms += 300
    expect(limits.take('shop', 10, 3)).toBe(0)
  })

  it('lets more than it saves up through alone once, and has it paid off', () => {
    const { clock, limits } = atTime()
    limits.take('shop', 10, 1)
    expect(limits.take('shop', 10, 50)).toBe(100)
    clock.ms += 100
    expect(limits.take('shop', 10, 50)).toBe(0)
    expect(limits.take('shop', 10, 1)).toBe(3_100)
  })

  it('is one of each connection, and none where it is 0', () => {
    const { limits } = atTime()
    limits.take('a', 1, 2)
    expect(limits.take('a', 1, 1)).toBe(1_000)
    expect(limits.take('b', 1, 1)).toBe(0)
    expect(limits.take('a', 0, 20_000)).toBe(0)
  })

  it('follows a limit that is changed', () => {
    const { clock, limits } = atTime()
    limits.take('shop', 100, 1)
    clock.ms += 1_000
    expect(limits.take('shop', 1, 2)).toBe(0)
    expect(limits.take('shop', 1, 1)).toBe(1_000)
  })

  it('gets back what was not accepted after all', () => {
    const { limits } = atTime()
    limits.take('shop', 1, 2)
    limits.giveBack('shop', 2)
    expect(limits.take('shop', 1, 2)).toBe(0)
  })

  it('lets one order through even where it is less than one per second', () => {
    const { clock, limits } = atTime()
    expect(limits.take('slow', 0.1, 1)).toBe(0)
    expect(limits.take('slow', 0.1, 1)).toBeCloseTo(10_000)
    clock.ms += 10_000
    expect(limits.take('slow', 0.1, 1)).toBe(0)
  })
})
