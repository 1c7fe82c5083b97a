import { Binary } from 'bson'
import { integerOf, isNumeric } from '../bson/document.ts'
import { nearestDouble } from '../bson/number.ts'
import { type RawValue, readInt32 } from '../bson/raw.ts'
import { TYPE } from '../bson/types.ts'
import { mongoError } from '../errors.ts'
import type { ValueTest } from './condition.ts'
import { truncated } from './integer.ts'

/** Tells whether a bit is set. */
type Bits = (position: number) => boolean

const ASKS = {
  $bitsAllSet: (positions: number[], bits: Bits) => positions.every(bits),
  $bitsAllClear: (positions: number[], bits: Bits) => !positions.some(bits),
  $bitsAnySet: (positions: number[], bits: Bits) => positions.some(bits),
  $bitsAnyClear: (positions: number[], bits: Bits) => !positions.every(bits),
} as const

/** The four bit operators, on whole numbers (sign-extended) and on binary data (zero-extended). */
export function bitTest(operator: keyof typeof ASKS, operand: unknown): ValueTest {
  const positions = positionsOf(operator, operand)
  return value => {
    const bits = value && bitsOf(value)
    return bits !== undefined && ASKS[operator](positions, bits)
  }
}

function bitsOf(value: RawValue): Bits | undefined {
  if (value.type === TYPE.binData) {
    const start = value.start + 5
    const length = readInt32(value.bytes, value.start)
    return position => bitOfBytes(value.bytes.subarray(start, start + length), position)
  }
  const integer = truncated(value)
  if (integer === undefined || (value.type !== TYPE.long && Number(integer) !== nearestDouble(value)))
    return undefined
  return position => bitOfInteger(integer, position)
}

function bitOfBytes(bytes: Uint8Array, position: number): boolean {
  return (((bytes[position >> 3] ?? 0) >> (position & 7)) & 1) === 1
}

function bitOfInteger(integer: bigint, position: number): boolean {
  return ((BigInt.asUintN(64, integer) >> BigInt(Math.min(position, 63))) & 1n) === 1n
}

function positionsOf(operator: string, operand: unknown): number[] {
  if (Array.isArray(operand)) return operand.map(positionOf)
  if (operand instanceof Binary) {
    const bytes = operand.value()
    return upTo(bytes.length * 8).filter(position => bitOfBytes(bytes, position))
  }
  if (!isNumeric(operand))
    throw mongoError(
      'BadValue',
      `${operator} takes an Array, a number, or a BinData but received: ${operand}`,
    )
  const mask = integerOf(operand)
  if (mask === undefined) throw mongoError('FailedToParse', `Expected an integer: ${operator}: ${operand}`)
  if (mask < 0n)
    throw mongoError('FailedToParse', `Expected a non-negative number in: ${operator}: ${operand}`)
  return upTo(64).filter(position => bitOfInteger(mask, position))
}

function positionOf(value: unknown): number {
  const position = integerOf(value)
  if (position === undefined)
    throw mongoError('BadValue', `bit positions must be an integer but got: ${value}`)
  if (position < 0n) throw mongoError('BadValue', `bit positions must be >= 0 but got: ${value}`)
  if (position > 0x7fff_ffffn)
    throw mongoError('BadValue', `bit positions cannot be represented as a 32-bit signed integer: ${value}`)
  return Number(position)
}

function upTo(length: number): number[] {
  return Array.from({ length }, (_, position) => position)
}
