import { toInstantMs } from './instants.ts'
import { type Operation, operationOf } from './operation.ts'
import { isScalar, truthy } from './values.ts'

/** What one part of a rule asks of its subject for the rule to come out as wanted. */
export interface Demand {
  /** What it is asked of: a field, or a computed value. Equal texts are the same subject. */
  readonly subject: string
  /** The part of the rule it comes from. */
  readonly from: unknown
  readonly bound?: Bound
  readonly oneOf?: readonly unknown[]
  readonly noneOf?: readonly unknown[]
  readonly truth?: boolean
}

interface Bound {
  readonly side: 'least' | 'most'
  readonly value: number
  /** True where the value itself is allowed. */
  readonly isIncluded: boolean
}

/** All that must be so, at once, for a rule to hold (or not to). What cannot be told apart asks for nothing. */
export function demandsOf(rule: unknown, wanted: boolean): readonly Demand[] {
  return collect(rule, wanted, false)
}

/** `isNegated` says that the rule stands below a `!`, so that what it asks for is shown the way it was written. */
function collect(rule: unknown, wanted: boolean, isNegated: boolean): readonly Demand[] {
  const operation = operationOf(rule)
  if (!operation) return []
  const { name, args } = operation
  if (name === '!') return collect(args[0], !wanted, !isNegated)
  if (name === '!!') return collect(args[0], wanted, isNegated)
  // All parts of an `and` must hold for it to hold; all parts of an `or` must fail for it to fail.
  if ((name === 'and' && wanted) || (name === 'or' && !wanted)) {
    return args.flatMap(arg => collect(arg, wanted, isNegated))
  }
  const from = isNegated ? { '!': rule } : rule
  return comparison(from, operation, wanted) ?? [{ subject: JSON.stringify(rule), from, truth: wanted }]
}

const MIRRORED: Readonly<Record<string, string>> = { '>': '<', '>=': '<=', '<': '>', '<=': '>=' }
const OPPOSITE: Readonly<Record<string, string>> = { '>': '<=', '>=': '<', '<': '>=', '<=': '>' }

function comparison(
  from: unknown,
  { name, args }: Operation,
  wanted: boolean,
): readonly Demand[] | undefined {
  const [first, second, third] = args
  if (third !== undefined) return wanted ? between(from, name, [first, second, third]) : undefined
  if (name === 'in') return membership(from, first, second, wanted)
  const isMirrored = isConstant(first) && !isConstant(second)
  const [subject, constant] = isMirrored ? [second, first] : [first, second]
  if (isConstant(subject) || !isConstant(constant)) return undefined
  const value = valueOfConstant(constant)
  if (['==', '===', '!=', '!=='].includes(name)) {
    const isEqual = (name[0] === '=') === wanted
    return [{ subject: JSON.stringify(subject), from, [isEqual ? 'oneOf' : 'noneOf']: [value] }]
  }
  const written = isMirrored ? MIRRORED[name] : name
  const operator = wanted || written === undefined ? written : OPPOSITE[written]
  if (operator === undefined || OPPOSITE[operator] === undefined || typeof value !== 'number')
    return undefined
  return [{ subject: JSON.stringify(subject), from, bound: boundOf(operator, value) }]
}

/** `1 < x < 3`: two bounds in one. */
function between(
  from: unknown,
  name: string,
  [low, subject, high]: readonly unknown[],
): readonly Demand[] | undefined {
  const [least, most] = [valueOfConstant(low), valueOfConstant(high)]
  if (isConstant(subject) || typeof least !== 'number' || typeof most !== 'number') return undefined
  const key = JSON.stringify(subject)
  const isIncluded = name === '<='
  return [
    { subject: key, from, bound: { side: 'least', value: least, isIncluded } },
    { subject: key, from, bound: { side: 'most', value: most, isIncluded } },
  ]
}

function membership(
  from: unknown,
  subject: unknown,
  list: unknown,
  wanted: boolean,
): readonly Demand[] | undefined {
  if (!Array.isArray(list) || !list.every(isConstant) || isConstant(subject)) return undefined
  const values = list.map(valueOfConstant)
  return [{ subject: JSON.stringify(subject), from, [wanted ? 'oneOf' : 'noneOf']: values }]
}

function boundOf(operator: string, value: number): Bound {
  return { side: operator[0] === '>' ? 'least' : 'most', value, isIncluded: operator.length === 2 }
}

function isConstant(rule: unknown): boolean {
  return isScalar(rule) || operationOf(rule)?.name === 'instant'
}

function valueOfConstant(rule: unknown): unknown {
  const operation = operationOf(rule)
  return operation?.name === 'instant' ? toInstantMs(operation.args[0]) : rule
}

/** Whether any value at all could meet demands on the same subject. */
export function isFeasible(demands: readonly Demand[]): boolean {
  const truths = new Set(demands.flatMap(({ truth }) => (truth === undefined ? [] : [truth])))
  if (truths.size > 1) return false
  const bounds = demands.flatMap(({ bound }) => (bound ? [bound] : []))
  const named = demands.find(({ oneOf }) => oneOf)
  if (named?.oneOf) return named.oneOf.some(value => demands.every(demand => meets(value, demand)))
  const least = tightest(bounds, 'least')
  const most = tightest(bounds, 'most')
  if (!least || !most || least.value < most.value) return true
  if (least.value > most.value || !least.isIncluded || !most.isIncluded) return false
  // An empty field counts as 0 within bounds, but equals no number.
  const left = least.value === 0 ? [0, null] : [least.value]
  return left.some(value => demands.every(demand => meets(value, demand)))
}

function meets(value: unknown, { bound, oneOf, noneOf, truth }: Demand): boolean {
  if (oneOf && !oneOf.includes(value)) return false
  if (noneOf?.includes(value)) return false
  if (truth !== undefined && truthy(value) !== truth) return false
  return !bound || within(value as number, bound)
}

function within(value: number, { side, value: limit, isIncluded }: Bound): boolean {
  if (side === 'least') return isIncluded ? value >= limit : value > limit
  return isIncluded ? value <= limit : value < limit
}

function tightest(bounds: readonly Bound[], side: Bound['side']): Bound | undefined {
  const sign = side === 'least' ? 1 : -1
  const sorted = bounds
    .filter(bound => bound.side === side)
    .sort((a, b) => (b.value - a.value) * sign || Number(a.isIncluded) - Number(b.isIncluded))
  return sorted[0]
}
