import { FileUnreadableError } from './document-file.ts'
import type { SkippedRow } from './file-form.ts'
import { fillJoined, fillOrderNumber } from './fill-down.ts'
import { findHeader, type Header } from './find-header.ts'
import { columnLetters, type Grid, type GridRow, isBlank } from './grid.ts'
import type { Reading } from './reading.ts'
import { skipReason } from './skip-row.ts'
import { digitsLost, isLongInteger, lostTheirEnds, spoiltCell, withoutFraction } from './spoilt-cell.ts'
import { type TableRow, valuesOf } from './table-row.ts'
import { isTimeColumn, timeCell } from './time-cell.ts'
import { titleAbove, withTitleDay } from './title-day.ts'

export interface Table {
  readonly rows: readonly TableRow[]
  readonly columns: readonly string[]
  readonly unnamed: readonly string[]
  /** Row numbers. */
  readonly header: readonly number[]
  /** What stands above the header. */
  readonly title: string
  readonly skipped: readonly SkippedRow[]
}

const NONE: ReadonlySet<string> = new Set()

/** The header a grid is read by. */
export function headerOf(grid: Grid, { expected = NONE, header }: Reading): Header | undefined {
  return findHeader(grid, expected, header)
}

/**
 * The rows of a table by its header, without totals, repeated headers and hidden rows, which are named instead.
 * @throws {FileUnreadableError} where the chosen header is none
 */
export function readTable(grid: Grid, reading: Reading): Table {
  const header = headerOf(grid, reading)
  if (!header) {
    if (reading.header === undefined)
      return { rows: [], columns: [], unnamed: [], header: [], title: '', skipped: [] }
    throw new FileUnreadableError({
      zh: `第 ${reading.header} 行是空的，不能作表头`,
      en: `row ${reading.header} is empty and cannot be the header`,
    })
  }
  const { now = new Date() } = reading
  const title = titleAbove(grid.rows.slice(0, header.from))
  const headerRows = grid.rows.slice(header.from, header.to + 1)
  const skipped: SkippedRow[] = []
  const kept = grid.rows.slice(header.to + 1).filter(row => {
    const why = skipReason(row, headerRows, reading)
    if (why) skipped.push({ row: row.number, why })
    return !why
  })
  const joined = fillJoined(kept, grid.joined, header.names, reading.groupRowsBy)
  const filled = fillOrderNumber(joined, header.names, reading.groupRowsBy)
  const { rows, names } = withTitleDay(filled, header.names, title, now)
  return {
    rows: toTableRows(rows, names, reading.isUsed, now),
    columns: names.filter(name => name !== undefined),
    unnamed: unnamedColumns(rows, names),
    header: headerRows.map(({ number }) => number),
    title,
    skipped,
  }
}

function toTableRows(
  rows: readonly GridRow[],
  names: readonly (string | undefined)[],
  isUsed: Reading['isUsed'],
  now: Date,
): TableRow[] {
  const counts = names.map(name => name !== undefined && (isUsed?.(name) ?? true))
  const cut = names.map((_, column) => counts[column] && lostTheirEnds(rows.map(row => row.cells[column])))
  const times = names.map(name => name !== undefined && isTimeColumn(name))
  return rows.map(({ number, cells }) => {
    const clean = cells.map((cell, column) => withoutFraction(times[column] ? timeCell(cell, now) : cell))
    const problems = clean.flatMap((cell, column) => {
      const name = names[column]
      if (name === undefined || !counts[column]) return []
      if (cut[column] && isLongInteger(cell)) return digitsLost(cell, number, name)
      return spoiltCell(cell, number, name) ?? []
    })
    return { number, values: valuesOf(names, clean), problems }
  })
}

function unnamedColumns(rows: readonly GridRow[], names: readonly (string | undefined)[]): string[] {
  const found = new Set<number>()
  for (const { cells } of rows)
    for (const [column, cell] of cells.entries())
      if (names[column] === undefined && !isBlank(cell)) found.add(column)
  return [...found].sort((a, b) => a - b).map(columnLetters)
}
