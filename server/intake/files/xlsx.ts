import { readSheet } from 'read-excel-file/node'
import { FileUnreadableError } from './document-file.ts'
import { columnNames, isEmptyRow, rowOf, type TableRow } from './table-row.ts'
import { unpackedBytes } from './zip-size.ts'

/** Unpacked, a sheet may be this many times larger than its file; beyond it is a bomb, not a list of orders. */
const MAX_UNPACKED_BYTES = 256 * 1024 * 1024

/**
 * Rows of the first sheet by its header. Times come as a spreadsheet shows them (`2026-11-22 14:03:00`),
 * without a zone, which the mapping adds; whole numbers too long for a number stay text.
 * @throws {FileUnreadableError}
 */
export async function readXlsx(content: Uint8Array): Promise<TableRow[]> {
  const buffer = Buffer.from(content.buffer, content.byteOffset, content.byteLength)
  if (unpackedBytes(buffer) > MAX_UNPACKED_BYTES)
    throw new FileUnreadableError('解压后过大 / too large once unpacked')
  const sheet = await readSheet<number | string>(buffer, { parseNumber: exactNumber }).catch(
    (error: unknown) => {
      throw new FileUnreadableError(error instanceof Error ? error.message : String(error))
    },
  )
  const rows: TableRow[] = []
  let names: (string | undefined)[] | undefined
  for (const [index, cells] of (sheet as readonly (readonly unknown[])[]).entries()) {
    if (isEmptyRow(cells)) continue
    if (!names) names = columnNames(cells)
    else rows.push(rowOf(index + 1, names, cells.map(cellValue)))
  }
  return rows
}

function exactNumber(text: string): number | string {
  const value = Number(text)
  return Number.isNaN(value) || (Number.isInteger(value) && !Number.isSafeInteger(value)) ? text : value
}

function cellValue(cell: unknown): unknown {
  if (!(cell instanceof Date)) return cell
  return Number.isNaN(cell.getTime()) ? '' : cell.toISOString().slice(0, 19).replace('T', ' ')
}
