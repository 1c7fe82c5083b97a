import { Decimal128 } from 'bson'
import { type RawValue, readInt32 } from './raw.ts'
import { readDouble, readLong } from './raw-value.ts'
import { TYPE } from './types.ts'

/**
 * A number that no double can hold exactly: `digits[0].digits[1]… × 10^exponent`, without trailing zeros.
 * `excess` tells on which side of the nearest double it lies.
 */
export interface InexactNumber {
  excess: 1 | -1
  negative: boolean
  exponent: number
  digits: string
}

/** Whether the value is of one of the four number types. */
export function isNumber(type: number): boolean {
  return type === TYPE.int || type === TYPE.double || type === TYPE.long || type === TYPE.decimal
}

/** The double nearest to a number of any type; a finite number stays finite. */
export function nearestDouble(value: RawValue): number {
  switch (value.type) {
    case TYPE.int:
      return readInt32(value.bytes, value.start)
    case TYPE.double:
      return readDouble(value.bytes, value.start)
    case TYPE.long:
      return readLong(value.bytes, value.start)
    default:
      return nearestOfText(decimalText(value))
  }
}

/** What the nearest double leaves out; undefined where it is exactly the number. */
export function inexactPart(value: RawValue): InexactNumber | undefined {
  if (value.type === TYPE.long) {
    const nearest = readLong(value.bytes, value.start)
    return Math.abs(nearest) <= Number.MAX_SAFE_INTEGER ? undefined : inexactLong(value, nearest)
  }
  return value.type === TYPE.decimal ? inexactDecimal(decimalText(value)) : undefined
}

/** Compares two numbers exactly, whatever their types; NaN is below all others and equal to itself. */
export function compareNumbers(a: RawValue, b: RawValue): number {
  const left = nearestDouble(a)
  const right = nearestDouble(b)
  if (left < right) return -1
  if (left > right) return 1
  if (left !== right) return Number(Number.isNaN(right)) - Number(Number.isNaN(left))
  return compareInexact(inexactPart(a), inexactPart(b))
}

/** The exact integer of a long. */
export function longToBigInt(value: RawValue): bigint {
  const { bytes, start } = value
  return (BigInt(readInt32(bytes, start + 4)) << 32n) | BigInt(readInt32(bytes, start) >>> 0)
}

/** The text of a Decimal128, as MongoDB prints it. */
export function decimalText(value: RawValue): string {
  return new Decimal128(value.bytes.slice(value.start, value.end)).toString()
}

function compareInexact(a: InexactNumber | undefined, b: InexactNumber | undefined): number {
  const sides = (a?.excess ?? 0) - (b?.excess ?? 0)
  if (sides !== 0 || !a || !b) return Math.sign(sides)
  const [near, far] = a.negative ? [b, a] : [a, b]
  return Math.sign(near.exponent - far.exponent) || compareText(near.digits, far.digits)
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function nearestOfText(text: string): number {
  const nearest = Number(text)
  if (Number.isFinite(nearest) || text.endsWith('Infinity') || text === 'NaN') return nearest
  return nearest > 0 ? Number.MAX_VALUE : -Number.MAX_VALUE
}

function inexactLong(value: RawValue, nearest: number): InexactNumber | undefined {
  const exact = longToBigInt(value)
  const left = exact - BigInt(nearest)
  if (left === 0n) return undefined
  const digits = String(exact).replace('-', '')
  return {
    excess: left > 0n ? 1 : -1,
    negative: exact < 0n,
    exponent: digits.length - 1,
    digits: digits.replace(/0+$/, ''),
  }
}

function inexactDecimal(text: string): InexactNumber | undefined {
  const nearest = nearestOfText(text)
  const parts = /^(-?)(\d+)(?:\.(\d+))?(?:E([+-]\d+))?$/.exec(text)
  if (!parts) return undefined
  const [, sign, whole = '', fraction = '', power = '0'] = parts
  const allDigits = whole + fraction
  const digits = allDigits.replace(/^0+/, '')
  if (digits === '') return undefined
  const lowestPower = Number(power) - fraction.length
  const excess = compareToDouble(BigInt(`${sign}${digits}`), lowestPower, nearest)
  if (excess === 0) return undefined
  return {
    excess: excess > 0 ? 1 : -1,
    negative: sign === '-',
    exponent: digits.length - 1 + lowestPower,
    digits: digits.replace(/0+$/, ''),
  }
}

/** Sign of `coefficient × 10^power − double`, in integers so that nothing is rounded. */
function compareToDouble(coefficient: bigint, power: number, double: number): number {
  const [mantissa, binaryPower] = mantissaAndPower(double)
  const left = coefficient * 10n ** BigInt(Math.max(power, 0)) * 2n ** BigInt(Math.max(-binaryPower, 0))
  const right = mantissa * 2n ** BigInt(Math.max(binaryPower, 0)) * 10n ** BigInt(Math.max(-power, 0))
  return left < right ? -1 : left > right ? 1 : 0
}

function mantissaAndPower(double: number): [mantissa: bigint, power: number] {
  let mantissa = double
  let power = 0
  while (!Number.isSafeInteger(mantissa)) {
    const halved = Math.abs(mantissa) > Number.MAX_SAFE_INTEGER
    mantissa = halved ? mantissa / 2 : mantissa * 2
    power += halved ? 1 : -1
  }
  return [BigInt(mantissa), power]
}
