import { type Operation, operationOf } from '../../server/workflow/logic/operation.ts'
import type { Operand, Scalar, Subject } from './tree.ts'

/** Reads the left side of a line; undefined for what no line can show. */
export function readSubject(rule: unknown): Subject | undefined {
  const operation = operationOf(rule)
  if (!operation) return undefined
  const { name, args } = operation
  const [first] = args
  if (name === 'var') return args.length === 1 && typeof first === 'string' ? field(first) : undefined
  if (name === 'reduce') return readSum(operation)
  if (name !== 'time_of_day' && name !== 'weekday') return undefined
  const at = args.length === 1 ? readSubject(first) : undefined
  return at?.kind === 'field' ? { kind: name === 'weekday' ? 'weekday' : 'clock', path: at.path } : undefined
}

/** Reads the right side of a line. */
export function readOperand(rule: unknown): Operand | undefined {
  if (isScalar(rule)) return { kind: 'value', value: rule }
  if (Array.isArray(rule)) return rule.every(isScalar) ? { kind: 'values', values: rule } : undefined
  const operation = operationOf(rule)
  if (operation?.name !== 'instant') return readSubject(rule)
  const [at] = operation.args
  return operation.args.length === 1 && typeof at === 'string' ? { kind: 'instant', at } : undefined
}

export function writeOperand(operand: Operand): unknown {
  switch (operand.kind) {
    case 'field':
      return { var: operand.path }
    case 'sum':
      return {
        reduce: [
          { var: operand.list },
          { '+': [{ var: 'accumulator' }, { var: `current.${operand.path}` }] },
          0,
        ],
      }
    case 'clock':
      return { time_of_day: [{ var: operand.path }] }
    case 'weekday':
      return { weekday: [{ var: operand.path }] }
    case 'value':
      return operand.value
    case 'values':
      return [...operand.values]
    case 'instant':
      return { instant: [operand.at] }
  }
}

export function isSubject(operand: Operand | undefined): operand is Subject {
  return operand !== undefined && ['field', 'sum', 'clock', 'weekday'].includes(operand.kind)
}

const field = (path: string): Subject => ({ kind: 'field', path })

/** A `reduce` that adds up one field of the entries, starting from 0. */
function readSum({ args }: Operation): Subject | undefined {
  const [source, body, start] = args
  const list = readSubject(source)
  const sum = operationOf(body)
  if (args.length !== 3 || start !== 0 || list?.kind !== 'field') return undefined
  if (sum?.name !== '+' || sum.args.length !== 2) return undefined
  const [a, b] = sum.args.map(readSubject)
  if (a?.kind !== 'field' || b?.kind !== 'field') return undefined
  const addend = a.path === 'accumulator' ? b.path : b.path === 'accumulator' ? a.path : ''
  const path = addend.startsWith('current.') ? addend.slice('current.'.length) : ''
  return path === '' ? undefined : { kind: 'sum', list: list.path, path }
}

function isScalar(rule: unknown): rule is Scalar {
  return typeof rule === 'string' || typeof rule === 'number' || typeof rule === 'boolean'
}
