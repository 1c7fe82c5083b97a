import { describe, expect, it } from 'vitest'
import { nextAsk } from '../../server/parcels/ask-interval.ts'

const HOUR_MS = 3_600_000
const born = new Date('2026-10-01T00:00:00Z')
const after = (hours: number) => new Date(born.getTime() + hours * HOUR_MS)
const waits = (ageHours: number, ...stalls: number[]) => {
  const next = nextAsk(born, after(ageHours), stalls.map(after))
  return next && (next.getTime() - after(ageHours).getTime()) / HOUR_MS
}

describe('how soon a parcel is asked about again', () => {
  it.each([
    [0, 0.5],
    [23.9, 0.5],
    [24, 2],
    [95, 2],
    [96, 6],
    [239, 6],
    [240, 24],
    [719, 24],
    [720, undefined],
  ])('at the age of %d hours: after %s', (ageHours, expected) => {
    expect(waits(ageHours)).toBe(expected)
  })

  it('is just when somebody wants to know whether it still stands, but never sooner than carriers allow', () => {
    expect(waits(100, 103)).toBe(3)
    expect(waits(100, 100.1)).toBe(0.5)
    expect(waits(100, 99, 200)).toBe(6)
  })
})
