import type { Document } from 'bson'
import { compareRaw } from '../bson/compare.ts'
import { integerOf, isDocument, numberOf } from '../bson/document.ts'
import { closeNode, type Node } from '../bson/node.ts'
import type { RawValue } from '../bson/raw.ts'
import { rawOf } from '../bson/raw-value.ts'
import { TYPE } from '../bson/types.ts'
import { mongoError } from '../errors.ts'
import { compileSort } from '../query/sort.ts'
import { arrayOf, eachOf, itemsOf } from './array-modifiers.ts'
import type { Modifier } from './modifier.ts'

const CLAUSES = new Set(['$each', '$slice', '$sort', '$position'])

/** `$push`: a value, or those of `$each` with `$position`, `$sort` and `$slice`, applied in this order. */
export function push(operand: unknown): Modifier {
  const added = eachOf('$push', operand).map(rawOf)
  const clauses = isDocument(operand) && Object.hasOwn(operand, '$each') ? operand : {}
  refuseUnknownClauses(clauses)
  const position = wholeNumber('$position', clauses)
  const slice = wholeNumber('$slice', clauses)
  const order = clauses.$sort === undefined ? undefined : elementOrder(clauses.$sort)
  return (current, path, context) => {
    const items = current ? itemsOf(current, path, context) : []
    const at = position ?? items.length
    let result: Node[] = [...items.slice(0, at), ...added, ...items.slice(at)]
    if (order) result = result.map(closeNode).sort(order)
    if (slice !== undefined) result = slice < 0 ? result.slice(slice) : result.slice(0, slice)
    return current && isSame(items, result) ? undefined : arrayOf(result)
  }
}

function refuseUnknownClauses(clauses: Document): void {
  const unknown = Object.keys(clauses).find(name => !CLAUSES.has(name))
  if (unknown) throw mongoError('BadValue', `Unrecognized clause in $push: ${unknown}`)
}

function wholeNumber(clause: string, clauses: Document): number | undefined {
  if (clauses[clause] === undefined) return undefined
  const number = integerOf(clauses[clause])
  if (number === undefined)
    throw mongoError(
      'BadValue',
      `The value for ${clause} must be an integer value but was given type: ${clauses[clause]}`,
    )
  return Number(number)
}

/** By whole value (1 or -1), or by fields of elements that are documents. */
function elementOrder(sort: unknown): (a: RawValue, b: RawValue) => number {
  if (isDocument(sort)) {
    const compare = compileSort(sort)
    return (a, b) => compare(documentOf(a), documentOf(b))
  }
  const direction = numberOf(sort)
  if (direction !== 1 && direction !== -1)
    throw mongoError('BadValue', 'The $sort element value must be either 1 or -1')
  return (a, b) => compareRaw(a, b) * direction
}

const EMPTY_DOCUMENT = Buffer.of(5, 0, 0, 0, 0)

/** An element that is no document sorts like one without fields. */
function documentOf(value: RawValue): Uint8Array {
  return value.type === TYPE.object ? value.bytes.subarray(value.start, value.end) : EMPTY_DOCUMENT
}

function isSame(before: readonly Node[], after: readonly Node[]): boolean {
  return before.length === after.length && before.every((item, i) => item === after[i])
}
