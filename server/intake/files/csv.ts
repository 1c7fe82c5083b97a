import { CsvError, parse } from 'csv-parse'
import { FileUnreadableError } from './document-file.ts'
import { columnNames, isEmptyRow, rowOf, type TableRow } from './table-row.ts'

/**
 * Rows of a CSV text by its header. Comma, semicolon or tab, whichever the header uses most; every value is text.
 * @throws {FileUnreadableError} naming the line
 */
export async function readCsv(text: string): Promise<TableRow[]> {
  const body = text.startsWith('\ufeff') ? text.slice(1) : text
  const parser = parse(body, {
    delimiter: delimiterOf(body),
    relax_column_count: true,
    relax_quotes: true,
    info: true,
    max_record_size: 1024 * 1024,
  })
  const rows: TableRow[] = []
  let names: (string | undefined)[] | undefined
  let number = 0
  try {
    for await (const { record } of parser as AsyncIterable<{ record: string[] }>) {
      number++
      if (isEmptyRow(record)) continue
      if (!names) names = columnNames(record)
      else rows.push(rowOf(number, names, record))
    }
  } catch (error) {
    if (error instanceof CsvError) throw new FileUnreadableError(error.message)
    throw error
  }
  return rows
}

/** The separator that stands most often in the first line, outside quotes. */
function delimiterOf(text: string): string {
  const end = text.search(/[\r\n]/)
  const header = (end < 0 ? text : text.slice(0, end)).slice(0, 10_000).replace(/"[^"]*"/g, '')
  const count = (mark: string) => header.split(mark).length
  return [',', ';', '\t'].reduce((best, mark) => (count(mark) > count(best) ? mark : best))
}
