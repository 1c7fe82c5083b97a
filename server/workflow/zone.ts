/** Milliseconds a zone is east of UTC at an instant (ms since 1970). */
export type ZoneOffset = (utcMs: number) => number

export const SHANGHAI = 'Asia/Shanghai'

const HOUR_MS = 3_600_000
const QUARTER_MS = 900_000
/** China has kept one offset since its last summer time ended, 1991-09-15 01:00. */
const SHANGHAI_STEADY_SINCE = Date.UTC(1991, 8, 14, 17)

const zones = new Map<string, ZoneOffset>()

/**
 * Offset of an IANA zone (`Asia/Shanghai`) or a fixed one (`+08:00`, `UTC`, `Z`);
 * undefined for a zone nobody knows.
 */
export function zoneOffset(zone: string): ZoneOffset | undefined {
  const known = zones.get(zone)
  if (known) return known
  const offset = fixedOffset(zone) ?? namedOffset(zone)
  // Names come from users: the number kept is bounded by forgetting all when it grows past any real need.
  if (zones.size >= 1_000) zones.clear()
  if (offset) zones.set(zone, offset)
  return offset
}

/**
 * The instant at which clocks of a zone show a local time, given as ms since 1970 as if it were UTC.
 * A time skipped by summer time is read with the offset before it; of a repeated one the first is taken.
 */
export function instantAt(localMs: number, offset: ZoneOffset): number {
  const first = offset(localMs)
  const guess = localMs - first
  const second = offset(guess)
  if (first === second) {
    const earlier = offset(guess - HOUR_MS)
    return earlier > first && offset(localMs - earlier) === earlier ? localMs - earlier : guess
  }
  const corrected = localMs - second
  return offset(corrected) === second ? corrected : localMs - Math.min(first, second)
}

function fixedOffset(zone: string): ZoneOffset | undefined {
  if (zone === 'UTC' || zone === 'Z') return () => 0
  const parts = /^([+-])(\d{2}):?(\d{2})$/.exec(zone)
  if (!parts || Number(parts[2]) > 14 || Number(parts[3]) > 59) return undefined
  const ms = (Number(parts[2]) * 60 + Number(parts[3])) * 60_000 * (parts[1] === '-' ? -1 : 1)
  return () => ms
}

function namedOffset(zone: string): ZoneOffset | undefined {
  if (!/^[A-Za-z]/.test(zone)) return undefined
  let format: Intl.DateTimeFormat
  try {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      era: 'short',
    })
  } catch {
    // Intl's way of saying "no such zone"; the caller names it to the person.
    return undefined
  }
  const byQuarter = new Map<number, number>()
  const offset: ZoneOffset = utcMs => {
    const quarter = Math.floor(utcMs / QUARTER_MS)
    const known = byQuarter.get(quarter)
    if (known !== undefined) return known
    const ms = measuredOffset(format, quarter * QUARTER_MS)
    // Offsets change on quarters of an hour only, so one measurement serves the whole quarter.
    if (byQuarter.size >= 4_096) byQuarter.clear()
    byQuarter.set(quarter, ms)
    return ms
  }
  if (format.resolvedOptions().timeZone !== SHANGHAI) return offset
  return utcMs => (utcMs >= SHANGHAI_STEADY_SINCE ? 8 * HOUR_MS : offset(utcMs))
}

function measuredOffset(format: Intl.DateTimeFormat, utcMs: number): number {
  const shown: Record<string, number> = {}
  for (const { type, value } of format.formatToParts(utcMs)) shown[type] = Number(value)
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = shown
  return Date.UTC(year, month - 1, day, hour, minute, second) - utcMs
}
