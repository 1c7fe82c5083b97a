import { compareRaw } from '../bson/compare.ts'
import { isDocument } from '../bson/document.ts'
import type { RawValue } from '../bson/raw.ts'
import { rawInt, rawOf } from '../bson/raw-value.ts'
import { typeName } from '../bson/types.ts'
import { locationError } from '../errors.ts'
import { type CompileOperator, exactly, FALSE, isNullish, isTrueValue, operandsOf, TRUE } from './operands.ts'

/** Operators that choose and compare; values pass through them as they are. */
export const LOGIC_OPERATORS: Readonly<Record<string, CompileOperator>> = {
  $eq: comparison('$eq', order => (order === 0 ? TRUE : FALSE)),
  $ne: comparison('$ne', order => (order === 0 ? FALSE : TRUE)),
  $lt: comparison('$lt', order => (order < 0 ? TRUE : FALSE)),
  $lte: comparison('$lte', order => (order <= 0 ? TRUE : FALSE)),
  $gt: comparison('$gt', order => (order > 0 ? TRUE : FALSE)),
  $gte: comparison('$gte', order => (order >= 0 ? TRUE : FALSE)),
  $cmp: comparison('$cmp', rawInt),

  $and(operand, compile) {
    const operands = operandsOf(operand).map(compile)
    return row => (operands.every(evaluate => isTrueValue(evaluate(row))) ? TRUE : FALSE)
  },

  $or(operand, compile) {
    const operands = operandsOf(operand).map(compile)
    return row => (operands.some(evaluate => isTrueValue(evaluate(row))) ? TRUE : FALSE)
  },

  $not(operand, compile) {
    const [evaluate] = exactly(1, '$not', operand).map(compile)
    return row => (isTrueValue(evaluate!(row)) ? FALSE : TRUE)
  },

  $cond(operand, compile) {
    const [when, yes, no] = choiceOf(operand).map(compile)
    return row => (isTrueValue(when!(row)) ? yes!(row) : no!(row))
  },

  $ifNull(operand, compile) {
    const operands = operandsOf(operand).map(compile)
    if (operands.length < 2)
      throw locationError(1257300, `$ifNull needs at least two arguments, had: ${operands.length}`)
    return row => {
      let value: RawValue | undefined
      for (const evaluate of operands) {
        value = evaluate(row)
        if (!isNullish(value)) return value
      }
      return value
    }
  },

  $switch(operand, compile) {
    const { branches, otherwise } = branchesOf(operand)
    const compiled = branches.map(([when, result]) => [compile(when), compile(result)] as const)
    const fallback = otherwise === undefined ? undefined : compile(otherwise)
    return row => {
      for (const [when, result] of compiled) if (isTrueValue(when(row))) return result(row)
      if (fallback) return fallback(row)
      throw locationError(
        40066,
        '$switch could not find a matching branch for an input, and no default was specified.',
      )
    }
  },

  $literal(operand) {
    const constant = rawOf(operand)
    return () => constant
  },

  $type(operand, compile) {
    const [evaluate] = exactly(1, '$type', operand).map(compile)
    return row => {
      const value = evaluate!(row)
      return rawOf(value === undefined ? 'missing' : typeName(value.type))
    }
  },
}

function comparison(operator: string, judge: (order: number) => RawValue): CompileOperator {
  return (operand, compile) => {
    const [left, right] = exactly(2, operator, operand).map(compile)
    return row => judge(compareMissing(left!(row), right!(row)))
  }
}

/** A missing field is below everything, null included. */
function compareMissing(a: RawValue | undefined, b: RawValue | undefined): number {
  if (!a || !b) return Number(a !== undefined) - Number(b !== undefined)
  return compareRaw(a, b)
}

function choiceOf(operand: unknown): readonly unknown[] {
  if (!isDocument(operand)) return exactly(3, '$cond', operand)
  const { if: when, then: result, else: otherwise, ...unknown } = operand
  const [other] = Object.keys(unknown)
  if (other) throw locationError(17083, `Unrecognized parameter to $cond: ${other}`)
  if (when === undefined) throw locationError(17080, "Missing 'if' parameter to $cond")
  if (result === undefined) throw locationError(17081, "Missing 'then' parameter to $cond")
  if (otherwise === undefined) throw locationError(17082, "Missing 'else' parameter to $cond")
  return [when, result, otherwise]
}

type Branch = readonly [when: unknown, result: unknown]

function branchesOf(operand: unknown): { branches: Branch[]; otherwise: unknown } {
  if (!isDocument(operand)) throw locationError(40060, '$switch requires an object as an argument')
  const { branches, default: otherwise, ...unknown } = operand
  const [other] = Object.keys(unknown)
  if (other) throw locationError(40067, `$switch found an unknown argument: ${other}`)
  if (!Array.isArray(branches)) throw locationError(40061, "$switch expected an array for 'branches'")
  if (branches.length === 0) throw locationError(40068, '$switch requires at least one branch.')
  return { branches: branches.map(branchOf), otherwise }
}

function branchOf(branch: unknown): Branch {
  if (!isDocument(branch)) throw locationError(40062, '$switch expected each branch to be an object')
  const { case: when, then: result, ...unknown } = branch
  const [other] = Object.keys(unknown)
  if (other) throw locationError(40063, `$switch found an unknown argument to a branch: ${other}`)
  if (when === undefined) throw locationError(40064, "$switch requires each branch have a 'case' expression")
  if (result === undefined)
    throw locationError(40065, "$switch requires each branch have a 'then' expression.")
  return [when, result]
}
