import { add, divideDecimal, integerOfRaw, rawLong } from '../bson/arithmetic.ts'
import { isNumber, nearestDouble } from '../bson/number.ts'
import type { RawValue } from '../bson/raw.ts'
import { rawDouble, rawInt } from '../bson/raw-value.ts'
import { TYPE } from '../bson/types.ts'

/**
 * A sum of numbers of any type that is as exact as MongoDB's: whole numbers apart from doubles, doubles with
 * what rounding takes from them, decimals as decimals.
 */
export interface Sum {
  count: number
  hasDouble: boolean
  hasLong: boolean
  whole: number
  bigWhole: bigint
  doubles: number
  lost: number
  decimals: RawValue | undefined
}

/** The sum of nothing: an int zero. */
export function emptySum(): Sum {
  return {
    count: 0,
    hasDouble: false,
    hasLong: false,
    whole: 0,
    bigWhole: 0n,
    doubles: 0,
    lost: 0,
    decimals: undefined,
  }
}

/** Adds a value; all that is no number is ignored. */
export function addToSum(sum: Sum, value: RawValue): void {
  if (!isNumber(value.type)) return
  sum.count++
  if (value.type === TYPE.decimal) sum.decimals = sum.decimals ? add(sum.decimals, value)! : value
  else if (value.type === TYPE.double) addDouble(sum, nearestDouble(value))
  else addWhole(sum, value)
}

/** The sum in the widest type added; a long where an int overflows, a double where a long does. */
export function sumValue(sum: Sum): RawValue {
  if (sum.decimals) return add(sum.decimals, withoutDecimals(sum))!
  return withoutDecimals(sum)
}

/** The mean, as a double or decimal; undefined where there were no numbers. */
export function meanValue(sum: Sum): RawValue | undefined {
  if (sum.count === 0) return undefined
  const total = sumValue(sum)
  if (total.type !== TYPE.decimal) return rawDouble(nearestDouble(total) / sum.count)
  return divideDecimal(total, sum.count)
}

function addWhole(sum: Sum, value: RawValue): void {
  if (value.type === TYPE.long) sum.hasLong = true
  const nearest = nearestDouble(value)
  const next = sum.whole + nearest
  if (Number.isSafeInteger(nearest) && Number.isSafeInteger(next)) sum.whole = next
  else {
    sum.bigWhole += BigInt(sum.whole) + integerOfRaw(value)
    sum.whole = 0
  }
}

/** Neumaier's compensated summation. */
function addDouble(sum: Sum, value: number): void {
  sum.hasDouble = true
  const next = sum.doubles + value
  if (Number.isFinite(next))
    sum.lost +=
      Math.abs(sum.doubles) >= Math.abs(value) ? sum.doubles - next + value : value - next + sum.doubles
  sum.doubles = next
}

function withoutDecimals(sum: Sum): RawValue {
  const whole = sum.bigWhole + BigInt(sum.whole)
  if (sum.hasDouble) return rawDouble(sum.doubles + sum.lost + Number(whole))
  if (!sum.hasLong && BigInt.asIntN(32, whole) === whole) return rawInt(Number(whole))
  return BigInt.asIntN(64, whole) === whole ? rawLong(whole) : rawDouble(Number(whole))
}
