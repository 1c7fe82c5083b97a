import { BSONRegExp, Decimal128, type Document, Double, Int32, Long, Timestamp } from 'bson'
import { compareValues } from '../../../server/embedded/bson/compare.ts'
import { rawOf } from '../../../server/embedded/bson/raw-value.ts'
import { classOf, typeName } from '../../../server/embedded/bson/types.ts'

/*
 * What the manual says filters mean, written down as plainly as possible on decoded documents, without a thought for
 * speed. The store's own matcher works on bytes and shares nothing with it but the comparison of two values.
 */

const MISSING = Symbol('missing')
type Found = unknown | typeof MISSING

export function isPlainDocument(value: unknown): value is Document {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
}

/** Whether a document matches a filter. */
export function referenceMatches(filter: Document, document: Document): boolean {
  return Object.entries(filter).every(([name, condition]) => {
    if (name === '$and') return condition.every((branch: Document) => referenceMatches(branch, document))
    if (name === '$or') return condition.some((branch: Document) => referenceMatches(branch, document))
    if (name === '$nor') return !condition.some((branch: Document) => referenceMatches(branch, document))
    return fulfils(condition, valuesAt(document, name.split('.')))
  })
}

/** The values a path leads to; of arrays on the way both the elements and the one with that index. */
function valuesAt(value: unknown, path: string[]): Found[] {
  const [name, ...rest] = path
  if (name === undefined) return [value]
  if (isPlainDocument(value)) return Object.hasOwn(value, name) ? valuesAt(value[name], rest) : [MISSING]
  if (!Array.isArray(value)) return [MISSING]
  const inside = value.filter(isPlainDocument).flatMap(element => valuesAt(element, path))
  const indexed = /^\d+$/.test(name) && Number(name) < value.length ? [value[Number(name)]] : []
  const isWay = (element: unknown) => rest.length === 0 || isPlainDocument(element) || Array.isArray(element)
  return [...inside, ...indexed.filter(isWay).flatMap(element => asIndexed(element, rest))]
}

/** An element that was meant by its index and is an array: it is not entered at the end of the path. */
function asIndexed(element: unknown, rest: string[]): Found[] {
  if (rest.length > 0) return valuesAt(element, rest)
  return Array.isArray(element) ? [new Whole(element)] : [element]
}

class Whole {
  readonly array: unknown[]
  constructor(array: unknown[]) {
    this.array = array
  }
}

function isOperators(condition: unknown): condition is Document {
  return isPlainDocument(condition) && (Object.keys(condition)[0]?.startsWith('$') ?? false)
}

function fulfils(condition: unknown, values: Found[]): boolean {
  if (!isOperators(condition)) return candidates(values).some(value => isEqual(value, condition))
  return Object.entries(condition).every(([operator, operand]) => holds(operator, operand, values))
}

/** The values themselves, and the elements of those that are arrays. */
function candidates(values: Found[]): Found[] {
  return values.flatMap(value => {
    if (value instanceof Whole) return [value.array]
    return Array.isArray(value) ? [...value, value] : [value]
  })
}

function holds(operator: string, operand: unknown, values: Found[]): boolean {
  const items = Array.isArray(operand) ? operand : []
  const some = (test: (value: Found) => boolean) => candidates(values).some(test)
  const arrays = values.map(value => (value instanceof Whole ? value.array : value)).filter(Array.isArray)
  switch (operator) {
    case '$eq':
      return some(value => isEqual(value, operand))
    case '$ne':
      return !some(value => isEqual(value, operand))
    case '$in':
      return some(value => items.some(item => isEqual(value, item)))
    case '$nin':
      return !some(value => items.some(item => isEqual(value, item)))
    case '$gt':
      return some(value => isOrdered(value, operand, order => order > 0))
    case '$gte':
      return some(value => isOrdered(value, operand, order => order >= 0))
    case '$lt':
      return some(value => isOrdered(value, operand, order => order < 0))
    case '$lte':
      return some(value => isOrdered(value, operand, order => order <= 0))
    case '$exists':
      return some(value => value !== MISSING) === Boolean(operand)
    case '$not':
      return !fulfils(operand, values)
    case '$size':
      return arrays.some(array => array.length === Number(operand))
    case '$all':
      return items.length > 0 && items.every(item => some(v => isEqual(v, item)))
    case '$elemMatch':
      return arrays.some(array => array.some(element => elementMatches(Object(operand), element)))
    case '$type':
      return some(value => value !== MISSING && typesNamed(operand).includes(typeName(rawOf(value).type)))
    case '$mod':
      return some(value => leaves(value, items))
    case '$regex':
      return some(value => matchesPattern(value, String(operand)))
    default:
      throw new Error(`the reference does not know ${operator}`)
  }
}

/** A text the pattern is found in, or the pattern itself. */
function matchesPattern(value: Found, pattern: string): boolean {
  if (value instanceof BSONRegExp) return value.pattern === pattern && value.options === ''
  return typeof value === 'string' && new RegExp(pattern).test(value)
}

function elementMatches(condition: Document, element: unknown): boolean {
  if (isOperators(condition) && !['$and', '$or', '$nor'].includes(Object.keys(condition)[0]!))
    return Object.entries(condition).every(([operator, operand]) =>
      holds(operator, operand, [Array.isArray(element) ? new Whole(element) : element]),
    )
  if (Array.isArray(element)) return referenceMatches(condition, { ...element })
  return isPlainDocument(element) && referenceMatches(condition, element)
}

function isEqual(value: Found, operand: unknown): boolean {
  if (operand === null) return value === MISSING || value === null
  if (operand instanceof BSONRegExp && typeof value === 'string')
    return new RegExp(operand.pattern).test(value)
  return value !== MISSING && compareValues(value, operand) === 0
}

/** Values of one class have an order; null stands for missing ones, and MinKey and MaxKey are beyond all. */
function isOrdered(value: Found, operand: unknown, accepts: (order: number) => boolean): boolean {
  if (operand === null) return accepts(0) && (value === MISSING || value === null)
  const kind = typeName(rawOf(operand).type)
  if (kind === 'minKey' || kind === 'maxKey')
    return accepts(value === MISSING ? (kind === 'minKey' ? 1 : -1) : compareValues(value, operand))
  if (value === MISSING || classOf(rawOf(value).type) !== classOf(rawOf(operand).type)) return false
  if (isNaNValue(value) || isNaNValue(operand)) return isNaNValue(value) && isNaNValue(operand) && accepts(0)
  return accepts(compareValues(value, operand))
}

function isNumber(value: unknown): boolean {
  const isLong = value instanceof Long && !(value instanceof Timestamp)
  return isLong || value instanceof Int32 || value instanceof Double || value instanceof Decimal128
}

function isNaNValue(value: unknown): boolean {
  return isNumber(value) && Number.isNaN(Number(String(value)))
}

function leaves(value: Found, [divisor, remainder]: unknown[]): boolean {
  const whole = isNumber(value) ? wholeOf(value) : undefined
  return whole !== undefined && whole % BigInt(Number(divisor)) === BigInt(Number(remainder))
}

/** A number without its fraction, where 64 bits can hold it. */
function wholeOf(value: unknown): bigint | undefined {
  const text = String(value)
  if (!Number.isFinite(Number(text))) return undefined
  const isExact = value instanceof Decimal128 && !text.includes('E')
  const whole =
    value instanceof Long
      ? value.toBigInt()
      : BigInt(isExact ? text.split('.')[0]! : Math.trunc(Number(text)))
  return BigInt.asIntN(64, whole) === whole ? whole : undefined
}

function typesNamed(operand: unknown): string[] {
  return [operand]
    .flat()
    .flatMap(name => (name === 'number' ? ['int', 'long', 'double', 'decimal'] : [String(name)]))
}
