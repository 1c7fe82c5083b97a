import { BSONRegExp, Double, Int32 } from 'bson'
import { compareRaw } from '../bson/compare.ts'
import { isNumber, nearestDouble } from '../bson/number.ts'
import { type RawValue, readInt32 } from '../bson/raw.ts'
import { rawOf, readDouble, stringOf } from '../bson/raw-value.ts'
import { CLASS, classOf, TYPE } from '../bson/types.ts'
import { mongoError } from '../errors.ts'
import type { ValueTest } from './condition.ts'
import { regexTest } from './regex.ts'

/** The four orderings, as what they make of the sign of `value − operand`. */
const ACCEPTS = {
  $lt: (sign: number) => sign < 0,
  $lte: (sign: number) => sign <= 0,
  $gt: (sign: number) => sign > 0,
  $gte: (sign: number) => sign >= 0,
} as const

/** Equality; null also stands for missing fields, a regular expression for what it matches. */
export function equals(operand: unknown): ValueTest {
  if (typeof operand === 'string') return equalsString(operand)
  if (operand instanceof Int32 || operand instanceof Double) return equalsNumber(operand)
  if (operand === null || operand === undefined) return isNullish
  if (operand instanceof BSONRegExp) return regexTest(operand)
  const wanted = rawOf(operand)
  return value => value !== undefined && compareRaw(value, wanted) === 0
}

/** An ordering within the operand's type class, as MongoDB brackets `$lt`, `$lte`, `$gt` and `$gte`. */
export function ordered(operator: keyof typeof ACCEPTS, path: string, operand: unknown): ValueTest {
  if (operand instanceof BSONRegExp)
    throw mongoError('BadValue', `Can't have RegEx as arg to predicate over field '${path}'.`)
  const accepts = ACCEPTS[operator]
  if (operand === null || operand === undefined) return accepts(0) ? isNullish : never
  if (operand instanceof Int32 || operand instanceof Double) return orderedNumber(operand, accepts)
  const bound = rawOf(operand)
  const kind = classOf(bound.type)
  if (kind === CLASS.minKey || kind === CLASS.maxKey) return beyondAllTypes(bound, accepts)
  if (kind === CLASS.number) return orderedBesideNaN(bound, accepts)
  return value => value !== undefined && classOf(value.type) === kind && accepts(compareRaw(value, bound))
}

function isNullish(value: RawValue | undefined): boolean {
  return value === undefined || value.type === TYPE.null || value.type === TYPE.undefined
}

function never(): boolean {
  return false
}

/** Reads the text in place; only a text beyond ASCII is decoded. */
function equalsString(text: string): ValueTest {
  return value => {
    if (value === undefined || (value.type !== TYPE.string && value.type !== TYPE.symbol)) return false
    const { bytes, start, end } = value
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i)
      if (unit >= 0x80) return stringOf(value) === text
      if (bytes[start + 4 + i] !== unit) return false
    }
    return end - start === text.length + 5
  }
}

/** Compares ints and doubles as JavaScript numbers, other types exactly. */
function equalsNumber(operand: Int32 | Double): ValueTest {
  const number = operand.value
  return value => {
    if (value === undefined) return false
    if (value.type === TYPE.int) return readInt32(value.bytes, value.start) === number
    if (value.type === TYPE.double) return sameNumber(readDouble(value.bytes, value.start), number)
    return isNumber(value.type) && compareRaw(value, rawOf(operand)) === 0
  }
}

function sameNumber(a: number, b: number): boolean {
  return a === b || (Number.isNaN(a) && Number.isNaN(b))
}

function orderedNumber(operand: Int32 | Double, accepts: (sign: number) => boolean): ValueTest {
  const bound = operand.value
  if (Number.isNaN(bound)) return orderedBesideNaN(rawOf(operand), accepts)
  return value => {
    if (value === undefined) return false
    if (value.type === TYPE.int) return accepts(signOf(readInt32(value.bytes, value.start), bound))
    if (value.type === TYPE.double) return accepts(signOf(readDouble(value.bytes, value.start), bound))
    return isNumber(value.type) && !isNaNValue(value) && accepts(compareRaw(value, rawOf(operand)))
  }
}

/** NaN where one of them is: no ordering accepts that. */
function signOf(a: number, b: number): number {
  if (a < b) return -1
  if (a > b) return 1
  return a === b ? 0 : Number.NaN
}

/** NaN is in order with nothing but itself. */
function orderedBesideNaN(bound: RawValue, accepts: (sign: number) => boolean): ValueTest {
  const boundIsNaN = isNaNValue(bound)
  return value => {
    if (value === undefined || !isNumber(value.type)) return false
    if (boundIsNaN || isNaNValue(value)) return boundIsNaN && isNaNValue(value) && accepts(0)
    return accepts(compareRaw(value, bound))
  }
}

/** MinKey and MaxKey compare with every type, and with a missing field. */
function beyondAllTypes(bound: RawValue, accepts: (sign: number) => boolean): ValueTest {
  const others = bound.type === TYPE.maxKey ? -1 : 1
  return value => accepts(value?.type === bound.type ? 0 : others)
}

function isNaNValue(value: RawValue): boolean {
  return value.type !== TYPE.int && Number.isNaN(nearestDouble(value))
}
