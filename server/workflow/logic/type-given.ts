import type { FieldSpec } from '../field.ts'
import type { Text } from '../text.ts'
import { kindOf, type Operand } from './operand.ts'
import { operators } from './operators.ts'

/** The type an operation gives from the types of its arguments, with the field whose unit it keeps. */
export function typeGiven(name: string, args: readonly Operand[]): Pick<Operand, 'type' | 'field'> {
  const { gives = 'any', shown } = operators.get(name) ?? {}
  if (shown) return { type: 'number', field: shownFields[shown] }
  if (name === '-' && args.length === 2 && args.every(({ type }) => type === 'instant'))
    return { type: 'duration' }
  if (KEEPS_UNIT.has(name)) return firstWithUnit(args)
  if (name === '*' || name === '/') return scaled(name, args)
  if (name === 'and' || name === 'or' || name === 'if' || name === '?:')
    return { type: commonType(name, args) }
  if (name === 'reduce') return { type: args[1]?.type ?? 'any', field: unitOnly(args[1]) }
  if (name === 'log') return { type: args[0]?.type ?? 'any' }
  return { type: gives === 'same' ? 'any' : gives }
}

/** What a clock or a calendar shows is a number with a unit of its own: it goes with no quantity. */
const shownFields: Readonly<Record<NonNullable<FieldSpec['shown']>, FieldSpec>> = {
  clock: shownField('clock', { zh: '时刻', en: 'time of day' }),
  weekday: shownField('weekday', { zh: '星期', en: 'weekday' }),
}

function shownField(shown: NonNullable<FieldSpec['shown']>, name: Text): FieldSpec {
  return { path: '', type: 'number', name, unit: name, shown }
}

const KEEPS_UNIT: ReadonlySet<string> = new Set(['+', '-', 'min', 'max'])

function firstWithUnit(args: readonly Operand[]): Pick<Operand, 'type' | 'field'> {
  const arg = args.find(({ type, field }) => type === 'money' || type === 'duration' || field?.unit)
  return { type: arg?.type ?? 'number', field: unitOnly(arg) }
}

/** A sum is no longer the field itself: of its description only the unit holds. */
function unitOnly(arg: Operand | undefined): Operand['field'] {
  return arg?.field?.unit ? { ...arg.field, options: undefined, optional: undefined } : undefined
}

/** An amount times or through a plain number is an amount; through an amount it is a number. */
function scaled(name: string, args: readonly Operand[]): Pick<Operand, 'type' | 'field'> {
  const [first, second] = args
  if (name === '/')
    return {
      type: kindOf(second?.type ?? 'any') === 'number' && second?.type === 'number' ? keep(first) : 'number',
    }
  return { type: keep(args.find(({ type }) => type === 'money' || type === 'duration')) }
}

function keep(arg: Operand | undefined): Operand['type'] {
  return arg?.type === 'money' || arg?.type === 'duration' ? arg.type : 'number'
}

/** Chosen among several, a value has their common type; the tests of an `if` are not among them. */
function commonType(name: string, args: readonly Operand[]): Operand['type'] {
  const isChoice = name === 'if' || name === '?:'
  const given = args.filter((_, index) => !isChoice || index % 2 === 1 || index === args.length - 1)
  const types = new Set(given.map(({ type }) => type))
  const [type] = types
  return types.size === 1 && type !== undefined ? type : 'any'
}
