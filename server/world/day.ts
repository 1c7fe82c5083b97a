import { SHANGHAI, zoneOffset } from '../workflow/zone.ts'

const DAY_MS = 86_400_000

/**
 * The day an instant falls on in a zone, `YYYY-MM-DD`.
 * @throws RangeError for a zone nobody knows
 */
export function dayOf(date: Date, zone: string = SHANGHAI): string {
  const offset = zoneOffset(zone)
  if (!offset) throw new RangeError(`Unknown time zone "${zone}"`)
  return new Date(date.getTime() + offset(date.getTime())).toISOString().slice(0, 10)
}

/** A day some days later (earlier when negative): days have no zone, so this is calendar arithmetic. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)
}
