import { CsvError, parse } from 'csv-parse'
import { cleanCell } from './clean-cell.ts'
import { FileUnreadableError } from './document-file.ts'
import type { Grid, GridRow } from './grid.ts'
import { isBlank } from './grid.ts'

const SEPARATORS = [',', '\t', ';', '；', '，'] as const
const LOOKED_AT = 40

/**
 * The cells of a CSV text, all of them texts. The separator is the one its lines agree on, or the one an
 * Excel line `sep=;` names.
 * @throws {FileUnreadableError} naming the line
 */
export async function readCsv(text: string): Promise<{ grid: Grid; separator: string }> {
  const named = /^sep=(.)\r?\n/i.exec(text)
  const body = named ? text.slice(named[0].length) : text
  const separator = named?.[1] ?? separatorOf(body)
  const parser = parse(body, {
    delimiter: separator,
    relax_column_count: true,
    relax_quotes: true,
    info: true,
    max_record_size: 1024 * 1024,
  })
  const rows: GridRow[] = []
  let number = 0
  try {
    for await (const { record } of parser as AsyncIterable<{ record: string[] }>) {
      number++
      const cells = record.map(cleanCell)
      if (!cells.every(isBlank)) rows.push({ number, cells, isHidden: false })
    }
  } catch (error) {
    throw error instanceof CsvError ? unreadable(error) : error
  }
  return { grid: { rows, joined: [] }, separator }
}

function unreadable({ code, message, records }: CsvError): FileUnreadableError {
  // The error speaks of the line the file ends with; what was read before is what a person can count.
  const row = Number(records) + 1
  if (code === 'CSV_QUOTE_NOT_CLOSED')
    return new FileUnreadableError({
      zh: `第 ${row} 行有一个没有配对的双引号，请补上或删掉再传`,
      en: `in row ${row} a double quote has no partner; add or delete it`,
    })
  return code === 'CSV_MAX_RECORD_SIZE'
    ? new FileUnreadableError({ zh: `第 ${row} 行超过 1 MB`, en: `row ${row} is larger than 1 MB` })
    : new FileUnreadableError({ zh: `第 ${row} 行的 CSV 格式有误：${message}`, en: `row ${row}: ${message}` })
}

/** The separator most lines have in the same number: titles above the header and notes below it have none. */
function separatorOf(text: string): string {
  const lines = text
    .slice(0, 100_000)
    .replace(/"[^"]*"/g, '')
    .split(/\r\n|\r|\n/)
    .filter(line => line.trim() !== '')
    .slice(0, LOOKED_AT)
  const strength = (separator: string) => {
    const counts = new Map<number, number>()
    for (const line of lines) {
      const count = line.split(separator).length - 1
      if (count > 0) counts.set(count, (counts.get(count) ?? 0) + 1)
    }
    return Math.max(0, ...[...counts].map(([count, times]) => times * times * count))
  }
  return SEPARATORS.reduce<string>(
    (best, separator) => (strength(separator) > strength(best) ? separator : best),
    ',',
  )
}
