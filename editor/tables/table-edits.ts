import { isRecord } from '../../server/workflow/param-parts.ts'
import { rowsOf, type TableRow } from '../../server/workflow/table/table-row.ts'

// Changes of a decision table's params. Each gives the new params and leaves the old ones as they were.

export type TableParams = Readonly<Record<string, unknown>>

/** Gives a new id each time it is asked: begins with a letter, so that it may name a port. */
export type MakeId = () => string

const ELSE_PORT = 'else'

/** A row with nothing in it yet. */
export function emptyRow(makeId: MakeId): TableRow {
  return { id: makeId(), name: '', port: makeId(), action: '' }
}

/** What is done where no row fits; empty where nothing was said. */
export function otherwiseOf({ else: otherwise }: TableParams): string {
  return isRecord(otherwise) && typeof otherwise.action === 'string' ? otherwise.action : ''
}

/** Params with other rows. A `when` that is not there is left out rather than kept as undefined; other rows stay the very same. */
export function withRows(params: TableParams, rows: readonly TableRow[]): Record<string, unknown> {
  return {
    ...params,
    rows: rows.map(row => ('when' in row && row.when === undefined ? withoutWhen(row) : row)),
  }
}

function withoutWhen({ when: _, ...row }: TableRow): TableRow {
  return row
}

/** Changes one row; a row that is not there yet, such as the first one of an empty table, comes last. */
export function changeRow(
  params: TableParams,
  row: TableRow,
  change: Partial<Pick<TableRow, 'name' | 'when' | 'action'>>,
): Record<string, unknown> {
  const rows = rowsOf(params)
  const isKnown = rows.some(({ id }) => id === row.id)
  const changed = isKnown ? rows : [...rows, row]
  return withRows(
    params,
    changed.map(each => (each.id === row.id ? { ...each, ...change } : each)),
  )
}

export function addRow(params: TableParams, row: TableRow, after?: string): Record<string, unknown> {
  const rows = rowsOf(params)
  const index = after === undefined ? -1 : rows.findIndex(({ id }) => id === after)
  return withRows(params, rows.toSpliced(index < 0 ? rows.length : index + 1, 0, row))
}

export function removeRow(params: TableParams, id: string): Record<string, unknown> {
  return withRows(
    params,
    rowsOf(params).filter(row => row.id !== id),
  )
}

/** A second row below, with the same exit, since its action is the same. */
export function duplicateRow(params: TableParams, id: string, makeId: MakeId): Record<string, unknown> {
  const row = rowsOf(params).find(each => each.id === id)
  if (!row) return { ...params }
  return addRow(params, { ...row, id: makeId(), port: row.action === '' ? makeId() : row.port }, id)
}

/** Moves a row to the place another one has, or by so many places. */
export function moveRow(params: TableParams, id: string, to: string | number): Record<string, unknown> {
  const rows = rowsOf(params)
  const from = rows.findIndex(row => row.id === id)
  const wanted = typeof to === 'number' ? from + to : rows.findIndex(row => row.id === to)
  const target = Math.min(Math.max(wanted, 0), rows.length - 1)
  if (from < 0 || wanted < 0 || target === from) return { ...params }
  return withRows(params, rows.toSpliced(from, 1).toSpliced(target, 0, rows[from]!))
}

export function changeOtherwise(params: TableParams, action: string): Record<string, unknown> {
  const { action: _, ...kept } = isRecord(params.else) ? params.else : {}
  return { ...params, else: action === '' ? kept : { ...kept, action } }
}

/**
 * Gives rows with the same action one exit, once an action is written. A row keeps its exit, and with it its lines
 * on the canvas, unless its action now is that of another row, or it shared its exit with rows that do another thing.
 */
export function settlePorts(params: TableParams, id: string, makeId: MakeId): Record<string, unknown> {
  const rows = rowsOf(params)
  const row = rows.find(each => each.id === id)
  const action = row?.action.trim()
  if (!row || action === undefined || action === '') return settleOtherwise(params)
  const others = rows.filter(each => each.id !== id)
  const twin = others.find(each => each.action.trim() === action)
  const isTaken = others.some(each => each.port === row.port && each.action.trim() !== action)
  const port = twin ? twin.port : isTaken || row.port === '' ? makeId() : row.port
  if (port === row.port) return settleOtherwise(params)
  return settleOtherwise(
    withRows(
      params,
      rows.map(each => (each.id === id ? { ...each, port } : each)),
    ),
  )
}

/** The last line shares the exit of a row with its action, and no other row's. */
export function settleOtherwise(params: TableParams): Record<string, unknown> {
  if (!isRecord(params.else)) return { ...params }
  const rows = rowsOf(params)
  const action = otherwiseOf(params).trim()
  const { port, ...kept } = params.else
  const twin = action === '' ? undefined : rows.find(row => row.action.trim() === action)
  if (twin) return { ...params, else: { ...kept, port: twin.port } }
  const isTaken = rows.some(row => row.port === (port ?? ELSE_PORT))
  return isTaken ? { ...params, else: kept } : { ...params }
}

/** Adds rows that came from elsewhere; rows without anything in them make way. Their exits follow from their actions. */
export function insertRows(
  params: TableParams,
  added: readonly Omit<TableRow, 'id' | 'port'>[],
  { mode, after, otherwise }: { mode: 'replace' | 'add'; after?: string; otherwise?: string },
  makeId: MakeId,
): Record<string, unknown> {
  const old = rowsOf(params)
  const index = after === undefined ? old.length : old.findIndex(({ id }) => id === after) + 1
  const before = mode === 'replace' ? [] : old.slice(0, index).filter(isFilled)
  const behind = mode === 'replace' ? [] : old.slice(index).filter(isFilled)
  const ports = new Map(old.filter(row => row.action.trim() !== '').map(row => [row.action.trim(), row.port]))
  const made = added.map(row => {
    const action = row.action.trim()
    const port = ports.get(action) ?? makeId()
    if (action !== '') ports.set(action, port)
    return { ...row, id: makeId(), port }
  })
  const withAll = withRows(params, [...before, ...made, ...behind])
  return settleOtherwise(otherwise === undefined ? withAll : changeOtherwise(withAll, otherwise))
}

export function isFilled({ name, when, action }: TableRow): boolean {
  return name !== '' || when !== undefined || action !== ''
}
