import { BSONRegExp, type Document, MaxKey, MinKey } from 'bson'
import { compareValues } from '../bson/compare.ts'
import { isNumeric, numberOf } from '../bson/document.ts'
import { isOperators } from './operand.ts'

/** One end of a range. */
export interface Limit {
  value: unknown
  inclusive: boolean
}

/**
 * What every match must satisfy at a path. Each part is necessary by itself; on a path that holds arrays
 * (a multikey index) different elements may satisfy different parts, so there only one part may be used.
 * A range stays within the type bracket of its value: `{ lower: 5 }` means numbers only.
 */
export interface Bound {
  /** The value equals one of these; `null` also stands for a missing field. */
  equals?: readonly unknown[]
  lower?: Limit
  upper?: Limit
}

/** What a filter says about single paths; where `branches` is there, at least one of them holds as well. */
export interface Bounds {
  paths: Map<string, Bound>
  branches?: Bounds[]
}

/** Necessary conditions of a valid `filter` for the planner; whatever is not understood is left out. */
export function boundsOf(filter: Document): Bounds {
  const bounds: Bounds = { paths: new Map() }
  addFilter(bounds, filter)
  return bounds
}

function addFilter(bounds: Bounds, filter: Document): void {
  for (const name in filter) {
    const condition = filter[name]
    if (!name.startsWith('$')) addCondition(bounds, name, condition)
    else if (name === '$and') for (const branch of condition) addFilter(bounds, branch)
    else if (name === '$or') bounds.branches ??= condition.map(boundsOf)
  }
}

function addCondition(bounds: Bounds, path: string, condition: unknown): void {
  if (!isOperators(condition)) addPart(bounds, path, equality([condition]))
  else for (const operator in condition) addPart(bounds, path, partOf(operator, condition[operator]))
}

function partOf(operator: string, operand: unknown): Bound | undefined {
  switch (operator) {
    case '$eq':
      return equality([operand])
    case '$in':
      return Array.isArray(operand) ? equality(operand) : undefined
    case '$all':
      return Array.isArray(operand) && operand.length > 0 ? equality(operand.slice(0, 1)) : undefined
    case '$gt':
      return range('lower', operand, false)
    case '$gte':
      return range('lower', operand, true)
    case '$lt':
      return range('upper', operand, false)
    case '$lte':
      return range('upper', operand, true)
    default:
      return undefined
  }
}

/** Undefined where one of the values equals by other rules than those of index keys. */
function equality(values: readonly unknown[]): Bound | undefined {
  const isPlain = (value: unknown) =>
    typeof value === 'string' || !(value instanceof BSONRegExp || Array.isArray(value) || isOperators(value))
  return values.every(isPlain) ? { equals: values } : undefined
}

function range(end: 'lower' | 'upper', value: unknown, inclusive: boolean): Bound | undefined {
  const equalsOnlyItself = value === null || (isNumeric(value) && Number.isNaN(numberOf(value)))
  if (equalsOnlyItself) return inclusive ? { equals: [value] } : undefined
  const isBracketed = !(
    value === undefined ||
    Array.isArray(value) ||
    value instanceof BSONRegExp ||
    value instanceof MinKey ||
    value instanceof MaxKey
  )
  return isBracketed ? { [end]: { value, inclusive } } : undefined
}

/** Adds a part to what is known of a path; of two parts of one kind the one that seems tighter stays. */
function addPart(bounds: Bounds, path: string, part: Bound | undefined): void {
  if (!part) return
  const known = bounds.paths.get(path) ?? {}
  if (part.equals && part.equals.length < (known.equals?.length ?? Number.POSITIVE_INFINITY))
    known.equals = part.equals
  if (part.lower && isTighter(part.lower, known.lower, 1)) known.lower = part.lower
  if (part.upper && isTighter(part.upper, known.upper, -1)) known.upper = part.upper
  bounds.paths.set(path, known)
}

function isTighter(limit: Limit, known: Limit | undefined, sign: 1 | -1): boolean {
  return !known || compareValues(limit.value, known.value) * sign > 0
}
