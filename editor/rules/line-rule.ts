import { operationOf } from '../../server/workflow/logic/operation.ts'
import { isSubject, readOperand, readSubject, writeOperand } from './operands.ts'
import type { Comparison, Line, Operand } from './tree.ts'

/** What of a line its rule says. */
type Said = Pick<Line, 'left' | 'op' | 'right' | 'strict'>

/** How many values stand on the right of a comparison. */
export function valuesTaken(op: Comparison): 0 | 1 | 2 {
  if (op === 'holds' || op === 'fails' || op === 'isNull' || op === 'notNull') return 0
  return op === 'between' || op === 'inside' || op === 'within' ? 2 : 1
}

/** The rule of a finished line; undefined while something is missing. */
export function writeLine({ left, op, right, strict }: Said): unknown {
  if (!left || !op) return undefined
  const values = right.slice(0, valuesTaken(op)).map(operand => operand && written(operand))
  if (values.length < valuesTaken(op) || values.includes(undefined)) return undefined
  return writers[op](writeOperand(left), values, strict === true)
}

/** A rule as a line; undefined for what no line can show. */
export function readLine(rule: unknown): Said | undefined {
  const operation = operationOf(rule)
  if (!operation) return undefined
  const { name, args } = operation
  const subject = readSubject(rule)
  if (subject) return { left: subject, op: 'holds', right: [] }
  if (name === '!!' || name === '!') return args.length === 1 ? readTruth(args[0], name) : undefined
  if (Object.hasOwn(EQUALITIES, name)) return readEquality(name, args)
  if (Object.hasOwn(ORDERS, name)) return args.length === 3 ? readRange(name, args) : readOrder(name, args)
  if (name === 'in') return readMembership(args, true)
  if (name === 'within_minutes') return readWithin(args)
  const op = TEXTS[name]
  if (!op || args.length !== 2) return undefined
  const [left, right] = [readSubject(args[0]), readOperand(args[1])]
  const fits = right && (op === 'hasAny') === (right.kind === 'values')
  return left && fits ? { left, op, right: [right] } : undefined
}

/** Texts and lists of values say nothing while they are empty. */
function written(operand: Operand): unknown {
  if (operand.kind === 'value' && operand.value === '') return undefined
  if (operand.kind === 'values' && operand.values.length === 0) return undefined
  return writeOperand(operand)
}

type Writer = (left: unknown, right: readonly unknown[], strict: boolean) => unknown

const writers: Readonly<Record<Comparison, Writer>> = {
  is: (left, [value], strict) => ({ [strict ? '===' : '==']: [left, value] }),
  isNot: (left, [value], strict) => ({ [strict ? '!==' : '!=']: [left, value] }),
  gt: (left, [value]) => ({ '>': [left, value] }),
  ge: (left, [value]) => ({ '>=': [left, value] }),
  lt: (left, [value]) => ({ '<': [left, value] }),
  le: (left, [value]) => ({ '<=': [left, value] }),
  between: (left, [low, high]) => ({ '<=': [low, left, high] }),
  inside: (left, [low, high]) => ({ '<': [low, left, high] }),
  in: (left, [values]) => ({ in: [left, values] }),
  notIn: (left, [values]) => ({ '!': [{ in: [left, values] }] }),
  contains: (left, [value]) => ({ in: [value, left] }),
  notContains: (left, [value]) => ({ '!': [{ in: [value, left] }] }),
  startsWith: (left, [value]) => ({ starts_with: [left, value] }),
  endsWith: (left, [value]) => ({ ends_with: [left, value] }),
  hasAny: (left, [values]) => ({ has_any: [left, values] }),
  holds: left => (operationOf(left)?.name === 'var' ? left : { '!!': [left] }),
  fails: left => ({ '!': [left] }),
  isNull: (left, _, strict) => ({ [strict ? '===' : '==']: [left, null] }),
  notNull: (left, _, strict) => ({ [strict ? '!==' : '!=']: [left, null] }),
  within: (left, [at, minutes]) => ({ within_minutes: [left, at, minutes] }),
}

const EQUALITIES: Readonly<Record<string, { readonly wanted: boolean; readonly strict: boolean }>> = {
  '==': { wanted: true, strict: false },
  '===': { wanted: true, strict: true },
  '!=': { wanted: false, strict: false },
  '!==': { wanted: false, strict: true },
}

/** The comparison each order is, and what it is with its sides exchanged. */
const ORDERS: Readonly<Record<string, readonly [Comparison, Comparison]>> = {
  '>': ['gt', 'lt'],
  '>=': ['ge', 'le'],
  '<': ['lt', 'gt'],
  '<=': ['le', 'ge'],
}

const TEXTS: Readonly<Partial<Record<string, Comparison>>> = {
  starts_with: 'startsWith',
  ends_with: 'endsWith',
  has_any: 'hasAny',
}

function readTruth(inner: unknown, name: '!' | '!!'): Said | undefined {
  const left = readSubject(inner)
  if (left) return { left, op: name === '!' ? 'fails' : 'holds', right: [] }
  const operation = operationOf(inner)
  return name === '!' && operation?.name === 'in' ? readMembership(operation.args, false) : undefined
}

function readEquality(name: string, args: readonly unknown[]): Said | undefined {
  const { wanted, strict } = EQUALITIES[name]!
  const how = strict ? { strict } : {}
  if (args.length !== 2) return undefined
  const [a, b] = args
  // A constant reads better behind what it is compared with.
  const [left, other] = readSubject(a) ? [readSubject(a), b] : [readSubject(b), a]
  if (!left) return undefined
  if (other === null) return { left, op: wanted ? 'isNull' : 'notNull', right: [], ...how }
  const right = readOperand(other)
  if (!right || right.kind === 'values') return undefined
  return { left, op: wanted ? 'is' : 'isNot', right: [right], ...how }
}

function readOrder(name: string, args: readonly unknown[]): Said | undefined {
  if (args.length !== 2) return undefined
  const [as, exchanged] = ORDERS[name]!
  const [a, b] = args.map(readOperand)
  if (!a || !b || a.kind === 'values' || b.kind === 'values') return undefined
  if (isSubject(a)) return { left: a, op: as, right: [b] }
  return isSubject(b) ? { left: b, op: exchanged, right: [a] } : undefined
}

function readRange(name: string, args: readonly unknown[]): Said | undefined {
  if (name !== '<' && name !== '<=') return undefined
  const [low, left, high] = [readOperand(args[0]), readSubject(args[1]), readOperand(args[2])]
  if (!low || !left || !high || low.kind === 'values' || high.kind === 'values') return undefined
  return { left, op: name === '<=' ? 'between' : 'inside', right: [low, high] }
}

function readMembership(args: readonly unknown[], wanted: boolean): Said | undefined {
  if (args.length !== 2) return undefined
  const [needle, where] = args.map(readOperand)
  if (where?.kind === 'values')
    return isSubject(needle) ? { left: needle, op: wanted ? 'in' : 'notIn', right: [where] } : undefined
  if (!isSubject(where) || !needle || needle.kind === 'values' || needle.kind === 'instant') return undefined
  return { left: where, op: wanted ? 'contains' : 'notContains', right: [needle] }
}

function readWithin(args: readonly unknown[]): Said | undefined {
  const [left, at, minutes] = [readSubject(args[0]), readOperand(args[1]), readOperand(args[2])]
  if (args.length !== 3 || !left || !at || !minutes) return undefined
  if (at.kind !== 'instant' && !isSubject(at)) return undefined
  return minutes.kind === 'value' ? { left, op: 'within', right: [at, minutes] } : undefined
}
