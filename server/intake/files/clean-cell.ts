/** Signs that show nothing: zero-width spaces, marks of direction, a byte-order mark in the middle. */
const UNSEEN = /[\u200b\u200e\u200f\u202a-\u202e\u2060\ufeff]/g
/** Wholly of ASCII and its full-width forms, with at least one full-width letter or digit. */
const FULL_WIDTH = /^(?=.*[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a])[\uff01-\uff5e\u3000\u0020-\u007e]+$/

/**
 * A cell as its reader sees it. Exports protect long ids from spreadsheet programs by a tab, a quote before
 * them, or as a formula (`="6920…"`): none of that is part of the id. Numbers typed in full width become plain ones.
 */
export function cleanCell(cell: unknown): unknown {
  if (cell instanceof Date) return shown(cell)
  if (typeof cell !== 'string') return cell
  let text = cell.replace(UNSEEN, '').trim()
  const formula = /^="([^"]*)"$/.exec(text)
  if (formula) text = formula[1]!.trim()
  if (/^['‘’`]\d/.test(text)) text = text.slice(1)
  return FULL_WIDTH.test(text) ? halfWidth(text) : text
}

/** A clock time without a day is counted from day 0, in 1899. */
const FIRST_YEAR = 1905

function shown(date: Date): string {
  if (Number.isNaN(date.getTime())) return ''
  const [day, clock] = [date.toISOString().slice(0, 10), date.toISOString().slice(11, 19)]
  return date.getUTCFullYear() < FIRST_YEAR ? clock : `${day} ${clock}`
}

/** Letters, digits and signs typed in full width as plain ones. */
export function halfWidth(text: string): string {
  return text.replace(/[\uff01-\uff5e\u3000]/g, sign =>
    sign === '\u3000' ? ' ' : String.fromCharCode(sign.charCodeAt(0) - 0xfee0),
  )
}
