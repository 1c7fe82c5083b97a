// Unicode blocks a terminal draws two cells wide: CJK, its punctuation, full-width forms, Hangul, emoji.
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u

/** Cells a text takes on a terminal; an East-Asian character takes two. */
export function widthOf(text: string): number {
  let width = 0
  for (const character of text) width += WIDE.test(character) ? 2 : 1
  return width
}

function pad(text: string, width: number, toRight: boolean): string {
  const blank = ' '.repeat(Math.max(0, width - widthOf(text)))
  return toRight ? blank + text : text + blank
}

const isFigure = (cell: string) => /^[-+¥£]?[\d,.]+%?$/.test(cell)

/** Lines of an aligned table. A column of figures is aligned to the right, any other to the left. */
export function tableLines(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = head.map((cell, column) =>
    Math.max(widthOf(cell), ...rows.map(row => widthOf(row[column] ?? ''))),
  )
  const figures = head.map((_, column) => rows.length > 0 && rows.every(row => isFigure(row[column] ?? '')))
  const line = (cells: readonly string[]) =>
    `  ${head.map((_, column) => pad(cells[column] ?? '', widths[column]!, figures[column]!)).join('   ')}`.trimEnd()
  return [line(head), `  ${widths.map(width => '─'.repeat(width)).join('   ')}`, ...rows.map(line)]
}
