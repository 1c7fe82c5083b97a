import { type GridRow, isBlank, type JoinedCells } from './grid.ts'
import { isOrderLevel, isOrderNumber, isPhoneColumn } from './known-columns.ts'

type Names = readonly (string | undefined)[]

/** Amounts joined over the rows of an order are of all of them together: said once. */
const AMOUNT =
  /金额|价|实付|实收|付款$|合计|总计|小计|运费|邮费|数量|件数|份数|amount|price|paid|total|qty|quantity|fee/i

/** Rows with what cells joined over several rows say in each of these rows, amounts excepted. */
export function fillJoined(
  rows: readonly GridRow[],
  joined: readonly JoinedCells[],
  names: Names,
  groupRowsBy: string | undefined,
): GridRow[] {
  const byFirst = new Map<number, JoinedCells[]>()
  for (const cells of joined)
    if (cells.toRow > cells.fromRow)
      byFirst.set(cells.fromRow, [...(byFirst.get(cells.fromRow) ?? []), cells])
  if (byFirst.size === 0) return [...rows]
  let open: { column: number; until: number; value: unknown }[] = []
  return rows.map(row => {
    open = open.filter(({ until }) => until >= row.number)
    const cells = open.length > 0 ? [...row.cells] : row.cells
    if (open.length > 0) for (const { column, value } of open) (cells as unknown[])[column] = value
    for (const { fromColumn: column, toRow: until } of byFirst.get(row.number) ?? []) {
      const value = row.cells[column]
      if (!isBlank(value) && isSaidOfEach(names[column], value, groupRowsBy))
        open.push({ column, until, value })
    }
    return cells === row.cells ? row : { ...row, cells }
  })
}

function isSaidOfEach(name: string | undefined, value: unknown, groupRowsBy: string | undefined): boolean {
  if (name === undefined) return false
  if (name === groupRowsBy || isOrderNumber(name) || isPhoneColumn(name)) return true
  return typeof value === 'string' && !AMOUNT.test(name)
}

/**
 * Rows that go on with the order above them get its number: those that say neither number nor who gets the order,
 * as joined cells come out in a CSV. A row that only lost its number has a receiver and stays without one.
 */
export function fillOrderNumber(
  rows: readonly GridRow[],
  names: Names,
  groupRowsBy: string | undefined,
): GridRow[] {
  const column = groupRowsBy === undefined ? -1 : names.indexOf(groupRowsBy)
  const level = names.flatMap((name, index) => (name !== undefined && isOrderLevel(name) ? [index] : []))
  if (column < 0 || level.length === 0) return [...rows]
  let head: GridRow | undefined
  return rows.map(row => {
    if (!isBlank(row.cells[column])) {
      head = row
      return row
    }
    const goesOn =
      head !== undefined &&
      level.some(index => !isBlank(head!.cells[index])) &&
      level.every(index => isBlank(row.cells[index]))
    if (!goesOn) {
      head = undefined
      return row
    }
    const cells = [...row.cells]
    cells[column] = head!.cells[column]
    return { ...row, cells }
  })
}
