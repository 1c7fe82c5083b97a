import { FileUnreadableError } from './document-file.ts'
import { headerOf } from './read-table.ts'
import type { Reading } from './reading.ts'
import type { Sheet } from './xlsx.ts'

/**
 * The sheet that looks most like a list of orders among those people see: the columns of its header decide, then
 * how many rows it has.
 * @throws {FileUnreadableError} where the chosen one is not there, or none is
 */
export function chooseSheet(sheets: readonly Sheet[], reading: Reading): Sheet {
  if (reading.sheet !== undefined) {
    const chosen = sheets.find(({ name }) => name === reading.sheet)
    if (chosen) return chosen
    throw new FileUnreadableError({
      zh: `没有叫「${reading.sheet}」的工作表`,
      en: `there is no sheet called "${reading.sheet}"`,
    })
  }
  const shown = sheets.filter(({ isHidden }) => !isHidden)
  const [best] = (shown.length > 0 ? shown : sheets)
    .map(sheet => ({ sheet, score: headerOf(sheet.grid, reading)?.score ?? -1 }))
    .sort((a, b) => b.score - a.score || b.sheet.grid.rows.length - a.sheet.grid.rows.length)
  if (!best) throw new FileUnreadableError({ zh: '工作簿里没有工作表', en: 'the workbook holds no sheet' })
  return best.sheet
}
