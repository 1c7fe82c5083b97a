import { describe, expect, it } from 'vitest'
import { instantAt, zoneOffset } from '../../server/workflow/zone.ts'
import { addDays, dayOf } from '../../server/world/day.ts'

const local = (text: string) => Date.parse(`${text}Z`)
const iso = (text: string, zone: string) => new Date(instantAt(local(text), zoneOffset(zone)!)).toISOString()

describe('the day of an instant', () => {
  it('changes at midnight in Shanghai', () => {
    expect(dayOf(new Date('2026-10-01T15:59:59.999Z'))).toBe('2026-10-01')
    expect(dayOf(new Date('2026-10-01T16:00:00Z'))).toBe('2026-10-02')
  })

  it('is that of the zone asked for', () => {
    const instant = new Date('2026-10-01T16:00:00Z')
    expect(dayOf(instant, 'UTC')).toBe('2026-10-01')
    expect(dayOf(instant, 'America/New_York')).toBe('2026-10-01')
    expect(dayOf(instant, '+09:00')).toBe('2026-10-02')
  })

  it('is refused for a zone nobody knows', () => {
    expect(() => dayOf(new Date(), 'Asia/Hangzhou')).toThrow(RangeError)
  })
})

describe('adding days', () => {
  it.each([
    ['2026-12-31', 1, '2027-01-01'],
    ['2028-02-28', 1, '2028-02-29'],
    ['2026-03-01', -1, '2026-02-28'],
    ['2026-10-01', 0, '2026-10-01'],
  ])('%s plus %i is %s', (day, days, expected) => expect(addDays(day, days)).toBe(expected))
})

describe('local time', () => {
  it('is 8 hours ahead in Shanghai', () => {
    expect(iso('2026-10-01T10:03:40', 'Asia/Shanghai')).toBe('2026-10-01T02:03:40.000Z')
  })

  it('knows that China had summer time until 1991', () => {
    expect(iso('1990-07-01T09:00:00', 'Asia/Shanghai')).toBe('1990-07-01T00:00:00.000Z')
    expect(iso('1992-07-01T08:00:00', 'Asia/Shanghai')).toBe('1992-07-01T00:00:00.000Z')
  })

  it('follows summer time elsewhere', () => {
    expect(iso('2026-07-01T08:00:00', 'Europe/London')).toBe('2026-07-01T07:00:00.000Z')
    expect(iso('2026-12-01T08:00:00', 'Europe/London')).toBe('2026-12-01T08:00:00.000Z')
  })

  it.each([
    ['America/New_York', '2026-11-01T01:30:00', '2026-11-01T05:30:00.000Z'],
    ['Europe/Berlin', '2026-10-25T02:30:00', '2026-10-25T00:30:00.000Z'],
  ])('that comes twice is the first of the two (%s)', (zone, text, expected) =>
    expect(iso(text, zone)).toBe(expected),
  )

  it.each([
    ['America/New_York', '2026-03-08T02:30:00', '2026-03-08T07:30:00.000Z'],
    ['Europe/Berlin', '2026-03-29T02:30:00', '2026-03-29T01:30:00.000Z'],
  ])('that is skipped is read as if the clock had not moved (%s)', (zone, text, expected) =>
    expect(iso(text, zone)).toBe(expected),
  )

  it.each(['+25:00', '', 'Asia/Nowhere', '08:00', '__proto__'])('has no zone "%s"', zone => {
    expect(zoneOffset(zone)).toBeUndefined()
  })
})
