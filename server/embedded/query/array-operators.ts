import { integerOf, isDocument, isNumeric } from '../bson/document.ts'
import { someElement } from '../bson/raw.ts'
import { TYPE } from '../bson/types.ts'
import { mongoError } from '../errors.ts'
import { equals } from './comparison.ts'
import { documentTest } from './document-test.ts'
import { fieldTest } from './field-test.ts'
import { isOperators } from './operand.ts'
import { atElement } from './path-test.ts'
import { allOf, type FieldTest, onValue, onWholeArray, type ValueTest } from './test.ts'

/** `$size`: the array has exactly so many elements. */
export function sizeTest(operand: unknown): ValueTest {
  if (!isNumeric(operand))
    throw mongoError('BadValue', `Failed to parse $size. Expected a number in: $size: ${operand}`)
  const size = integerOf(operand)
  if (size === undefined)
    throw mongoError('BadValue', `Failed to parse $size. Expected an integer: $size: ${operand}`)
  if (size < 0n)
    throw mongoError(
      'BadValue',
      `Failed to parse $size. Expected a non-negative number in: $size: ${operand}`,
    )
  const wanted = Number(size)
  return value => {
    if (value?.type !== TYPE.array) return false
    let count = 0
    someElement(value.bytes, value.start, () => ++count > wanted)
    return count === wanted
  }
}

/** `$elemMatch`: one and the same element fulfils every condition. */
export function elemMatchTest(path: string, operand: unknown): ValueTest {
  if (!isDocument(operand)) throw mongoError('BadValue', '$elemMatch needs an Object')
  const matchesElement = elementTest(path, operand)
  return (value, details) =>
    value?.type === TYPE.array &&
    someElement(value.bytes, value.start, (element, index) => {
      if (!matchesElement(element)) return false
      if (details) details.position = index
      return true
    })
}

/** Operators look at the element itself, a filter at the fields of an element that is a document. */
export function elementTest(path: string, condition: Record<string, unknown>): ValueTest {
  const first = Object.keys(condition)[0]
  if (isOperators(condition) && !LOGICAL.has(first!)) return atElement(fieldTest(path, condition))
  const matches = documentTest(condition, { nested: true })
  return element =>
    (element?.type === TYPE.object || element?.type === TYPE.array) && matches(element.bytes, element.start)
}

const LOGICAL = new Set(['$and', '$or', '$nor'])

/** `$all`: for each of the values (or `$elemMatch` conditions) the array has an element. */
export function allTest(path: string, operand: unknown): FieldTest {
  if (!Array.isArray(operand)) throw mongoError('BadValue', '$all needs an array')
  if (operand.length === 0) return onWholeArray(() => false)
  const elemMatches = operand.filter(isElemMatch)
  if (elemMatches.length === operand.length)
    return allOf(elemMatches.map(item => onWholeArray(elemMatchTest(path, item.$elemMatch))))
  if (elemMatches.length > 0) throw mongoError('BadValue', '$all/$elemMatch has to be consistent')
  if (operand.some(isOperators)) throw mongoError('BadValue', 'no $ expressions in $all')
  return allOf(operand.map(item => onValue(equals(item))))
}

function isElemMatch(item: unknown): item is { $elemMatch: unknown } {
  return isDocument(item) && Object.keys(item)[0] === '$elemMatch'
}
