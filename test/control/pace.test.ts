import { describe, expect, it } from 'vitest'
import { movingPace, paceOf } from '../../server/control/pace.ts'

/** The pace after these backlogs were seen a second apart. */
function paceAfter(pendings: readonly number[]): number {
  const pace = movingPace()
  for (const [second, pending] of pendings.entries()) pace.look(pending, second * 1_000)
  return pace.netPerSecond()
}

const steps = (from: number, by: number, count: number) =>
  Array.from({ length: count }, (_, index) => from + by * index)

describe('how a backlog moves', () => {
  it('is known from the second look on', () => {
    expect(paceAfter([12_345])).toBe(0)
    expect(paceAfter([12_345, 11_845])).toBeCloseTo(500)
    expect(paceAfter(steps(12_345, -500, 10))).toBeCloseTo(500)
  })

  it('follows the last seconds, and not every jump', () => {
    const turned = paceAfter([...steps(1_000, 300, 60), ...steps(19_000, -500, 30)])
    expect(turned).toBeGreaterThan(400)
    const bumped = paceAfter([...steps(20_000, -500, 30), 5_900, 5_400, 4_900])
    expect(bumped).toBeGreaterThan(350)
  })

  it('says below 0 that the backlog grows', () => {
    expect(paceAfter(steps(0, 200, 20).slice(1))).toBeCloseTo(-200)
  })

  it('begins anew after the backlog was gone', () => {
    expect(paceAfter([5_000, 2_500, 0])).toBe(0)
    expect(paceAfter([5_000, 2_500, 0, 900, 800])).toBeLessThan(0)
  })
})

describe('when a backlog will be gone', () => {
  const backlog = { pending: 12_500, oldestAgeMs: 25_000 }

  it('is its size by its pace', () => {
    expect(paceOf(backlog, 500)).toEqual({ ...backlog, netPerSecond: 500, drainMs: 25_000 })
  })

  it('is now where there is none, and unknown where it grows or stands still', () => {
    expect(paceOf({ pending: 0, oldestAgeMs: 0 }, -3).drainMs).toBe(0)
    expect(paceOf(backlog, -20).drainMs).toBeNull()
    expect(paceOf(backlog, 0).drainMs).toBeNull()
  })
})
