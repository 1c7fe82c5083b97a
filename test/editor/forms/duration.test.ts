import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { joinDuration, splitDuration, unitsOf } from '../../../editor/forms/duration.ts'

describe('a duration', () => {
  it.each([
    [0, 'minute', { count: 0, unit: 'minute' }],
    [1, 'minute', { count: 1, unit: 'minute' }],
    [59, 'minute', { count: 59, unit: 'minute' }],
    [60, 'minute', { count: 1, unit: 'hour' }],
    [61, 'minute', { count: 61, unit: 'minute' }],
    [1_440, 'minute', { count: 1, unit: 'day' }],
    [4_320, 'minute', { count: 3, unit: 'day' }],
    [0.5, 'minute', { count: 0.5, unit: 'minute' }],
    [999, 'ms', { count: 0.999, unit: 'second' }],
    [1_000, 'ms', { count: 1, unit: 'second' }],
    [60_000, 'ms', { count: 1, unit: 'minute' }],
    [86_400_000, 'ms', { count: 1, unit: 'day' }],
  ] as const)('of %d kept in %s is shown in the largest unit that goes into it', (value, base, shown) => {
    expect(splitDuration(value, base)).toEqual(shown)
  })

  it('comes back as it was, whatever unit it is shown in', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000_000 }), fc.constantFrom('ms', 'minute'), (value, base) => {
        const { count, unit } = splitDuration(value, base)
        expect(joinDuration(count, unit, base)).toBe(value)
      }),
    )
  })

  it('has no noise of binary fractions in it', () => {
    expect(joinDuration(1.1, 'hour', 'minute')).toBe(66)
  })

  it('kept in minutes cannot be given in seconds', () => {
    expect(unitsOf('minute')).not.toContain('second')
  })
})
