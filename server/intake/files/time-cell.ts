import { halfWidth } from './clean-cell.ts'

const TIME_COLUMN = /时间|日期|时刻|date|time|_at$|\bat$/i
const DAY_MS = 86_400_000
const SHANGHAI_MS = 8 * 3_600_000
/** Day 0 of spreadsheets, so that the days after February 1900 come out right (their 1900 has a 29 February). */
const DAY_ZERO = Date.UTC(1899, 11, 30)
/** Days of the years 1990 to 2079: numbers beyond are no dates of orders. */
const [FIRST_DAY, LAST_DAY] = [32_874, 65_746]
/** How far ahead a date without a year may lie: promised deliveries; else it is one of the past. */
const AHEAD_MS = 60 * DAY_MS

const CLOCK =
  /^(上午|下午|早上|中午|晚上|凌晨|am|pm)?\s*(\d{1,2})(?:[:：时点](\d{1,2})?)(?:[:：分](\d{1,2})?秒?)?分?\s*(am|pm)?$/i
/** With a dot or a dash only before a clock time: 9-12 alone is from nine to twelve. */
const YEARLESS = /^(\d{1,2})(?:[月/]|[-.](?=\d{1,2}\s+\d))(\d{1,2})[日号]?(?:\s+|(?=\D)|$)(.*)$/
/** Forms the mapping reads by itself. */
const USUAL =
  /^\d{4}([-/.])\d{1,2}\1\d{1,2}(?:[ T]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?\s*(?:Z|[+-]\d{2}:?\d{2})?$/
const WITH_YEAR = /^(\d{4})(?:年|[-/.])(\d{1,2})(?:月|[-/.])(\d{1,2})[日号]?(?:\s+|(?=\D)|$)(.*)$/

export const isTimeColumn = (name: string): boolean => TIME_COLUMN.test(name)

/**
 * A time as group chats and spreadsheets write it, in the form every mapping reads (`2026-11-22 10:30:00`, a clock
 * in China): days counted since 1900, dates without a year, 上午/下午, 10点30分. What is none of these stays as it is.
 */
export function timeCell(cell: unknown, now: Date): unknown {
  const days =
    typeof cell === 'number' ? cell : /^\d{5}(?:\.\d+)?$/.test(String(cell)) ? Number(cell) : Number.NaN
  if (days >= FIRST_DAY && days < LAST_DAY) return shown(Math.round(days * 86_400) * 1_000 + DAY_ZERO)
  if (typeof cell !== 'string' || cell.length > 40 || USUAL.test(cell)) return cell
  const text = halfWidth(cell)
  const full = WITH_YEAR.exec(text)
  if (full) {
    const [, year, month, day, rest = ''] = full
    const ms = clockMs(rest)
    return ms === undefined ? cell : (dayOf(+year!, +month!, +day!, ms) ?? cell)
  }
  const short = YEARLESS.exec(text)
  if (!short) return cell
  const [, month, day, rest = ''] = short
  const ms = clockMs(rest)
  if (ms === undefined) return cell
  const latest = now.getTime() + SHANGHAI_MS + AHEAD_MS
  const thisYear = new Date(now.getTime() + SHANGHAI_MS).getUTCFullYear()
  for (const year of [thisYear + 1, thisYear, thisYear - 1, thisYear - 2, thisYear - 3]) {
    const at = Date.UTC(year, +month! - 1, +day!)
    if (at <= latest) {
      const read = dayOf(year, +month!, +day!, ms)
      if (read !== undefined) return read
    }
  }
  return cell
}

/** Time of the day; 0 where none is said, undefined for what no clock shows. */
function clockMs(text: string): number | undefined {
  const trimmed = text.trim()
  if (trimmed === '') return 0
  const [, before = '', hourText, minute = '0', second = '0', after = ''] = CLOCK.exec(trimmed) ?? []
  if (hourText === undefined) return undefined
  const half = (before || after).toLowerCase()
  let hour = Number(hourText)
  if (/下午|晚上|pm/.test(half) && hour < 12) hour += 12
  if (half === '中午' && hour < 3) hour += 12
  if (/上午|凌晨|am/.test(half) && hour === 12) hour = 0
  if (hour > 23 || +minute > 59 || +second > 59) return undefined
  return ((hour * 60 + +minute) * 60 + +second) * 1_000
}

/** undefined for a day no calendar has. */
function dayOf(year: number, month: number, day: number, ms: number): string | undefined {
  const at = Date.UTC(year, month - 1, day)
  const date = new Date(at)
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? shown(at + ms) : undefined
}

const shown = (localMs: number): string => new Date(localMs).toISOString().slice(0, 19).replace('T', ' ')
