import { Decimal128, type Document, Double, Int32, Long, Timestamp } from 'bson'

/** Whether a decoded value is a document, not a value of some BSON type. */
export function isDocument(value: unknown): value is Document {
  if (typeof value !== 'object' || value === null) return false
  const prototype = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/** Whether a decoded value is a Long; the library's Timestamp is one by class, but no number. */
export function isLong(value: unknown): value is Long {
  return value instanceof Long && !(value instanceof Timestamp)
}

/** Whether a decoded value is a number of any type. */
export function isNumeric(value: unknown): value is number | Int32 | Double | Long | Decimal128 {
  return (
    typeof value === 'number' ||
    value instanceof Int32 ||
    value instanceof Double ||
    isLong(value) ||
    value instanceof Decimal128
  )
}

/** The double nearest to a decoded number; undefined for anything else. */
export function numberOf(value: unknown): number | undefined {
  if (!isNumeric(value)) return undefined
  return isLong(value) ? value.toNumber() : Number(value.toString())
}

/** The integer a decoded number stands for; undefined for fractions, for 64-bit overflow and for anything else. */
export function integerOf(value: unknown): bigint | undefined {
  if (isLong(value)) return value.toBigInt()
  const number = numberOf(value)
  if (number === undefined || !Number.isInteger(number)) return undefined
  return number >= -(2 ** 63) && number < 2 ** 63 ? BigInt(number) : undefined
}

/** What MongoDB takes for true: everything but false, zero, null and undefined. */
export function isTruthy(value: unknown): boolean {
  if (isNumeric(value)) return numberOf(value) !== 0
  return value !== null && value !== undefined && value !== false
}
