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
      return within64Bits(nearestDouble(value))
    case TYPE.decimal:
      return within64Bits(Number(decimalText(value)))
    default:
      return undefined
  }
}

function within64Bits(number: number): bigint | undefined {
  if (!Number.isFinite(number)) return undefined
  const whole = BigInt(Math.trunc(number))
  return whole >= MIN_LONG && whole <= MAX_LONG ? whole : undefined
}
