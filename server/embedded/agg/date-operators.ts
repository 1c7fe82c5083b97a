import { ObjectId, Timestamp } from 'bson'
import { evalExpr } from 'mingo/core'
import type { AnyObject, Options } from 'mingo/types'
import { isDocument, numberOf } from '../bson/document.ts'
import { rawOf } from '../bson/raw-value.ts'
import { typeName } from '../bson/types.ts'
import { locationError } from '../errors.ts'
import { formatDate, weekOfYear } from './date-format.ts'
import { instantOf, localTime, offsetMs } from './zone.ts'

/** Operators on dates in which the library departs from MongoDB: time zones, weeks, the ends of months. */
export const DATE_OPERATORS = {
  $dateToString(document: AnyObject, operand: unknown, options: Options) {
    const { date, format, timezone, onNull } = optionsOf('$dateToString', operand, document, options)
    if (date === undefined || date === null) return onNull ?? null
    if (timezone === null || format === null) return null
    const zone = zoneOf(timezone)
    const instant = instantIn('$dateToString', date)
    const standard = `%Y-%m-%dT%H:%M:%S.%L${offsetMs(instant, zone) === 0 ? 'Z' : ''}`
    return formatDate(instant, String(format ?? standard), zone)
  },

  $week(document: AnyObject, operand: unknown, options: Options) {
    const isNamed = isDocument(operand) && Object.hasOwn(operand, 'date')
    const { date, timezone } = optionsOf('$week', isNamed ? operand : { date: operand }, document, options)
    if (date === undefined || date === null || timezone === null) return null
    return weekOfYear(new Date(localTime(instantIn('$week', date), zoneOf(timezone))))
  },

  $dateTrunc(document: AnyObject, operand: unknown, options: Options) {
    const given = optionsOf('$dateTrunc', operand, document, options)
    if (hasNull(given, ['date', 'unit', 'binSize', 'timezone', 'startOfWeek'])) return null
    const size = wholeOf('$dateTrunc', 'binSize', given.binSize ?? 1)
    if (size < 1) throw locationError(5439017, '$dateTrunc: binSize must be greater than 0')
    const zone = zoneOf(given.timezone)
    const instant = instantIn('$dateTrunc', given.date)
    return new Date(binStart(instant, unitOf('$dateTrunc', given.unit), size, zone, given.startOfWeek))
  },

  $dateAdd: shifting('$dateAdd', 1),
  $dateSubtract: shifting('$dateSubtract', -1),
}

const MS: Readonly<Record<string, number>> = {
  week: 604_800_000,
  day: 86_400_000,
  hour: 3_600_000,
  minute: 60_000,
  second: 1000,
  millisecond: 1,
}
const MONTHS: Readonly<Record<string, number>> = { year: 12, quarter: 3, month: 1 }
const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']

/** Bins are counted from this time on, in the time zone that is asked for; a Saturday. */
const REFERENCE = Date.UTC(2000, 0, 1)

function binStart(instant: number, unit: string, size: number, zone: string | undefined, weekStart: unknown) {
  const local = localTime(instant, zone)
  const months = MONTHS[unit]
  if (months) {
    const date = new Date(local)
    const since = (date.getUTCFullYear() - 2000) * 12 + date.getUTCMonth()
    return instantOf(Date.UTC(2000, floorTo(since, months * size), 1), zone)
  }
  const step = MS[unit]! * size
  if (unit === 'day') return instantOf(REFERENCE + floorTo(local - REFERENCE, step), zone)
  if (unit === 'week') {
    const first = REFERENCE + ((weekdayOf(weekStart) + 1) % 7) * MS.day!
    return instantOf(first + floorTo(local - first, step), zone)
  }
  const reference = instantOf(REFERENCE, zone)
  return reference + floorTo(instant - reference, step)
}

function floorTo(value: number, step: number): number {
  return Math.floor(value / step) * step
}

function shifting(operator: string, sign: 1 | -1) {
  return (document: AnyObject, operand: unknown, options: Options) => {
    const given = optionsOf(operator, operand, document, options)
    if (hasNull(given, ['startDate', 'unit', 'amount', 'timezone'])) return null
    const unit = unitOf(operator, given.unit)
    const amount = wholeOf(operator, 'amount', given.amount) * sign
    const zone = zoneOf(given.timezone)
    const instant = instantIn(operator, given.startDate)
    const months = MONTHS[unit]
    if (months) return new Date(instantOf(addMonths(localTime(instant, zone), amount * months), zone))
    const isCalendar = unit === 'day' || unit === 'week'
    const moved = (from: number) => from + amount * MS[unit]!
    return new Date(isCalendar ? instantOf(moved(localTime(instant, zone)), zone) : moved(instant))
  }
}

/** The same day of another month, or its last day where it has fewer. */
function addMonths(local: number, months: number): number {
  const date = new Date(local)
  const day = date.getUTCDate()
  date.setUTCDate(1)
  date.setUTCMonth(date.getUTCMonth() + months)
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()
  return date.setUTCDate(Math.min(day, last))
}

/** The values of an operator's named arguments. */
function optionsOf(operator: string, operand: unknown, document: AnyObject, options: Options) {
  if (!isDocument(operand)) throw locationError(18629, `${operator} only supports an object as its argument`)
  const unknown = Object.keys(operand).find(name => !ARGUMENTS.has(name))
  if (unknown) throw locationError(18534, `Unrecognized argument to ${operator}: ${unknown}`)
  return Object.fromEntries(
    Object.entries(operand).map(([name, expression]) => [name, evalExpr(document, expression, options)]),
  )
}

const ARGUMENTS = new Set('date format timezone onNull unit binSize startOfWeek startDate amount'.split(' '))

/** Whether an argument that is given has no value; of the dates, one that is not given has none either. */
function hasNull(given: Record<string, unknown>, names: string[]): boolean {
  return names.some(
    name => (Object.hasOwn(given, name) || /date$/i.test(name)) && (given[name] ?? null) === null,
  )
}

function instantIn(operator: string, value: unknown): number {
  if (value instanceof Date) return value.getTime()
  if (value instanceof ObjectId) return value.getTimestamp().getTime()
  if (value instanceof Timestamp) return value.getHighBitsUnsigned() * 1000
  throw locationError(
    16006,
    `${operator}: can't convert from BSON type ${typeName(rawOf(value).type)} to Date`,
  )
}

function zoneOf(timezone: unknown): string | undefined {
  if (timezone === undefined || typeof timezone === 'string') return timezone
  throw locationError(40517, `timezone must evaluate to a string, found ${typeName(rawOf(timezone).type)}`)
}

function unitOf(operator: string, unit: unknown): string {
  if (typeof unit === 'string' && (unit in MS || unit in MONTHS)) return unit
  throw locationError(5439014, `${operator}: unknown time unit value: ${unit}`)
}

function wholeOf(operator: string, name: string, value: unknown): number {
  const number = numberOf(value)
  if (number !== undefined && Number.isSafeInteger(number)) return number
  throw locationError(5166405, `${operator} expects a whole number for '${name}'`)
}

function weekdayOf(given: unknown): number {
  if (given === undefined) return 0
  const at = WEEKDAYS.findIndex(
    name => name === String(given).toLowerCase() || name.slice(0, 3) === String(given).toLowerCase(),
  )
  if (at < 0) throw locationError(5439015, `unknown day of week value: ${given}`)
  return at
}
