import { filledCells, type Grid, type GridRow, isBlank } from './grid.ts'
import { isKnownColumn } from './known-columns.ts'

/** Where a table's columns are named: one row, or two with headings over several columns. */
export interface Header {
  /** First and last row, as places in `grid.rows`. */
  readonly from: number
  readonly to: number
  /** By column; undefined for one without a name. */
  readonly names: readonly (string | undefined)[]
  /** How much speaks for it; 0 where it was only the first row wide enough. */
  readonly score: number
}

/** Titles and notes above a header are few. */
const LOOKED_AT = 30
const EXPECTED_COUNTS = 3

/**
 * The header of a table: the row with most texts that columns of order lists are called by, below any titles.
 * Where no text is known it is the first row about as wide as the table.
 * @param expected columns the connection reads
 * @param chosen number of the row a person says the columns are named in: the lower one of two
 */
export function findHeader(
  grid: Grid,
  expected: ReadonlySet<string>,
  chosen: number | undefined,
): Header | undefined {
  const rows = grid.rows.slice(0, LOOKED_AT)
  if (chosen !== undefined) {
    const at = grid.rows.findIndex(({ number }) => number === chosen)
    return at < 0 ? undefined : withAbove(grid, at, expected)
  }
  let best = -1
  let most = 0
  for (const [index, row] of rows.entries()) {
    const score = scoreOf(row, expected)
    if (score > most) [best, most] = [index, score]
  }
  const widest = Math.max(0, ...rows.map(row => filledCells(row).length))
  if (most < Math.min(2, widest)) {
    best = rows.findIndex(row => filledCells(row).length * 2 >= widest)
    most = 0
  }
  if (best < 0) return undefined
  const header = withNeighbours(grid, best, expected)
  return { ...header, score: most === 0 ? 0 : header.score }
}

function scoreOf(row: GridRow, expected: ReadonlySet<string>): number {
  let score = 0
  for (const cell of filledCells(row)) {
    if (isData(cell)) score -= 1
    else if (expected.has(nameIn(cell))) score += EXPECTED_COUNTS
    else if (isKnownColumn(nameIn(cell))) score += 1
  }
  return score
}

/** What stands below a header and never in one: figures, times, phones, long texts. */
function isData(cell: unknown): boolean {
  if (typeof cell !== 'string') return true
  return /^[\d.,¥￥*\s-]+$/.test(cell) || /\d{4}[-/.年]\d|\d{5}|\d:\d\d/.test(cell) || cell.length > 40
}

function withNeighbours(grid: Grid, at: number, expected: ReadonlySet<string>): Header {
  const below = withAbove(grid, at + 1, expected)
  const alone = withAbove(grid, at, expected)!
  return alone.from === at && below?.from === at ? below : alone
}

/** The header whose last row is at a place: with the row above where both are one. */
function withAbove(grid: Grid, at: number, expected: ReadonlySet<string>): Header | undefined {
  const row = grid.rows[at]
  if (!row) return undefined
  const above = grid.rows[at - 1]
  const score = (one: GridRow) => Math.max(0, scoreOf(one, expected))
  if (above && above.number === row.number - 1 && areOneHeader(above, row, expected))
    return { from: at - 1, to: at, names: joinedNames(above, row), score: score(above) + score(row) }
  return { from: at, to: at, names: columnNames(row.cells.map(nameIn)), score: score(row) }
}

/** Two rows are one header where headings of the upper stand over several names of the lower. */
function areOneHeader(upper: GridRow, lower: GridRow, expected: ReadonlySet<string>): boolean {
  const named = filledCells(lower)
  if (filledCells(upper).length < 2 || named.length < 2) return false
  if ([...filledCells(upper), ...named].some(cell => isData(cell) || /[:：]/.test(String(cell)))) return false
  let headings = 0
  const overOne: unknown[] = []
  for (const [column, cell] of upper.cells.entries()) {
    if (isBlank(cell) || isBlank(lower.cells[column])) continue
    if (isBlank(upper.cells[column + 1]) && !isBlank(lower.cells[column + 1])) headings++
    else overOne.push(cell)
  }
  if (headings === 0) return false
  const known = named.filter(cell => isKnownColumn(nameIn(cell)) || expected.has(nameIn(cell))).length
  if (overOne.length === 0) return known > 0
  // Headings over one name each look like a header over a row of data, but for what they are called.
  return (
    overOne.length <= headings &&
    known * 2 >= named.length &&
    !overOne.some(cell => isKnownColumn(nameIn(cell)))
  )
}

/** 收件信息 over 姓名 gives 姓名; where several are called so, 收件 姓名 and 寄件 姓名. */
function joinedNames(upper: GridRow, lower: GridRow): (string | undefined)[] {
  const width = Math.max(upper.cells.length, lower.cells.length)
  const below = Array.from({ length: width }, (_, column) => nameIn(lower.cells[column]))
  let heading = ''
  return columnNames(
    below.map((name, column) => {
      const own = nameIn(upper.cells[column])
      if (own !== '') heading = own
      if (name === '') return own
      const isAmongOthers = below.filter(each => each === name).length > 1
      const over = heading.replace(/(?:信息|资料|明细|详情)$/, '')
      return isAmongOthers || /寄|发件|sender/i.test(over) ? `${over} ${name}` : name
    }),
  )
}

function nameIn(cell: unknown): string {
  return String(cell ?? '')
    .normalize('NFC')
    .replace(/\s+/g, ' ')
    .trim()
}

/** Names told apart where two are the same (`备注`, `备注 2`); columns without a name have none. */
function columnNames(texts: readonly string[]): (string | undefined)[] {
  const seen = new Map<string, number>()
  return texts.map(name => {
    if (name === '') return undefined
    const count = (seen.get(name) ?? 0) + 1
    seen.set(name, count)
    return count === 1 ? name : `${name} ${count}`
  })
}
