/** A row of a table by the names in its header. */
export interface TableRow {
  /** As a spreadsheet shows it: the header is row 1. */
  readonly number: number
  readonly values: Readonly<Record<string, unknown>>
}

/**
 * Names the columns of a header: trimmed, and told apart where two are the same (`备注`, `备注 2`).
 * Columns without a name are left out.
 */
export function columnNames(header: readonly unknown[]): (string | undefined)[] {
  const seen = new Map<string, number>()
  return header.map(cell => {
    const name = String(cell ?? '')
      .normalize('NFC')
      .trim()
    if (name === '') return undefined
    const count = (seen.get(name) ?? 0) + 1
    seen.set(name, count)
    return count === 1 ? name : `${name} ${count}`
  })
}

/** `fromEntries` keeps a column called `__proto__` an ordinary column. */
export function rowOf(
  number: number,
  names: readonly (string | undefined)[],
  cells: readonly unknown[],
): TableRow {
  const entries = names.flatMap((name, index) =>
    name === undefined ? [] : [[name, cells[index] ?? ''] as const],
  )
  return { number, values: Object.fromEntries(entries) }
}

export const isEmptyRow = (cells: readonly unknown[]): boolean =>
  cells.every(cell => cell === null || cell === undefined || String(cell).trim() === '')
