import { Decimal128, Long } from 'bson'
import {
  addDecimals,
  decimalOfDouble,
  divideDecimalBy,
  divideDecimals,
  multiplyDecimals,
  remainderOfDecimals,
  roundDecimal,
} from './decimal.ts'
import { longToBigInt, nearestDouble } from './number.ts'
import type { RawValue } from './raw.ts'
import { rawDouble, rawInt, rawOf } from './raw-value.ts'
import { TYPE } from './types.ts'

/** An operation in each of the three arithmetics BSON has. */
interface Operation {
  doubles: (a: number, b: number) => number
  integers: (a: bigint, b: bigint) => bigint
  decimals: (a: Decimal128, b: Decimal128) => Decimal128
}

const ADD: Operation = { doubles: (a, b) => a + b, integers: (a, b) => a + b, decimals: addDecimals }
const SUBTRACT: Operation = {
  doubles: (a, b) => a - b,
  integers: (a, b) => a - b,
  decimals: (a, b) => addDecimals(a, multiplyDecimals(b, MINUS_ONE)),
}
const REMAINDER: Operation = {
  doubles: (a, b) => a % b,
  integers: (a, b) => a % b,
  decimals: remainderOfDecimals,
}
const MINUS_ONE = Decimal128.fromString('-1')
const MULTIPLY: Operation = {
  doubles: (a, b) => a * b,
  integers: (a, b) => a * b,
  decimals: multiplyDecimals,
}

/** The sum of two numbers in the wider of their types; undefined where a long overflows. */
export function add(a: RawValue, b: RawValue): RawValue | undefined {
  return calculate(a, b, ADD)
}

/** The difference of two numbers in the wider of their types; undefined where a long overflows. */
export function subtract(a: RawValue, b: RawValue): RawValue | undefined {
  return calculate(a, b, SUBTRACT)
}

/** What a division of two numbers leaves, in the wider of their types; the divisor is not zero. */
export function remainder(a: RawValue, b: RawValue): RawValue {
  return calculate(a, b, REMAINDER)!
}

/** The quotient of two numbers, as a double or a decimal; the divisor is not zero. */
export function divide(a: RawValue, b: RawValue): RawValue {
  if (a.type !== TYPE.decimal && b.type !== TYPE.decimal)
    return rawDouble(nearestDouble(a) / nearestDouble(b))
  return rawOf(divideDecimals(decimalOf(a), decimalOf(b)))
}

/** A number without its sign; a long where an int cannot hold it, a double where a long cannot. */
export function absolute(value: RawValue): RawValue {
  const isNegative =
    value.type === TYPE.decimal ? decimalOf(value).toString().startsWith('-') : nearestDouble(value) < 0
  return isNegative ? (multiply(value, rawInt(-1)) ?? rawDouble(-nearestDouble(value))) : value
}

/** The next whole number upwards or downwards, of the same type. */
export function roundTo(direction: 'up' | 'down', value: RawValue): RawValue {
  if (value.type === TYPE.decimal) return rawOf(roundDecimal(decimalOf(value), direction))
  if (value.type !== TYPE.double) return value
  const number = nearestDouble(value)
  return rawDouble(direction === 'up' ? Math.ceil(number) : Math.floor(number))
}

/** The product of two numbers in the wider of their types; undefined where a long overflows. */
export function multiply(a: RawValue, b: RawValue): RawValue | undefined {
  return calculate(a, b, MULTIPLY)
}

/** The quotient of a Decimal128 by a positive integer. */
export function divideDecimal(value: RawValue, divisor: number): RawValue {
  return rawOf(divideDecimalBy(decimalOf(value), divisor))
}

/** A whole number as Long. */
export function rawLong(value: bigint): RawValue {
  return rawOf(Long.fromBigInt(value))
}

/** The exact value of an Int32 or Long. */
export function integerOfRaw(value: RawValue): bigint {
  return value.type === TYPE.int ? BigInt(nearestDouble(value)) : longToBigInt(value)
}

/** Decimal before double before long before int; two ints become a long where an int would overflow. */
function calculate(a: RawValue, b: RawValue, operation: Operation): RawValue | undefined {
  if (a.type === TYPE.decimal || b.type === TYPE.decimal)
    return rawOf(operation.decimals(decimalOf(a), decimalOf(b)))
  if (a.type === TYPE.double || b.type === TYPE.double)
    return rawDouble(operation.doubles(nearestDouble(a), nearestDouble(b)))
  if (a.type === TYPE.int && b.type === TYPE.int) {
    const result = operation.doubles(nearestDouble(a), nearestDouble(b))
    if (result === (result | 0)) return rawInt(result)
  }
  const result = operation.integers(integerOfRaw(a), integerOfRaw(b))
  return BigInt.asIntN(64, result) === result ? rawLong(result) : undefined
}

function decimalOf(value: RawValue): Decimal128 {
  if (value.type === TYPE.decimal) return new Decimal128(value.bytes.slice(value.start, value.end))
  if (value.type === TYPE.double) return decimalOfDouble(nearestDouble(value))
  return Decimal128.fromString(String(integerOfRaw(value)))
}
