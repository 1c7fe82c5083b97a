import { decimalText, longToBigInt, nearestDouble } from '../bson/number.ts'
import type { RawValue } from '../bson/raw.ts'
import { TYPE } from '../bson/types.ts'

const MIN_LONG = -(2n ** 63n)
const MAX_LONG = 2n ** 63n - 1n

/** A raw number without its fraction; undefined where 64 bits cannot hold it, and for all that is no number. */
export function truncated(value: RawValue): bigint | undefined {
  switch (value.type) {
    case TYPE.int:
      return BigInt(nearestDouble(value))
    case TYPE.long:
      return longToBigInt(value)
    case TYPE.double:
      return ofDouble(nearestDouble(value))
    case TYPE.decimal:
      return wholeOfText(decimalText(value))
    default:
      return undefined
  }
}

/** A decimal written without a power of ten is taken by its digits, which a double may not hold all of. */
function wholeOfText(text: string): bigint | undefined {
  const digits = /^(-?\d+)(?:\.\d+)?$/.exec(text)
  return digits ? within64Bits(BigInt(digits[1]!)) : ofDouble(Number(text))
}

function ofDouble(number: number): bigint | undefined {
  return Number.isFinite(number) ? within64Bits(BigInt(Math.trunc(number))) : undefined
}

function within64Bits(whole: bigint): bigint | undefined {
  return whole >= MIN_LONG && whole <= MAX_LONG ? whole : undefined
}
