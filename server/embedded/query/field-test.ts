import { BSONRegExp, type Document } from 'bson'
import { isDocument, isTruthy } from '../bson/document.ts'
import { mongoError } from '../errors.ts'
import { allTest, elemMatchTest, sizeTest } from './array-operators.ts'
import { bitTest } from './bits.ts'
import { equals, ordered } from './comparison.ts'
import { modTest } from './mod.ts'
import { isOperators } from './operand.ts'
import { regexOperator, regexTest } from './regex.ts'
import { allOf, type FieldTest, noneHolds, onValue, onWholeArray } from './test.ts'
import { typeTest } from './type-operator.ts'
import { oneOf } from './value-set.ts'

/** Makes the condition of one operator; `all` are the operators beside it, `path` is for messages. */
type Compile = (operand: unknown, path: string, all: Document) => FieldTest

const OPERATORS: Readonly<Record<string, Compile>> = {
  $eq: operand => onValue(equals(operand)),
  $ne: operand => noneHolds([onValue(equalsNoRegex(operand))]),
  $lt: (operand, path) => onValue(ordered('$lt', path, operand)),
  $lte: (operand, path) => onValue(ordered('$lte', path, operand)),
  $gt: (operand, path) => onValue(ordered('$gt', path, operand)),
  $gte: (operand, path) => onValue(ordered('$gte', path, operand)),
  $in: operand => onValue(oneOf('$in', operand)),
  $nin: operand => noneHolds([onValue(oneOf('$nin', operand))]),
  $not: (operand, path) => noneHolds([negated(operand, path)]),
  $exists: operand => (isTruthy(operand) ? EXISTS : noneHolds([EXISTS])),
  $type: operand => onValue(typeTest(operand)),
  $regex: (operand, _path, all) => onValue(regexOperator(operand, all.$options)),
  $options: (_operand, _path, all) => besideRegex(all),
  $mod: operand => onValue(modTest(operand)),
  $bitsAllSet: operand => onValue(bitTest('$bitsAllSet', operand)),
  $bitsAllClear: operand => onValue(bitTest('$bitsAllClear', operand)),
  $bitsAnySet: operand => onValue(bitTest('$bitsAnySet', operand)),
  $bitsAnyClear: operand => onValue(bitTest('$bitsAnyClear', operand)),
  $size: operand => onWholeArray(sizeTest(operand)),
  $elemMatch: (operand, path) => onWholeArray(elemMatchTest(path, operand)),
  $all: (operand, path) => allTest(path, operand),
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
export function fieldTest(path: string, condition: unknown): FieldTest {
  if (!isOperators(condition)) return onValue(equals(condition))
  const tests: FieldTest[] = []
  for (const operator in condition) {
    const compile = Object.hasOwn(OPERATORS, operator) ? OPERATORS[operator] : undefined
    if (!compile) throw unknownOperator(operator)
    tests.push(compile(condition[operator], path, condition))
  }
  return tests.length === 1 ? tests[0]! : allOf(tests)
}

function unknownOperator(operator: string): Error {
  return mongoError(
    'BadValue',
    UNSUPPORTED.has(operator)
      ? `${operator} is not supported by the embedded store`
      : `unknown operator: ${operator}`,
  )
}

function negated(operand: unknown, path: string): FieldTest {
  if (operand instanceof BSONRegExp) return onValue(regexTest(operand))
  if (!isDocument(operand)) throw mongoError('BadValue', '$not needs a regex or a document')
  if (Object.keys(operand).length === 0) throw mongoError('BadValue', '$not cannot be empty')
  if (!isOperators(operand)) throw mongoError('BadValue', `unknown operator: ${Object.keys(operand)[0]}`)
  return fieldTest(path, operand)
}

function equalsNoRegex(operand: unknown): ReturnType<typeof equals> {
  if (operand instanceof BSONRegExp) throw mongoError('BadValue', "Can't have regex as arg to $ne.")
  return equals(operand)
}

/** `$options` belongs to `$regex`, which reads it; alone it is an error. */
function besideRegex(all: Document): FieldTest {
  if (!Object.hasOwn(all, '$regex')) throw mongoError('BadValue', '$options needs a $regex')
  return allOf([])
}
