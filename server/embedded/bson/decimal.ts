import { Decimal128 } from 'bson'

/** Significant digits of a Decimal128. */
const PRECISION = 34

interface Parts {
  coefficient: bigint
  exponent: number
}

/** The sum, rounded to 34 digits, half to even. */
export function addDecimals(a: Decimal128, b: Decimal128): Decimal128 {
  const [left, right] = [partsOf(a), partsOf(b)]
  if (!left || !right) return ofNumber(Number(a.toString()) + Number(b.toString()))
  const exponent = Math.min(left.exponent, right.exponent)
  const scale = ({ coefficient, exponent: own }: Parts) => coefficient * 10n ** BigInt(own - exponent)
  return ofParts({ coefficient: scale(left) + scale(right), exponent })
}

/** The product, rounded to 34 digits, half to even. */
export function multiplyDecimals(a: Decimal128, b: Decimal128): Decimal128 {
  const [left, right] = [partsOf(a), partsOf(b)]
  if (!left || !right) return ofNumber(Number(a.toString()) * Number(b.toString()))
  return ofParts({
    coefficient: left.coefficient * right.coefficient,
    exponent: left.exponent + right.exponent,
  })
}

/** The quotient by a positive integer, rounded to 34 digits, half to even. */
export function divideDecimalBy(value: Decimal128, divisor: number): Decimal128 {
  const parts = partsOf(value)
  if (!parts) return value
  const scale = PRECISION + String(divisor).length
  const coefficient = (parts.coefficient * 10n ** BigInt(scale)) / BigInt(divisor)
  return ofParts(withoutTrailingZeros({ coefficient, exponent: parts.exponent - scale }))
}

/** The quotient of two decimals, rounded to 34 digits; the divisor is not zero. */
export function divideDecimals(a: Decimal128, b: Decimal128): Decimal128 {
  const [left, right] = [partsOf(a), partsOf(b)]
  if (!left || !right) return ofNumber(Number(a.toString()) / Number(b.toString()))
  const scale = PRECISION + String(right.coefficient).length
  const coefficient = (left.coefficient * 10n ** BigInt(scale)) / right.coefficient
  return ofParts(withoutTrailingZeros({ coefficient, exponent: left.exponent - scale - right.exponent }))
}

/** What a division of two decimals leaves, with the sign of the dividend; the divisor is not zero. */
export function remainderOfDecimals(a: Decimal128, b: Decimal128): Decimal128 {
  const [left, right] = [partsOf(a), partsOf(b)]
  if (!left || !right) return ofNumber(Number(a.toString()) % Number(b.toString()))
  const exponent = Math.min(left.exponent, right.exponent)
  const scale = ({ coefficient, exponent: own }: Parts) => coefficient * 10n ** BigInt(own - exponent)
  return ofParts({ coefficient: scale(left) % scale(right), exponent })
}

/** The next whole decimal upwards or downwards. */
export function roundDecimal(value: Decimal128, direction: 'up' | 'down'): Decimal128 {
  const parts = partsOf(value)
  if (!parts || parts.exponent >= 0) return value
  const unit = 10n ** BigInt(-parts.exponent)
  const whole = parts.coefficient / unit
  const rest = parts.coefficient % unit
  const step = direction === 'up' ? (rest > 0n ? 1n : 0n) : rest < 0n ? -1n : 0n
  return ofParts({ coefficient: whole + step, exponent: 0 })
}

/** A double as MongoDB turns it into a decimal: to 15 significant digits. */
export function decimalOfDouble(value: number): Decimal128 {
  return Number.isFinite(value) ? Decimal128.fromString(value.toPrecision(15)) : ofNumber(value)
}

/** Undefined for NaN and infinities. */
function partsOf(value: Decimal128): Parts | undefined {
  const parts = /^(-?)(\d+)(?:\.(\d+))?(?:E([+-]\d+))?$/.exec(value.toString())
  if (!parts) return undefined
  const [, sign, whole = '', fraction = '', power = '0'] = parts
  return { coefficient: BigInt(`${sign}${whole}${fraction}`), exponent: Number(power) - fraction.length }
}

function withoutTrailingZeros({ coefficient, exponent }: Parts): Parts {
  if (coefficient === 0n || coefficient % 10n !== 0n) return { coefficient, exponent }
  return withoutTrailingZeros({ coefficient: coefficient / 10n, exponent: exponent + 1 })
}

function ofParts({ coefficient, exponent }: Parts): Decimal128 {
  const digits = String(coefficient).replace('-', '').length
  const surplus = digits - PRECISION
  if (surplus <= 0) return Decimal128.fromString(`${coefficient}E${exponent}`)
  const rounded = roundHalfEven(coefficient, 10n ** BigInt(surplus))
  return ofParts({ coefficient: rounded, exponent: exponent + surplus })
}

function roundHalfEven(value: bigint, unit: bigint): bigint {
  const quotient = value / unit
  const twiceRest = (value % unit) * 2n
  const size = twiceRest < 0n ? -twiceRest : twiceRest
  const up = size > unit || (size === unit && quotient % 2n !== 0n)
  if (!up) return quotient
  return value < 0n ? quotient - 1n : quotient + 1n
}

function ofNumber(value: number): Decimal128 {
  return Decimal128.fromString(String(value))
}
