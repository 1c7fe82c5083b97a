import { isRecord } from '../param-parts.ts'

/** One line of a decision table as far as it is filled in. */
export interface TableRow {
  readonly id: string
  readonly name: string
  /** JsonLogic; undefined while there is none; a text is what somebody wrote and nobody has understood yet. */
  readonly when?: unknown
  readonly port: string
  readonly action: string
}

/** The rows of a decision table's params, whatever state the draft is in. A sound row is given as it is. */
export function rowsOf(params: Readonly<Record<string, unknown>>): readonly TableRow[] {
  const { rows } = params
  return (Array.isArray(rows) ? rows : []).filter(isRecord).map(row => (isSound(row) ? row : mended(row)))
}

function isSound(row: object): row is TableRow {
  const { id, name, port, action } = row as Readonly<Record<string, unknown>>
  return [id, name, port, action].every(text => typeof text === 'string')
}

function mended({ id, name, when, port, action }: Readonly<Record<string, unknown>>): TableRow {
  return { id: textOf(id), name: textOf(name), when, port: textOf(port), action: textOf(action) }
}

/** Whether a row's `when` is a condition at all: not missing, and not a text that still has to be understood. */
export function isCondition(when: unknown): boolean {
  return when !== undefined && typeof when !== 'string'
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
