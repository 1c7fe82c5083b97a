import { BSONRegExp, type Document } from 'bson'
import { isDocument, isTruthy } from '../bson/document.ts'
import { TYPE } from '../bson/types.ts'
import { mongoError } from '../errors.ts'
import { elemMatchTest, sizeTest } from './array-operators.ts'
import { bitTest } from './bits.ts'
import { equals, ordered } from './comparison.ts'
import {
  allOf,
  type DocumentTest,
  type FieldTest,
  noneHolds,
  onValue,
  onWholeArray,
  type ValueTest,
} from './condition.ts'
import { modTest } from './mod.ts'
import { isOperators } from './operand.ts'
import { atElement } from './path-test.ts'
import { regexOperator, regexTest } from './regex.ts'
import { typeTest } from './type-operator.ts'
import { oneOf } from './value-set.ts'

/** Where an operator stands. */
interface Place {
  /** For messages. */
  readonly path: string
  /** All operators of the field, this one included. */
  readonly operators: Document
  readonly compileNested: CompileNested
}

/** Compiles a filter on the documents inside an array. */
type CompileNested = (filter: Document) => DocumentTest

const OPERATORS: Readonly<Record<string, (operand: unknown, place: Place) => FieldTest>> = {
  $eq: operand => onValue(equals(operand)),
  $ne: operand => noneHolds([onValue(equalsNoRegex(operand))]),
  $lt: (operand, { path }) => onValue(ordered('$lt', path, operand)),
  $lte: (operand, { path }) => onValue(ordered('$lte', path, operand)),
  $gt: (operand, { path }) => onValue(ordered('$gt', path, operand)),
  $gte: (operand, { path }) => onValue(ordered('$gte', path, operand)),
  $in: operand => onValue(oneOf('$in', operand)),
  $nin: operand => noneHolds([onValue(oneOf('$nin', operand))]),
  $not: (operand, place) => noneHolds([negated(operand, place)]),
  $exists: operand => (isTruthy(operand) ? EXISTS : noneHolds([EXISTS])),
  $type: operand => onValue(typeTest(operand)),
  $regex: (operand, { operators }) => onValue(regexOperator(operand, operators.$options)),
  $options: (_operand, { operators }) => besideRegex(operators),
  $mod: operand => onValue(modTest(operand)),
  $bitsAllSet: operand => onValue(bitTest('$bitsAllSet', operand)),
  $bitsAllClear: operand => onValue(bitTest('$bitsAllClear', operand)),
  $bitsAnySet: operand => onValue(bitTest('$bitsAnySet', operand)),
  $bitsAnyClear: operand => onValue(bitTest('$bitsAnyClear', operand)),
  $size: operand => onWholeArray(sizeTest(operand)),
  $elemMatch: (operand, place) => onWholeArray(elemMatch(operand, place)),
  $all: (operand, place) => all(operand, place),
}

const EXISTS = onValue(value => value !== undefined)

/** Operators MongoDB has and this store does not. */
const UNSUPPORTED = new Set([
  '$near',
  '$nearSphere',
  '$geoNear',
  '$geoWithin',
  '$geoIntersects',
  '$within',
  '$maxDistance',
  '$minDistance',
])

/** Compiles what a filter says about one field: operators, a regular expression, or a value to equal. */
export function fieldTest(path: string, condition: unknown, compileNested: CompileNested): FieldTest {
  if (condition === undefined) throw mongoError('BadValue', 'cannot compare to undefined')
  if (!isOperators(condition)) return onValue(equals(condition))
  const place: Place = { path, operators: condition, compileNested }
  const tests: FieldTest[] = []
  for (const operator in condition) {
    const compile = Object.hasOwn(OPERATORS, operator) ? OPERATORS[operator] : undefined
    if (!compile) throw unknownOperator(operator)
    if (condition[operator] === undefined) throw mongoError('BadValue', 'cannot compare to undefined')
    tests.push(compile(condition[operator], place))
  }
  return tests.length === 1 ? tests[0]! : allOf(tests)
}

/** A condition on array elements: operators look at the element itself, a filter at the fields inside it. */
export function elementTest(path: string, condition: Document, compileNested: CompileNested): ValueTest {
  if (isOperators(condition) && !isLogical(condition))
    return atElement(fieldTest(path, condition, compileNested))
  const matches = compileNested(condition)
  return element =>
    (element?.type === TYPE.object || element?.type === TYPE.array) && matches(element.bytes, element.start)
}

/** Whether operators combine filters rather than look at a value. */
export function isLogical(operators: Document): boolean {
  return ['$and', '$or', '$nor'].includes(Object.keys(operators)[0]!)
}

function unknownOperator(operator: string): Error {
  return mongoError(
    'BadValue',
    UNSUPPORTED.has(operator)
      ? `${operator} is not supported by the embedded store`
      : `unknown operator: ${operator}`,
  )
}

function negated(operand: unknown, { path, compileNested }: Place): FieldTest {
  if (operand instanceof BSONRegExp) return onValue(regexTest(operand))
  if (!isDocument(operand)) throw mongoError('BadValue', '$not needs a regex or a document')
  if (Object.keys(operand).length === 0) throw mongoError('BadValue', '$not cannot be empty')
  if (!isOperators(operand)) throw mongoError('BadValue', `unknown operator: ${Object.keys(operand)[0]}`)
  return fieldTest(path, operand, compileNested)
}

function equalsNoRegex(operand: unknown): ValueTest {
  if (operand instanceof BSONRegExp) throw mongoError('BadValue', "Can't have regex as arg to $ne.")
  return equals(operand)
}

/** `$options` belongs to `$regex`, which reads it; alone it is an error. */
function besideRegex(operators: Document): FieldTest {
  if (!Object.hasOwn(operators, '$regex')) throw mongoError('BadValue', '$options needs a $regex')
  return allOf([])
}

function elemMatch(operand: unknown, { path, compileNested }: Place): ValueTest {
  if (!isDocument(operand)) throw mongoError('BadValue', '$elemMatch needs an Object')
  return elemMatchTest(elementTest(path, operand, compileNested))
}

/** `$all`: for each of the values (or `$elemMatch` conditions) the array has an element. */
function all(operand: unknown, place: Place): FieldTest {
  if (!Array.isArray(operand)) throw mongoError('BadValue', '$all needs an array')
  if (operand.length === 0) return onWholeArray(() => false)
  const conditions = operand.filter(isElemMatch)
  if (conditions.length === operand.length)
    return allOf(conditions.map(item => onWholeArray(elemMatch(item.$elemMatch, place))))
  if (conditions.length > 0) throw mongoError('BadValue', '$all/$elemMatch has to be consistent')
  if (operand.some(isOperators)) throw mongoError('BadValue', 'no $ expressions in $all')
  return allOf(operand.map(item => onValue(equals(item))))
}

function isElemMatch(item: unknown): item is { $elemMatch: unknown } {
  return isDocument(item) && Object.keys(item)[0] === '$elemMatch'
}
