import type { FileDocument } from './document-file.ts'
import type { TableRow } from './table-row.ts'

/**
 * Rows of one order become one document, wherever in the file they stand: `{ ...firstRow, rows: [...] }`.
 * A row without a value in the column is a document of its own, so that it is told of and not lost in another.
 */
export function groupRows(rows: readonly TableRow[], column: string | undefined): FileDocument[] {
  if (!column) return rows.map(row => ({ rows: [row.number], document: row.values }))
  const groups = new Map<string, TableRow[]>()
  for (const row of rows) {
    const value = Object.hasOwn(row.values, column) ? String(row.values[column] ?? '').trim() : ''
    const key = value === '' ? `\0${row.number}` : value
    const group = groups.get(key)
    if (group) group.push(row)
    else groups.set(key, [row])
  }
  return [...groups.values()].map(group => ({
    rows: group.map(row => row.number),
    document: { ...group[0]!.values, rows: group.map(row => row.values) },
  }))
}
