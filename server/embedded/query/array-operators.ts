import { integerOf, isNumeric } from '../bson/document.ts'
import { someElement } from '../bson/raw.ts'
import { TYPE } from '../bson/types.ts'
import { mongoError } from '../errors.ts'
import type { ValueTest } from './condition.ts'

/** `$size`: the array has exactly so many elements. */
export function sizeTest(operand: unknown): ValueTest {
  if (!isNumeric(operand)) throw badSize('Expected a number in', operand)
  const size = integerOf(operand)
  if (size === undefined) throw badSize('Expected an integer', operand)
  if (size < 0n) throw badSize('Expected a non-negative number in', operand)
  const wanted = Number(size)
  return value => {
    if (value?.type !== TYPE.array) return false
    let count = 0
    someElement(value.bytes, value.start, () => ++count > wanted)
    return count === wanted
  }
}

/** `$elemMatch`: one and the same element fulfils the whole condition; its index is noted. */
export function elemMatchTest(matchesElement: ValueTest): ValueTest {
  return (value, details) =>
    value?.type === TYPE.array &&
    someElement(value.bytes, value.start, (element, index) => {
      if (!matchesElement(element)) return false
      if (details) details.position = index
      return true
    })
}

function badSize(problem: string, operand: unknown): Error {
  return mongoError('BadValue', `Failed to parse $size. ${problem}: $size: ${operand}`)
}
