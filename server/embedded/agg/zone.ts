import { locationError } from '../errors.ts'

const DAY_MS = 86_400_000
const formats = new Map<string, Intl.DateTimeFormat>()

/** What clocks in a time zone show at an instant, in milliseconds as if it were UTC. */
export function localTime(instant: number, zone: string | undefined): number {
  return instant + offsetMs(instant, zone)
}

/** The instant at which clocks in a time zone show this; the first one where they show it twice. */
export function instantOf(local: number, zone: string | undefined): number {
  const guess = local - offsetMs(local, zone)
  const before = local - offsetMs(guess - DAY_MS / 8, zone)
  if (localTime(before, zone) === local) return before
  return local - offsetMs(guess, zone)
}

/** How far a time zone is ahead of UTC; throws code 40485 for one that nobody knows. */
export function offsetMs(instant: number, zone: string | undefined): number {
  if (zone === undefined || zone === 'UTC' || zone === 'GMT' || zone === 'Z') return 0
  const fixed = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone)
  if (fixed) return Number(`${fixed[1]}1`) * (Number(fixed[2]) * 60 + Number(fixed[3] ?? 0)) * 60_000
  const parts: Record<string, number> = {}
  for (const { type, value } of formatOf(zone).formatToParts(instant)) parts[type] = Number(value)
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant / 1000) * 1000
}

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known) return known
  try {
    const format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      calendar: 'iso8601',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    formats.set(zone, format)
    return format
  } catch (error) {
    if (error instanceof RangeError)
      throw locationError(40485, `unrecognized time zone identifier: "${zone}"`)
    throw error
  }
}
