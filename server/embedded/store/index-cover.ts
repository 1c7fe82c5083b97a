import type { Document } from 'bson'
import { encode } from '../bson/codec.ts'
import { encodeValue } from '../bson/key.ts'
import type { Bound, Bounds, Limit } from '../query/bounds.ts'
import { isOperators } from '../query/operand.ts'
import type { Index } from './index-spec.ts'

/** Whether every document a filter can match has an entry in the index: always, unless sparse or partial. */
export function covers(index: Index, filter: Document, bounds: Bounds): boolean {
  if (index.sparse && !index.fields.some(field => provesPresence(bounds.paths.get(field.path)))) return false
  return !index.partial || implies(filter, bounds, index.partial.expression)
}

/** Whether the filter makes the expression true. Answers false where it cannot tell. */
function implies(filter: Document, bounds: Bounds, expression: Document): boolean {
  return Object.entries(expression).every(([path, condition]) => {
    if (path === '$and') return condition.every((part: Document) => implies(filter, bounds, part))
    if (path in filter && sameValue(filter[path], condition)) return true
    const bound = bounds.paths.get(path)
    if (path.startsWith('$') || !bound) return false
    if (!isOperators(condition)) return impliesOperator(bound, '$eq', condition)
    return Object.entries(condition).every(([operator, value]) => impliesOperator(bound, operator, value))
  })
}

function impliesOperator(bound: Bound, operator: string, value: unknown): boolean {
  switch (operator) {
    case '$eq':
      return bound.equals?.every(known => sameValue(known, value)) ?? false
    case '$in':
      return (
        bound.equals?.every(known => (value as unknown[]).some(allowed => sameValue(known, allowed))) ?? false
      )
    case '$exists':
      return Boolean(value) && provesPresence(bound)
    case '$gt':
      return isAbove(bound, { value, inclusive: false })
    case '$gte':
      return isAbove(bound, { value, inclusive: true })
    case '$lt':
      return isBelow(bound, { value, inclusive: false })
    case '$lte':
      return isBelow(bound, { value, inclusive: true })
    default:
      return false
  }
}

function provesPresence(bound: Bound | undefined): boolean {
  if (!bound) return false
  if (bound.equals) return bound.equals.every(value => value !== null && value !== undefined)
  return [bound.lower, bound.upper].some(limit => limit && limit.value !== null)
}

function isAbove(bound: Bound, limit: Limit): boolean {
  if (bound.equals) return bound.equals.every(value => reaches({ value, inclusive: true }, limit, 1))
  return bound.lower !== undefined && reaches(bound.lower, limit, 1)
}

function isBelow(bound: Bound, limit: Limit): boolean {
  if (bound.equals) return bound.equals.every(value => reaches({ value, inclusive: true }, limit, -1))
  return bound.upper !== undefined && reaches(bound.upper, limit, -1)
}

/** Whether all values beyond `known` lie beyond `limit` too, within one type. */
function reaches(known: Limit, limit: Limit, direction: 1 | -1): boolean {
  const a = encodeValue(known.value, direction)
  const b = encodeValue(limit.value, direction)
  const order = a.compare(b)
  return a[0] === b[0] && (order > 0 || (order === 0 && (limit.inclusive || !known.inclusive)))
}

function sameValue(a: unknown, b: unknown): boolean {
  return encode({ a }).equals(encode({ a: b })) || encodeValue(a, 1).equals(encodeValue(b, 1))
}
