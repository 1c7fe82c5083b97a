import type { Document } from 'bson'
import { encode } from '../bson/codec.ts'
import { boundsOf } from '../query/bounds.ts'
import { isOperators } from '../query/operand.ts'
import type { Collection } from './catalog.ts'
import { type IndexRanges, rangesOf } from './index-ranges.ts'
import type { Index } from './index-spec.ts'
import { planFor } from './planner.ts'
import type { Tree } from './tree.ts'

/** How many documents match, where an index can tell without a look at them; undefined where none can. */
export function countByIndex(tree: Tree, collection: Collection, filter: Document): number | undefined {
  if (Object.keys(filter).length === 0) return collection.count
  const { access } = planFor(collection, { filter })
  if (access.kind !== 'index' || !saysAll(access.index, filter)) return undefined
  return access.ranges.reduce((sum, range) => sum + tree.count(access.index.table, range), 0)
}

/** Whether the entries in the ranges of a filter are exactly its matches. */
export function saysAll(index: Index, filter: Document): boolean {
  if (index.multikey || index.truncated) return false
  const found = rangesOf(index, boundsOf(filter))
  return Object.entries(filter).every(
    ([path, condition]) => isPartOf(index, path, condition) || isInRanges(index, found, path, condition),
  )
}

/** A condition of the partial filter itself holds for every entry. */
function isPartOf({ partial }: Index, path: string, condition: unknown): boolean {
  return partial !== undefined && path in partial.expression && sameBytes(partial.expression[path], condition)
}

function isInRanges(index: Index, found: IndexRanges, path: string, condition: unknown): boolean {
  const at = index.fields.findIndex(field => field.path === path)
  if (at === -1) return false
  if (at < found.points) return isPlainEquality(condition)
  return at === found.points && isPlainRange(condition)
}

/** An equality that null cannot satisfy, since null stands for a missing field in some places only. */
function isPlainEquality(condition: unknown): boolean {
  if (!isOperators(condition)) return condition !== null
  const [[operator, operand] = [], ...others] = Object.entries(condition)
  if (others.length > 0) return false
  return operator === '$in' ? !operand.includes(null) : operator === '$eq' && operand !== null
}

/** A range with a lower end, which keeps out NaN: it orders below all numbers, but is in no range. */
function isPlainRange(condition: unknown): boolean {
  if (!isOperators(condition)) return false
  const operators = Object.keys(condition)
  const lower = operators.filter(operator => operator === '$gt' || operator === '$gte')
  const upper = operators.filter(operator => operator === '$lt' || operator === '$lte')
  const ends = Object.values(condition).map(operand => encode({ operand })[4])
  return (
    lower.length === 1 &&
    upper.length <= 1 &&
    operators.length === lower.length + upper.length &&
    ends.every(type => type === ends[0])
  )
}

function sameBytes(a: unknown, b: unknown): boolean {
  return encode({ a }).equals(encode({ a: b }))
}
