import { Binary, BSONValue, Decimal128, ObjectId } from 'bson'
import { evalExpr } from 'mingo/core'
import * as expression from 'mingo/operators/expression'
import type { AnyObject, Options } from 'mingo/types'
import { encode } from '../bson/codec.ts'
import { compareValues } from '../bson/compare.ts'
import { isDocument, isNumeric } from '../bson/document.ts'
import { rawOf } from '../bson/raw-value.ts'
import { typeName } from '../bson/types.ts'
import { locationError, mongoError } from '../errors.ts'
import { DATE_OPERATORS } from './date-operators.ts'

/** An operator as the library calls it; the operands are not evaluated yet. */
type Operator = (document: AnyObject, operands: unknown, options: Options) => unknown

/** Operators in which the library departs from MongoDB: comparison across types and BSON values it does not know. */
export const CORRECTED_EXPRESSIONS: Readonly<Record<`$${string}`, Operator>> = {
  ...DATE_OPERATORS,
  $toUpper: cased('$toUpper', text => text.toUpperCase()),
  $toLower: cased('$toLower', text => text.toLowerCase()),
  $indexOfCP: (document, operands, options) => {
    const [text, wanted, from = 0, to] = evalExpr(document, operands, options) as unknown[]
    if (text === null || text === undefined) return null
    if (typeof text !== 'string' || typeof wanted !== 'string')
      throw locationError(40093, '$indexOfCP requires two strings')
    const points = [...text]
    const end = to === undefined ? points.length : Number(to)
    for (let at = Number(from); at <= end - [...wanted].length; at++)
      if (points.slice(at).join('').startsWith(wanted)) return at
    return -1
  },
  $binarySize: (document, operand, options) => {
    const value = evalExpr(document, operand, options)
    if (value === null || value === undefined) return null
    if (typeof value === 'string') return Buffer.byteLength(value)
    if (value instanceof Binary) return value.length()
    throw locationError(51276, '$binarySize requires a string or BinData argument')
  },
  $bsonSize: (document, operand, options) => {
    const value = evalExpr(document, operand, options)
    if (value === null || value === undefined) return null
    if (!isDocument(value)) throw locationError(31393, '$bsonSize requires a document input')
    return encode(value).length
  },
  $toDecimal: (document, operand, options) => {
    const value = evalExpr(document, operand, options)
    return typeof value === 'string' || isNumeric(value)
      ? toDecimal(String(value))
      : expression.$toDecimal(document, literal(value), options)
  },
  $eq: comparison(order => order === 0),
  $ne: comparison(order => order !== 0),
  $lt: comparison(order => order < 0),
  $lte: comparison(order => order <= 0),
  $gt: comparison(order => order > 0),
  $gte: comparison(order => order >= 0),
  $cmp: comparison(order => order),
  $in: (document, operands, options) => {
    const [value, list] = pair('$in', evalExpr(document, operands, options))
    if (!Array.isArray(list)) throw mongoError('BadValue', '$in requires an array as a second argument')
    return list.some(item => compareMissing(item, value) === 0)
  },
  $type: (document, operand, options) => {
    const value = evalExpr(document, operand, options)
    return value === undefined ? 'missing' : typeName(rawOf(value).type)
  },
  $toString: (document, operand, options) => {
    const value = evalExpr(document, operand, options)
    return value instanceof BSONValue
      ? value.toString()
      : expression.$toString(document, literal(value), options)
  },
  $toObjectId: (document, operand, options) => toObjectId(evalExpr(document, operand, options)),
  $toDate: (document, operand, options) => {
    const value = evalExpr(document, operand, options)
    return value instanceof ObjectId
      ? value.getTimestamp()
      : expression.$toDate(document, literal(value), options)
  },
  $convert: (document, operand, options) => {
    const { input, to, onError, onNull } = operand as Record<string, unknown>
    const value = evalExpr(document, input, options)
    if (value === null || value === undefined) return evalExpr(document, onNull, options) ?? null
    const target = evalExpr(document, to, options)
    if (typeof target !== 'string' && typeof target !== 'number')
      throw mongoError('FailedToParse', "$convert's 'to' argument must be a string or number")
    const operator = CONVERSIONS[target]
    try {
      return operator
        ? CORRECTED_EXPRESSIONS[operator]!(document, literal(value), options)
        : expression.$convert(document, { input: literal(value), to: target }, options)
    } catch (error) {
      if (onError === undefined) throw error
      return evalExpr(document, onError, options)
    }
  },
}

/** Targets of `$convert` that have a corrected operator. */
const CONVERSIONS: Readonly<Record<string, `$${string}`>> = {
  string: '$toString',
  2: '$toString',
  objectId: '$toObjectId',
  7: '$toObjectId',
  date: '$toDate',
  9: '$toDate',
  decimal: '$toDecimal',
  19: '$toDecimal',
}

function toDecimal(text: string): Decimal128 {
  try {
    return Decimal128.fromString(text)
  } catch {
    throw mongoError(
      'ConversionFailure',
      `Failed to parse number '${text}' in $convert with no onError value`,
    )
  }
}

/** Text in other letters; of nothing the empty text. */
function cased(operator: string, change: (text: string) => string): Operator {
  return (document, operand, options) => {
    const value = evalExpr(document, operand, options)
    if (value === null || value === undefined) return ''
    if (typeof value === 'string') return change(value)
    if (isNumeric(value)) return String(value)
    if (value instanceof Date) return change(value.toISOString())
    throw locationError(
      16007,
      `${operator}: can't convert from BSON type ${typeName(rawOf(value).type)} to String`,
    )
  }
}

function comparison<T>(judge: (order: number) => T): Operator {
  return (document, operands, options) => {
    const [left, right] = pair('a comparison', evalExpr(document, operands, options))
    return judge(compareMissing(left, right))
  }
}

/** A missing field is below everything, null included. */
function compareMissing(a: unknown, b: unknown): number {
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined)
  return compareValues(a, b)
}

function pair(operator: string, operands: unknown): [unknown, unknown] {
  if (Array.isArray(operands) && operands.length === 2) return [operands[0], operands[1]]
  throw mongoError('BadValue', `Expression ${operator} takes exactly 2 arguments`)
}

function toObjectId(value: unknown): ObjectId | null {
  if (value === null || value === undefined) return null
  if (value instanceof ObjectId) return value
  if (typeof value === 'string' && /^[0-9a-f]{24}$/i.test(value)) return new ObjectId(value)
  throw mongoError(
    'ConversionFailure',
    `Failed to parse objectId '${value}' in $convert with no onError value`,
  )
}

/** Keeps a value from being evaluated once more. */
function literal(value: unknown): { $literal: unknown } {
  return { $literal: value }
}
