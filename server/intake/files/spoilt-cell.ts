import type { FieldProblem } from '../../world/world.ts'

/** A long number as spreadsheet programs, and programs that hold ids as floats, write it: `1.23457E+17`, `6.92e18`. */
const SCIENTIFIC = /^[+-]?(?:\d\.\d+[eE]\+?\d{1,3}|\d[eE]\+\d{2,3})$/
const LONG_FLOAT = /^\d{16,}\.0+$/
/** A whole number that went through a float, with all its digits left. */
const SHORT_FLOAT = /^\d{6,15}\.0$/
/** Results of formulas that failed, and what a CSV holds of columns too narrow to show. */
const UNSHOWN = /^#(?:N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NUM!|NULL!|SPILL!|CALC!|#{2,})$/
const LONG_INTEGER = /^[1-9]\d{15,39}$/

/** A float that lost nothing, as the whole number it is. */
export function withoutFraction(cell: unknown): unknown {
  return typeof cell === 'string' && SHORT_FLOAT.test(cell) ? cell.slice(0, -2) : cell
}

/** What is wrong with a cell that no longer says what it said; undefined for a sound one. */
export function spoiltCell(cell: unknown, row: number, column: string): FieldProblem | undefined {
  if (typeof cell !== 'string') return undefined
  if (SCIENTIFIC.test(cell) || LONG_FLOAT.test(cell)) return digitsLost(cell, row, column)
  if (UNSHOWN.test(cell))
    return {
      field: column,
      code: 'CELL_NOT_SHOWN',
      message: `第 ${row} 行「${column}」是 ${cell}：公式出错或列太窄，请在表里改好、保存后再传`,
      messageEn: `Row ${row}, "${column}" is ${cell}: a formula failed or the column is too narrow; mend the sheet, save, and send it again`,
    }
  if (cell.includes('\ufffd'))
    return {
      field: column,
      code: 'TEXT_DAMAGED',
      message: `第 ${row} 行「${column}」有认不出的字，请换一种编码再看，或重新导出`,
      messageEn: `Row ${row}, "${column}" has signs nobody can read; try another encoding, or export it again`,
    }
  return undefined
}

export function digitsLost(cell: unknown, row: number, column: string): FieldProblem {
  return {
    field: column,
    code: 'DIGITS_LOST',
    message: `第 ${row} 行「${column}」是 ${cell}：Excel 把它当成数字，后面几位已经丢了。请把这一列设为「文本」格式，从平台或原表重新导出再传`,
    messageEn: `Row ${row}, "${column}" is ${cell}: a spreadsheet program took it for a number and lost its last digits. Make the column a text, export it again from where it came, and send that`,
  }
}

/** One column in a thousand has ids that end like this by themselves. */
const SURE_ZEROS = 3

/**
 * Whether the long whole numbers of a column went through floats, or through a spreadsheet program that counts with
 * 15 digits: then all of them are what a float prints, and end in more zeros than chance gives.
 */
export function lostTheirEnds(cells: readonly unknown[]): boolean {
  let zeros = 0
  for (const cell of cells) {
    const text = String(cell ?? '')
    if (!LONG_INTEGER.test(text)) continue
    const [digits = ''] = Number(text).toExponential().replace('.', '').split('e')
    if (digits.padEnd(text.length, '0') !== text) return false
    zeros += text.length - text.replace(/0+$/, '').length
  }
  return zeros >= SURE_ZEROS
}

export const isLongInteger = (cell: unknown): boolean => LONG_INTEGER.test(String(cell ?? ''))
