import { extname } from 'node:path'
import { readCsv } from './csv.ts'
import type { FileContent } from './document-file.ts'
import { groupRows } from './group-rows.ts'
import { readJsonFile, readNdjsonFile } from './json-file.ts'
import type { TableRow } from './table-row.ts'
import { decodeText } from './text-encoding.ts'
import { readXlsx } from './xlsx.ts'

/** Kinds of file orders may come in. */
export type FileKind = 'csv' | 'xlsx' | 'json' | 'ndjson'

const KINDS: Readonly<Record<string, FileKind>> = {
  '.csv': 'csv',
  '.tsv': 'csv',
  '.xlsx': 'xlsx',
  '.json': 'json',
  '.ndjson': 'ndjson',
  '.jsonl': 'ndjson',
}

/** What a file is, by its name; undefined for anything we do not read. */
export function fileKindOf(name: string): FileKind | undefined {
  return KINDS[extname(name).toLowerCase()]
}

/**
 * Reads the source documents of a file. Rows of a table that share the value of `groupRowsBy` become one
 * document `{ ...firstRow, rows: [...] }`; without it every row is a document.
 * @throws {FileUnreadableError}
 */
export async function readOrderFile(
  content: Uint8Array,
  kind: FileKind,
  groupRowsBy: string | undefined,
): Promise<FileContent> {
  switch (kind) {
    case 'json':
      return readJsonFile(decodeText(content))
    case 'ndjson':
      return readNdjsonFile(decodeText(content))
    case 'csv':
      return table(await readCsv(decodeText(content)), groupRowsBy)
    case 'xlsx':
      return table(await readXlsx(content), groupRowsBy)
  }
}

function table(rows: readonly TableRow[], groupRowsBy: string | undefined): FileContent {
  return { rows: rows.length, documents: groupRows(rows, groupRowsBy), broken: [] }
}
