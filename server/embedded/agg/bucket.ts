import { compareRaw } from '../bson/compare.ts'
import { isDocument } from '../bson/document.ts'
import type { RawValue } from '../bson/raw.ts'
import { rawOf } from '../bson/raw-value.ts'
import { classOf } from '../bson/types.ts'
import { locationError } from '../errors.ts'
import { sortDocuments } from '../query/sort.ts'
import { compileExpression } from './expression.ts'
import { compileOutputs, groupRows } from './group.ts'
import type { CompileStage } from './stage.ts'

/** `$bucket`: groups by the interval of `boundaries` a value lies in; the lower end belongs to the interval. */
export const bucket: CompileStage = (operand, { variables }) => {
  if (!isDocument(operand)) throw locationError(40201, 'Argument to $bucket stage must be an object')
  const { groupBy, boundaries, default: otherwise, output = { count: { $sum: 1 } } } = operand
  const limits = boundariesOf(boundaries)
  const fallback = otherwise === undefined ? undefined : rawOf(otherwise)
  const evaluate = compileExpression(groupBy, variables)
  const outputs = compileOutputs(output, variables)
  return documents => {
    const groups = groupRows(documents, row => bucketOf(evaluate(row), limits, fallback), outputs)
    return sortDocuments(groups, { _id: 1 })
  }
}

function bucketOf(
  value: RawValue | undefined,
  limits: readonly RawValue[],
  fallback: RawValue | undefined,
): RawValue {
  const isBelowEnd = value !== undefined && compareRaw(value, limits.at(-1)!) < 0
  const lower = isBelowEnd ? limits.findLast(limit => compareRaw(limit, value) <= 0) : undefined
  const id = lower ?? fallback
  if (id) return id
  throw locationError(
    40066,
    '$switch could not find a matching branch for an input, and no default was specified.',
  )
}

function boundariesOf(boundaries: unknown): RawValue[] {
  if (!Array.isArray(boundaries))
    throw locationError(40200, "The $bucket 'boundaries' field must be an array")
  if (boundaries.length < 2)
    throw locationError(40192, "The $bucket 'boundaries' field must have at least 2 values")
  const limits = boundaries.map(rawOf)
  limits.slice(1).forEach((limit, i) => {
    const before = limits[i]!
    if (classOf(limit.type) !== classOf(before.type))
      throw locationError(40193, "All values in the 'boundaries' option to $bucket must have the same type")
    if (compareRaw(before, limit) >= 0)
      throw locationError(40194, "The 'boundaries' option to $bucket must be sorted in ascending order")
  })
  return limits
}
