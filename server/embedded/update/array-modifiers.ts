import { BSONRegExp } from 'bson'
import { equalRaw } from '../bson/compare.ts'
import { isDocument, numberOf } from '../bson/document.ts'
import { closeNode, type Node, openArray, wrapped } from '../bson/node.ts'
import type { RawValue } from '../bson/raw.ts'
import { rawOf } from '../bson/raw-value.ts'
import { TYPE, typeName } from '../bson/types.ts'
import { mongoError } from '../errors.ts'
import { isLogical } from '../query/field-test.ts'
import { compileFilter } from '../query/filter.ts'
import { isOperators } from '../query/operand.ts'
import { documentName, type Modifier, type ModifierContext } from './modifier.ts'

/** `$addToSet`: a value, or those of `$each`, where the array has no equal one yet. */
export function addToSet(operand: unknown): Modifier {
  const candidates = eachOf('$addToSet', operand).map(rawOf)
  refuseOtherClauses(operand)
  return (current, path, context) => {
    const items = current ? itemsOf(current, path, context) : []
    const present = items.map(closeNode)
    for (const candidate of candidates)
      if (!present.some(item => equalRaw(item, candidate))) present.push(candidate)
    return current && present.length === items.length ? undefined : arrayOf(present)
  }
}

function refuseOtherClauses(operand: unknown): void {
  if (!isDocument(operand) || !Object.hasOwn(operand, '$each')) return
  const other = Object.keys(operand).find(name => name !== '$each')
  if (other) throw mongoError('BadValue', `Found unexpected fields after $each in $addToSet: ${other}`)
}

/** `$pop`: the first (-1) or last (1) element. */
export function pop(operand: unknown): Modifier {
  const end = numberOf(operand)
  if (end !== 1 && end !== -1) throw mongoError('FailedToParse', `$pop expects 1 or -1, found: ${operand}`)
  return (current, path) => {
    if (current === undefined) return undefined
    if (current.type !== TYPE.array)
      throw mongoError(
        'TypeMismatch',
        `Path '${path.join('.')}' contains an element of non-array type '${typeName(current.type)}'`,
      )
    const items = elementsOf(current)
    if (items.length === 0) return undefined
    return arrayOf(end === 1 ? items.slice(0, -1) : items.slice(1))
  }
}

/** `$pull`: takes away the elements that equal a value or fulfil a condition. */
export function pull(operand: unknown): Modifier {
  return without('$pull', pullTest(operand))
}

/** `$pullAll`: takes away the elements that equal one of the values. */
export function pullAll(operand: unknown): Modifier {
  if (!Array.isArray(operand))
    throw mongoError(
      'BadValue',
      `$pullAll requires an array argument but was given a ${typeName(rawOf(operand).type)}`,
    )
  const unwanted = operand.map(rawOf)
  return without('$pullAll', element => unwanted.some(item => equalRaw(item, element)))
}

/** The values of `{ $each: [...] }`, or the one value given instead. */
export function eachOf(operator: string, operand: unknown): unknown[] {
  if (!isDocument(operand) || !Object.hasOwn(operand, '$each')) return [operand]
  const values: unknown = operand.$each
  if (!Array.isArray(values))
    throw mongoError(
      'TypeMismatch',
      `The argument to $each in ${operator} must be an array but it was of type ${typeName(rawOf(values).type)}`,
    )
  return values
}

/** The elements of an array to add to; throws code 2 for anything else. */
export function itemsOf(current: Node, path: readonly string[], context: ModifierContext): readonly Node[] {
  if (current.type === TYPE.array) return elementsOf(current)
  throw mongoError(
    'BadValue',
    `The field '${path.join('.')}' must be an array but is of type ${typeName(current.type)} in document ` +
      documentName(context),
  )
}

/** An array of the given elements. */
export function arrayOf(items: Node[]): Node {
  return { type: TYPE.array, items }
}

function elementsOf(array: Node): readonly Node[] {
  return 'items' in array ? array.items : openArray(closeNode(array)).items
}

function without(operator: string, isUnwanted: (element: RawValue) => boolean): Modifier {
  return current => {
    if (current === undefined) return undefined
    if (current.type !== TYPE.array)
      throw mongoError('BadValue', `Cannot apply ${operator} to a non-array value`)
    const items = elementsOf(current)
    const kept = items.filter(item => !isUnwanted(closeNode(item)))
    return kept.length === items.length ? undefined : arrayOf(kept)
  }
}

/** Operators look at the element, a filter at the fields of an element that is a document; a value is compared. */
function pullTest(operand: unknown): (element: RawValue) => boolean {
  if (operand instanceof BSONRegExp || (isOperators(operand) && !isLogical(operand))) {
    const { matches } = compileFilter({ '': operand })
    return element => matches(wrapped('', element))
  }
  if (isDocument(operand)) {
    const { matches } = compileFilter(operand)
    return element =>
      element.type === TYPE.object && matches(element.bytes.subarray(element.start, element.end))
  }
  const value = rawOf(operand)
  return element => equalRaw(element, value)
}
