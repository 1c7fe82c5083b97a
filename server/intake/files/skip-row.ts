import type { SkippedRow } from './file-form.ts'
import { filledCells, type GridRow, isBlank } from './grid.ts'
import type { Reading } from './reading.ts'

const TOTAL =
  /^(?:本页|本日|今日|本单|以上)?(?:合计|总计|小计|共计|总数|汇总|总额|total|sum)\s*[:：]?\s*(?:[\d.,]+\s*[单件份元]?)?$/i
/** What people write under a list: 「以上共 35 单」「备注：请今天发出」. Alone in its row, where orders fill several cells. */
const NOTE = /^(?:以上|注[:：]|备注[:：]|说明[:：]|共\s*\d|制表|填表)/
const FEWEST_COLUMNS = 3

/** Why a row below the header is no part of an order; undefined where it is. */
export function skipReason(
  row: GridRow,
  headerRows: readonly GridRow[],
  reading: Reading,
): SkippedRow['why'] | undefined {
  if (row.isHidden && !reading.hiddenRows) return 'hidden'
  const filled = filledCells(row)
  const [first] = filled
  if (typeof first === 'string' && TOTAL.test(first)) return 'total'
  const isAlone = filled.length === 1 && headerRows.some(each => filledCells(each).length >= FEWEST_COLUMNS)
  if (isAlone && typeof first === 'string' && NOTE.test(first)) return 'note'
  const same = headerRows.some(
    ({ cells }) =>
      filled.length > 1 &&
      filled.length === filledCells({ cells }).length &&
      cells.every((cell, column) =>
        isBlank(cell) ? isBlank(row.cells[column]) : cell === row.cells[column],
      ),
  )
  return same ? 'header' : undefined
}
