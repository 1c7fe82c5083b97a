import { filledCells, type GridRow } from './grid.ts'
import { isTimeColumn, timeCell } from './time-cell.ts'

const LONGEST_TITLE = 200

/** What stands above the header, as one text. */
export function titleAbove(rows: readonly GridRow[]): string {
  return rows
    .flatMap(row => filledCells(row).map(String))
    .join(' ')
    .slice(0, LONGEST_TITLE)
}

const DAY_COLUMN = '日期'
const DAY = /(?:\d{4}\s*年\s*)?\d{1,2}\s*月\s*\d{1,2}\s*[日号]|\d{4}([-/.])\d{1,2}\1\d{1,2}/

type Names = readonly (string | undefined)[]

/** Lists of a chat group say their day once, above the table: 「11月22日团购接龙」. Every row gets it where none has a time. */
export function withTitleDay(
  rows: readonly GridRow[],
  names: Names,
  title: string,
  now: Date,
): { readonly rows: readonly GridRow[]; readonly names: Names } {
  const [written] = DAY.exec(title) ?? []
  if (written === undefined || names.some(name => name !== undefined && isTimeColumn(name)))
    return { rows, names }
  const day = timeCell(written.replace(/\s/g, ''), now)
  // Beyond columns without a name, which are told of and must not be written over.
  const width = rows.reduce((widest, { cells }) => Math.max(widest, cells.length), names.length)
  return {
    rows: rows.map(row => ({ ...row, cells: filledUp(row.cells, width, day) })),
    names: filledUp(names, width, DAY_COLUMN),
  }
}

function filledUp<T>(cells: readonly T[], width: number, last: T): (T | undefined)[] {
  return [...Array.from({ length: width }, (_, index) => cells[index]), last]
}
