import { locationError } from '../errors.ts'
import { localTime, offsetMs } from './zone.ts'

const DAY_MS = 86_400_000
const MONTH_NAMES =
  'January February March April May June July August September October November December'.split(' ')

/** The number of the week in its year; weeks begin on Sunday, and days before the first one are in week 0. */
export function weekOfYear(date: Date): number {
  return Math.floor((dayOfYear(date) + 6 - date.getUTCDay()) / 7)
}

/** A date as text by the specifiers of `$dateToString`; throws code 18536 for an unknown one. */
export function formatDate(instant: number, format: string, zone: string | undefined): string {
  const date = new Date(localTime(instant, zone))
  const minutes = Math.round(offsetMs(instant, zone) / 60_000)
  if (format.endsWith('%') && !/(?:^|[^%])(?:%%)+$/.test(format))
    throw locationError(18535, "Unmatched '%' at end of format string")
  return format.replace(/%([\s\S])/g, (_whole, specifier: string) => specified(specifier, date, minutes))
}

function specified(specifier: string, date: Date, zoneMinutes: number): string {
  const monday = (date.getUTCDay() + 6) % 7
  switch (specifier) {
    case '%':
      return '%'
    case 'Y':
      return padded(date.getUTCFullYear(), 4)
    case 'm':
      return padded(date.getUTCMonth() + 1, 2)
    case 'b':
      return MONTH_NAMES[date.getUTCMonth()]!.slice(0, 3)
    case 'B':
      return MONTH_NAMES[date.getUTCMonth()]!
    case 'd':
      return padded(date.getUTCDate(), 2)
    case 'H':
      return padded(date.getUTCHours(), 2)
    case 'M':
      return padded(date.getUTCMinutes(), 2)
    case 'S':
      return padded(date.getUTCSeconds(), 2)
    case 'L':
      return padded(date.getUTCMilliseconds(), 3)
    case 'j':
      return padded(dayOfYear(date), 3)
    case 'u':
      return String(monday + 1)
    case 'w':
      return String(date.getUTCDay() + 1)
    case 'U':
      return padded(weekOfYear(date), 2)
    case 'V':
      return padded(Math.floor((dayOfYear(thursdayOf(date)) - 1) / 7) + 1, 2)
    case 'G':
      return padded(thursdayOf(date).getUTCFullYear(), 4)
    case 'z':
      return (
        signOf(zoneMinutes) +
        padded(Math.floor(Math.abs(zoneMinutes) / 60), 2) +
        padded(Math.abs(zoneMinutes) % 60, 2)
      )
    case 'Z':
      return signOf(zoneMinutes) + Math.abs(zoneMinutes)
    default:
      throw locationError(18536, `Invalid format character '%${specifier}' in format string`)
  }
}

/** The Thursday of the same ISO week: its year is the week's year. */
function thursdayOf(date: Date): Date {
  const monday = (date.getUTCDay() + 6) % 7
  return new Date(date.getTime() + (3 - monday) * DAY_MS)
}

function dayOfYear(date: Date): number {
  return Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / DAY_MS) + 1
}

function signOf(minutes: number): string {
  return minutes < 0 ? '-' : '+'
}

function padded(number: number, width: number): string {
  return String(number).padStart(width, '0')
}
