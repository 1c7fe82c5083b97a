import { chooseSheet } from './choose-sheet.ts'
import { readCsv } from './csv.ts'
import type { FileContent } from './document-file.ts'
import { fileKindOf } from './file-kind.ts'
import type { Grid } from './grid.ts'
import { groupRows } from './group-rows.ts'
import { readJsonFile, readNdjsonFile } from './json-file.ts'
import { readTable } from './read-table.ts'
import type { Reading } from './reading.ts'
import { decodeText, type TextEncoding } from './text-encoding.ts'
import { readXlsx, type Sheet } from './xlsx.ts'

/** A file taken apart, to be read in one way or another. */
export type OpenedFile =
  | { readonly kind: 'list'; readonly content: FileContent }
  | { readonly kind: 'csv'; readonly grid: Grid; readonly separator: string; readonly encoding: TextEncoding }
  | { readonly kind: 'xlsx'; readonly sheets: readonly Sheet[] }

/** @param encoding of a text file, where a person says it. @throws {FileUnreadableError} */
export async function openOrderFile(
  content: Uint8Array,
  name: string,
  encoding?: TextEncoding,
): Promise<OpenedFile> {
  const kind = fileKindOf(name, content)
  if (kind === 'xlsx') return { kind, sheets: await readXlsx(content) }
  const decoded = decodeText(content, encoding)
  if (kind === 'json') return { kind: 'list', content: readJsonFile(decoded) }
  if (kind === 'ndjson') return { kind: 'list', content: readNdjsonFile(decoded) }
  return { kind, ...(await readCsv(decoded.text)), encoding: decoded.encoding }
}

/**
 * The source documents of an opened file. Rows of a table that share the value of `groupRowsBy` become one
 * document `{ ...firstRow, rows: [...] }`; without it every row is a document.
 * @throws {FileUnreadableError} where the sheet or the header that was chosen is none
 */
export function contentOf(file: OpenedFile, reading: Reading): FileContent {
  if (file.kind === 'list') return file.content
  if (file.kind === 'csv') {
    const { kind, encoding, separator } = file
    return tableContent(file.grid, reading, { kind, encoding, separator })
  }
  const sheet = chooseSheet(file.sheets, reading)
  const sheets = file.sheets.map(({ name, isHidden, grid }) => ({ name, isHidden, rows: grid.rows.length }))
  return tableContent(sheet.grid, reading, { kind: file.kind, sheets, sheet: sheet.name })
}

/** Opens a file and reads its source documents. @throws {FileUnreadableError} */
export async function readOrderFile(
  content: Uint8Array,
  name: string,
  reading: Reading,
): Promise<FileContent> {
  return contentOf(await openOrderFile(content, name, reading.encoding), reading)
}

function tableContent(
  grid: Grid,
  reading: Reading,
  form: Pick<FileContent['form'], 'kind' | 'encoding' | 'separator' | 'sheets' | 'sheet'>,
): FileContent {
  const { rows, header, title, columns, unnamed, skipped } = readTable(grid, reading)
  return {
    rows: rows.length,
    ...groupRows(rows, reading.groupRowsBy),
    form: { ...form, ...(title ? { title } : {}), header, columns, unnamed, skipped },
  }
}
