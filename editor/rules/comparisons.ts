import { kindOf } from '../../server/workflow/logic/operand.ts'
import { valuesTaken } from './line-rule.ts'
import type { Typed } from './subject-type.ts'
import type { Comparison, Line } from './tree.ts'

const TEXT: readonly Comparison[] = [
  'is',
  'isNot',
  'in',
  'notIn',
  'contains',
  'notContains',
  'hasAny',
  'startsWith',
  'endsWith',
  'holds',
  'fails',
]
const CODE: readonly Comparison[] = ['is', 'isNot', 'in', 'notIn', 'holds', 'fails']
const NUMBER: readonly Comparison[] = ['ge', 'gt', 'le', 'lt', 'is', 'isNot', 'between', 'in', 'notIn']
const WEEKDAY: readonly Comparison[] = ['in', 'notIn', 'is', 'isNot', 'ge', 'le']
const INSTANT: readonly Comparison[] = ['gt', 'lt', 'ge', 'le', 'between', 'within']
const LIST: readonly Comparison[] = ['holds', 'fails', 'contains', 'notContains', 'hasAny']
const EMPTINESS: readonly Comparison[] = ['notNull', 'isNull']
const ANY: readonly Comparison[] = [
  'is',
  'isNot',
  'in',
  'notIn',
  'contains',
  'notContains',
  'startsWith',
  'ge',
  'gt',
  'le',
  'lt',
  'holds',
  'fails',
]

/** The comparisons offered for what stands on the left, the likeliest first. */
export function comparisonsFor({ type, options, shown, optional }: Typed): readonly Comparison[] {
  if (shown === 'weekday') return WEEKDAY
  switch (kindOf(type)) {
    case 'string':
      return options ? CODE : TEXT
    case 'number':
      if (type === 'duration') return NUMBER.filter(op => op !== 'in' && op !== 'notIn')
      return optional ? [...NUMBER, ...EMPTINESS] : NUMBER
    case 'instant':
      return optional ? [...INSTANT, ...EMPTINESS] : INSTANT
    case 'boolean':
      return ['holds', 'fails']
    case 'list':
      return LIST
    case 'object':
      return EMPTINESS
    case 'any':
      return ANY
  }
}

/** What most rules ask of such a field. A distance is asked to be short. */
export function likeliest(typed: Typed): Comparison {
  if (typed.unit?.en === 'km') return 'lt'
  if (typed.type === 'string' && !typed.options && typed.field?.path.endsWith('Note')) return 'contains'
  return comparisonsFor(typed)[0] ?? 'holds'
}

/** A line with another comparison; values that can stand there as well stay. */
export function withComparison(line: Line, op: Comparison): Line {
  const { source: _, strict, ...rest } = line
  const keepsStrict = strict && ['is', 'isNot', 'isNull', 'notNull'].includes(op)
  return { ...rest, op, right: valuesFor(line, op), ...(keepsStrict && { strict }) }
}

const takesList = (op: Comparison) => op === 'in' || op === 'notIn' || op === 'hasAny'

function valuesFor({ op: before, right }: Line, op: Comparison): Line['right'] {
  const [first] = right
  const taken = valuesTaken(op)
  if (taken === 0) return []
  if ((before === 'within') !== (op === 'within')) return []
  if (takesList(op)) {
    if (first?.kind === 'value') return [{ kind: 'values', values: [first.value] }]
    return first?.kind === 'values' ? [first] : []
  }
  if (first?.kind === 'values') {
    const [value] = first.values
    return value === undefined ? [] : [{ kind: 'value', value }]
  }
  return right.slice(0, taken)
}
