import { instantAt, SHANGHAI, type ZoneOffset, zoneOffset } from '../../workflow/zone.ts'
import { type Fault, fault } from './fault.ts'

type InstantFormat = 'datetime' | 'iso' | 'epoch-seconds' | 'epoch-ms'

const EARLIEST = Date.UTC(1990, 0, 1)
const LATEST = Date.UTC(2100, 0, 1)
const MINUTE_MS = 60_000

const WRITTEN =
  /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3})\d{0,6})?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/

/** `20261001100340000+0800`, `20261001100340`, `20261001`, `2026年10月1日 10:03`: brought into the form above. */
const COMPACT = /^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})(\d{3})?)?\s*(Z|[+-]\d{2}:?\d{2})?$/
const IN_CHINESE = /^(\d{4})年(\d{1,2})月(\d{1,2})日\s*/

const shanghai = zoneOffset(SHANGHAI)!

/**
 * An instant from what platforms write. Undefined stands for "not yet", which many of them write as 0 or
 * `0000-00-00 00:00:00`. A text that names its own offset (ISO 8601) keeps it; otherwise it is local time of `zone`.
 */
export function instantFrom(
  value: unknown,
  format: InstantFormat = 'datetime',
  zone: ZoneOffset = shanghai,
): Date | Fault | undefined {
  if (value instanceof Date) return inRange(value.getTime())
  if (format === 'epoch-seconds' || format === 'epoch-ms')
    return epochFrom(value, format === 'epoch-ms' ? 1 : 1_000)
  if (value === 0 || value === '0') return undefined
  return typeof value === 'string' ? writtenFrom(value, format === 'iso', zone) : fault('NOT_A_DATE')
}

function epochFrom(value: unknown, unitMs: number): Date | Fault | undefined {
  const text = typeof value === 'string' ? value.trim() : value
  const count = typeof text === 'string' && /^\d{1,15}$/.test(text) ? Number(text) : text
  if (typeof count !== 'number' || !Number.isInteger(count)) return fault('NOT_A_DATE')
  return count === 0 ? undefined : inRange(count * unitMs)
}

function writtenFrom(text: string, needsOffset: boolean, zone: ZoneOffset): Date | Fault | undefined {
  const plain = needsOffset ? Number.NaN : plainLocalMs(text)
  if (!Number.isNaN(plain)) return inRange(instantAt(plain, zone))
  const trimmed = text.trim()
  if (trimmed.startsWith('0000-00-00')) return undefined
  const match = trimmed.length <= 40 ? WRITTEN.exec(usualForm(trimmed)) : null
  if (!match) return fault('NOT_A_DATE')
  const [, year, , month, day, hour = '0', minute = '0', second = '0', fraction = '', offset] = match
  if (needsOffset && offset === undefined) return fault('NOT_A_DATE')
  const localMs = localTime(+year!, +month!, +day!, +hour, +minute, +second) + Number(fraction.padEnd(3, '0'))
  if (Number.isNaN(localMs)) return fault('NOT_A_DATE')
  if (offset === undefined) return inRange(instantAt(localMs, zone))
  const named = zoneOffset(offset)
  return named ? inRange(localMs - named(localMs)) : fault('NOT_A_DATE')
}

function usualForm(text: string): string {
  const compact = COMPACT.exec(text)
  if (!compact) return text.replace(IN_CHINESE, '$1-$2-$3 ').trimEnd()
  const [, year, month, day, hour = '00', minute = '00', second = '00', ms = '0', offset = ''] = compact
  return `${year}-${month}-${day} ${hour}:${minute}:${second}.${ms}${offset}`
}

/** `2026-10-01 10:03:40`, the form nearly every platform writes, read without a regular expression. */
function plainLocalMs(text: string): number {
  if (text.length !== 19 || text[4] !== '-' || text[7] !== '-' || text[13] !== ':' || text[16] !== ':')
    return Number.NaN
  if (text[10] !== ' ' && text[10] !== 'T') return Number.NaN
  const year = digits(text, 0) * 100 + digits(text, 2)
  return localTime(
    year,
    digits(text, 5),
    digits(text, 8),
    digits(text, 11),
    digits(text, 14),
    digits(text, 17),
  )
}

function digits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48
  const ones = text.charCodeAt(at + 1) - 48
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN
}

/** Clock time as ms as if it were UTC; NaN for a time no clock and no calendar shows (30 February, 24:00). */
function localTime(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
): number {
  if (!(hour <= 23 && minute <= 59 && second <= 59 && month >= 1 && month <= 12 && day >= 1 && day <= 31))
    return Number.NaN
  const ms = Date.UTC(year, month - 1, day)
  // Date.UTC rolls 30 February over into March.
  if (day > 28 && new Date(ms).getUTCDate() !== day) return Number.NaN
  return ms + (hour * 60 + minute) * MINUTE_MS + second * 1_000
}

function inRange(ms: number): Date | Fault {
  if (Number.isNaN(ms)) return fault('NOT_A_DATE')
  return ms >= EARLIEST && ms < LATEST ? new Date(ms) : fault('DATE_OUT_OF_RANGE')
}
