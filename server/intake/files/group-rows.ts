import type { BrokenPart, FileDocument } from './document-file.ts'
import type { TableRow } from './table-row.ts'

/**
 * Rows of one order become one document, wherever in the file they stand: `{ ...firstRow, rows: [...] }`.
 * A row without a value in the column is a document of its own, so that it is told of and not lost in another.
 * What holds a spoilt cell is no document: it is kept for a person.
 */
export function groupRows(
  rows: readonly TableRow[],
  column: string | undefined,
): { documents: FileDocument[]; broken: BrokenPart[] } {
  const documents: FileDocument[] = []
  const broken: BrokenPart[] = []
  for (const group of groupsOf(rows, column)) {
    const numbers = group.map(row => row.number)
    const document = column ? { ...group[0]!.values, rows: group.map(row => row.values) } : group[0]!.values
    const problems = group.flatMap(row => row.problems)
    if (problems.length === 0) documents.push({ rows: numbers, document })
    else broken.push({ rows: numbers, text: JSON.stringify(document), document, problems })
  }
  return { documents, broken }
}

function groupsOf(rows: readonly TableRow[], column: string | undefined): Iterable<readonly TableRow[]> {
  if (!column) return rows.map(row => [row])
  const groups = new Map<string, TableRow[]>()
  for (const row of rows) {
    const value = Object.hasOwn(row.values, column) ? String(row.values[column] ?? '').trim() : ''
    // Numbers that lost their ends may be those of several orders.
    const isTold = value !== '' && !row.problems.some(({ field }) => field === column)
    const key = isTold ? value : `\0${row.number}`
    const group = groups.get(key)
    if (group) group.push(row)
    else groups.set(key, [row])
  }
  return groups.values()
}
