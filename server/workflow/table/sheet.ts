/** A decision table as cells of text: what a spreadsheet holds. */
export interface SheetRow {
  readonly name: string
  readonly when: string
  readonly action: string
}

export interface Sheet {
  readonly rows: readonly SheetRow[]
  /** The action of the last line, for what no row fits; undefined where the sheet has no such line. */
  readonly otherwise: string | undefined
}

type Column = keyof SheetRow

const COLUMN_WORDS: Readonly<Record<Column, RegExp>> = {
  action: /执行|动作|操作|处理|结果|action|then/i,
  when: /判断|逻辑|条件内容|规则内容|logic|when/i,
  name: /类型|名称|规则名|condition type|name/i,
}
/** Words that may head the name or the logic: told by what the other columns are. */
const VAGUE = /条件|规则|condition|rule/i
const OTHERWISE =
  /^(其它|其他|其余|否则|默认|都不符合|以上都不符合|以上都不是|other|otherwise|else|default)$/i
const LONGEST_HEADER = 12

/**
 * The rows of a table among the cells of a sheet. A header with the three words, in any order, says which column is
 * which and is left out; without one they come as name, logic, action, or with two columns as logic, action.
 */
export function readSheet(cells: readonly (readonly string[])[]): Sheet {
  const filled = cells.map(row => row.map(cell => cell.trim())).filter(row => row.some(cell => cell !== ''))
  const header = filled[0] ? columnsOf(filled[0]) : undefined
  const body = header ? filled.slice(1) : filled
  const columns = header ?? usualColumns(body)
  const rows = body.map(row => ({
    name: row[columns.name ?? -1] ?? '',
    when: row[columns.when ?? -1] ?? '',
    action: row[columns.action ?? -1] ?? '',
  }))
  const last = rows.at(-1)
  const isOtherwise = last !== undefined && [last.name, last.when].some(text => OTHERWISE.test(text))
  return isOtherwise ? { rows: rows.slice(0, -1), otherwise: last.action } : { rows, otherwise: undefined }
}

type Columns = Partial<Record<Column, number>>

/** Which column is which by the words of a header; undefined where the row is none. */
function columnsOf(row: readonly string[]): Columns | undefined {
  const columns: Columns = {}
  const vague: number[] = []
  for (const [index, cell] of row.entries()) {
    if (cell.length > LONGEST_HEADER && !/^[a-z ]+$/i.test(cell)) continue
    const column = (['action', 'name', 'when'] as const).find(
      each => columns[each] === undefined && COLUMN_WORDS[each].test(cell),
    )
    if (column) columns[column] = index
    else if (VAGUE.test(cell)) vague.push(index)
  }
  for (const index of vague) {
    if (columns.when === undefined) columns.when = index
    else columns.name ??= index
  }
  return columns.when !== undefined && columns.action !== undefined ? columns : undefined
}

function usualColumns(rows: readonly (readonly string[])[]): Columns {
  const width = Math.max(0, ...rows.map(row => row.length))
  const isNumbered = width > 2 && rows.every(([first = ''], index) => first === String(index + 1))
  const from = isNumbered ? 1 : 0
  return width - from < 3
    ? { when: from, action: from + 1 }
    : { name: from, when: from + 1, action: from + 2 }
}

/** Cells as the text a spreadsheet takes from the clipboard: cells by tabs, rows by line ends. */
export function asTabbed(cells: readonly (readonly string[])[]): string {
  return cells.map(row => row.map(tabbedCell).join('\t')).join('\r\n')
}

function tabbedCell(text: string): string {
  // A spreadsheet would take such a text for a formula.
  const safe = /^['=+\-@]/.test(text) ? `'${text}` : text
  return /[\t\r\n"]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** A cell of pasted text, without the mark that kept it from being taken for a formula. */
export function untabbedCell(text: string): string {
  return /^'['=+\-@]/.test(text) ? text.slice(1) : text
}
