import { isDocument, numberOf } from '../bson/document.ts'
import { closeNode, openArray } from '../bson/node.ts'
import type { RawValue } from '../bson/raw.ts'
import { TYPE } from '../bson/types.ts'
import { locationError } from '../errors.ts'
import { elementCondition } from './document-test.ts'

/** `$slice: n` (the first n, or the last -n) or `[skip, limit]` (skip counts from the end where negative). */
export function sliceProjection(operand: unknown): (value: RawValue) => RawValue {
  const [skip, limit] = sliceArguments(operand)
  return value => {
    if (value.type !== TYPE.array) return value
    const { items } = openArray(value)
    const start = skip < 0 ? Math.max(items.length + skip, 0) : skip
    return closeNode({ type: TYPE.array, items: items.slice(start, start + limit) })
  }
}

/** `$elemMatch`: the first element that fulfils the condition; the field is dropped where there is none. */
export function elemMatchProjection(
  path: string,
  operand: unknown,
): (value: RawValue) => RawValue | undefined {
  if (!isDocument(operand))
    throw locationError(31274, `elemMatch: Invalid argument, object required, but got ${operand}`)
  if (path.includes('.')) throw locationError(31275, 'Cannot use $elemMatch projection on a nested field.')
  const matches = elementCondition(path, operand)
  return value => {
    if (value.type !== TYPE.array) return undefined
    const found = openArray(value).items.find(item => matches(closeNode(item)))
    return found && closeNode({ type: TYPE.array, items: [found] })
  }
}

function sliceArguments(operand: unknown): [skip: number, limit: number] {
  if (Array.isArray(operand)) {
    const [skip, limit] = operand.map(numberOf)
    if (operand.length !== 2 || skip === undefined || limit === undefined)
      throw locationError(31272, '$slice array argument should be of form [skip, limit]')
    if (limit <= 0) throw locationError(28724, `First argument to $slice must be positive: ${limit}`)
    return [Math.trunc(skip), Math.trunc(limit)]
  }
  const count = numberOf(operand)
  if (count === undefined) throw locationError(31273, '$slice only supports numbers and [skip, limit] arrays')
  return count < 0 ? [Math.trunc(count), Math.trunc(-count)] : [0, Math.trunc(count)]
}
