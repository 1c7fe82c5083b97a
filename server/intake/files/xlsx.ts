import readWorkbook from 'read-excel-file/node'
import { cleanCell } from './clean-cell.ts'
import { FileUnreadableError } from './document-file.ts'
import { type Grid, type GridRow, isBlank } from './grid.ts'
import { type SheetLayout, sheetLayouts } from './xlsx-layout.ts'
import { unpack } from './zip-entries.ts'

export interface Sheet {
  readonly name: string
  readonly isHidden: boolean
  readonly grid: Grid
}

/** A value far out in an otherwise empty sheet makes rows and columns of nothing in between. */
const MOST_CELLS = 10_000_000

/**
 * The sheets of a workbook. Times come as a spreadsheet shows them (`2026-11-22 14:03:00`), without a zone, which
 * the mapping adds; numbers too long to be told exactly stay the text the file has.
 * @throws {FileUnreadableError}
 */
export async function readXlsx(content: Uint8Array): Promise<Sheet[]> {
  const buffer = Buffer.from(content.buffer, content.byteOffset, content.byteLength)
  const files = await unpack(buffer)
  if (!files.has('xl/workbook.xml'))
    throw new FileUnreadableError({ zh: '这不是 XLSX 表格', en: 'this is no XLSX workbook' })
  const layouts = sheetLayouts(files)
  if (layouts.some(({ width, height }) => width * height > MOST_CELLS))
    throw new FileUnreadableError({
      zh: '表格太大：最后一行或最后一列离数据太远，请删掉多余的行列再传',
      en: 'the table is too large: a value stands far away from the others; delete it and send the file again',
    })
  const sheets = await readWorkbook<number | string>(buffer, { parseNumber: exactNumber }).catch(
    (error: unknown) => {
      const why = error instanceof Error ? error.message : String(error)
      throw new FileUnreadableError({ zh: `工作簿读不出来：${why}`, en: why })
    },
  )
  const byName = new Map(layouts.map(layout => [layout.name, layout]))
  return sheets.map(({ sheet, data }) => toSheet(sheet, data, byName.get(sheet)))
}

function toSheet(
  name: string,
  data: readonly (readonly unknown[])[],
  layout: SheetLayout | undefined,
): Sheet {
  const rows: GridRow[] = []
  for (const [index, cells] of data.entries()) {
    const clean = cells.map(cleanCell)
    const number = index + 1
    if (!clean.every(isBlank))
      rows.push({ number, cells: clean, isHidden: layout?.hiddenRows.has(number) ?? false })
  }
  return { name, isHidden: layout?.isHidden ?? false, grid: { rows, joined: layout?.joined ?? [] } }
}

/** Spreadsheet programs count with 15 digits; what goes beyond is a rest of binary fractions, or was lost. */
const SURE_DIGITS = 15

function exactNumber(text: string): number | string {
  const value = Number(text)
  if (Number.isNaN(value)) return text
  if (Math.abs(value) < 10 ** SURE_DIGITS) return Number(value.toPrecision(SURE_DIGITS))
  return /^-?\d+$/.test(text) ? text : text.replace(/e\+?(?=\d)/i, 'E+')
}
