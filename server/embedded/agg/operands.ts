import { closeNode, openArray } from '../bson/node.ts'
import { isNumber, nearestDouble } from '../bson/number.ts'
import type { RawValue } from '../bson/raw.ts'
import { rawOf } from '../bson/raw-value.ts'
import { TYPE } from '../bson/types.ts'
import { locationError } from '../errors.ts'
import type { Row } from './row.ts'

/** Evaluates an expression on a document; undefined stands for a missing field. */
export type Expression = (row: Row) => RawValue | undefined

/** Compiles the operand of an operator. */
export type CompileOperator = (operand: unknown, compile: (expression: unknown) => Expression) => Expression

export const NULL = rawOf(null)
export const TRUE = rawOf(true)
export const FALSE = rawOf(false)

/** The operands of an operator: a list of them, or the one that stands for a list of one. */
export function operandsOf(operand: unknown): readonly unknown[] {
  return Array.isArray(operand) ? operand : [operand]
}

/** As many operands as an operator takes; throws code 16020 for more or fewer. */
export function exactly(count: number, operator: string, operand: unknown): readonly unknown[] {
  const operands = operandsOf(operand)
  if (operands.length === count) return operands
  throw locationError(
    16020,
    `Expression ${operator} takes exactly ${count} arguments. ${operands.length} were passed in.`,
  )
}

export function isNullish(value: RawValue | undefined): value is undefined {
  return value === undefined || value.type === TYPE.null || value.type === TYPE.undefined
}

/** What expressions take for true: everything but false, zero, null and missing. */
export function isTrueValue(value: RawValue | undefined): boolean {
  if (isNullish(value)) return false
  const { type, bytes, start }: RawValue = value
  if (type === TYPE.bool) return bytes[start] === 1
  return !isNumber(type) || nearestDouble(value) !== 0
}

/** The elements of an array. */
export function elementsOf(array: RawValue): RawValue[] {
  return openArray(array).items.map(closeNode)
}
