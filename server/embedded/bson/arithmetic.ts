import { Decimal128, Long } from 'bson'
import { addDecimals, decimalOfDouble, divideDecimalBy, multiplyDecimals } from './decimal.ts'
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
const MULTIPLY: Operation = {
  doubles: (a, b) => a * b,
  integers: (a, b) => a * b,
  decimals: multiplyDecimals,
}

/** The sum of two numbers in the wider of their types; undefined where a long overflows. */
export function add(a: RawValue, b: RawValue): RawValue | undefined {
  return calculate(a, b, ADD)
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
