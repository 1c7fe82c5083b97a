import { columnLetters, type JoinedCells } from './grid.ts'

/** What a workbook says of its sheets beside their values. */
export interface SheetLayout {
  readonly name: string
  readonly isHidden: boolean
  readonly hiddenRows: ReadonlySet<number>
  readonly joined: readonly JoinedCells[]
  /** Rows and columns up to the last with a value. */
  readonly height: number
  readonly width: number
}

/** Sheets have 16,384 columns at most: XFD. */
const WIDEST = 16_384
const COLUMNS = new Map(Array.from({ length: WIDEST }, (_, index) => [columnLetters(index), index]))

/** Layouts of all sheets in their order (ECMA-376 part 1, 18.2.19, 18.3.1.55, 18.3.1.73). */
export function sheetLayouts(files: ReadonlyMap<string, Buffer>): SheetLayout[] {
  const places = new Map<string, string>()
  for (const tag of tagsOf(textOf(files, 'xl/_rels/workbook.xml.rels'), 'Relationship')) {
    const target = attribute(tag, 'Target') ?? ''
    places.set(attribute(tag, 'Id') ?? '', target.startsWith('/') ? target.slice(1) : `xl/${target}`)
  }
  return tagsOf(textOf(files, 'xl/workbook.xml'), 'sheet').map(tag => {
    const sheet = textOf(files, places.get(attribute(tag, '(?:\\w+:)?id') ?? '') ?? '')
    return {
      name: plainText(attribute(tag, 'name') ?? ''),
      isHidden: /hidden/i.test(attribute(tag, 'state') ?? ''),
      hiddenRows: hiddenRows(sheet),
      joined: tagsOf(sheet, 'mergeCell').flatMap(cells => joinedCells(attribute(cells, 'ref') ?? '')),
      ...extentOf(sheet),
    }
  })
}

function hiddenRows(sheet: string): ReadonlySet<number> {
  const hidden = new Set<number>()
  let last = 0
  for (const tag of tagsOf(sheet, 'row')) {
    last = Number(attribute(tag, 'r') ?? last + 1)
    if (/^(?:1|true)$/.test(attribute(tag, 'hidden') ?? '')) hidden.add(last)
  }
  return hidden
}

function joinedCells(reference: string): JoinedCells[] {
  const [from, to] = reference.split(':').map(placeOf)
  if (!from || !to) return []
  return [{ fromRow: from.row, toRow: to.row, fromColumn: from.column, toColumn: to.column }]
}

function placeOf(cell: string): { row: number; column: number } | undefined {
  const [, letters = '', row] = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/.exec(cell) ?? []
  const column = COLUMNS.get(letters)
  return column === undefined ? undefined : { row: Number(row), column }
}

/** A cell with a value: those closed at once have a form and nothing else. */
const CELL = /<(?:\w{1,20}:)?c\s(?:[^<>]*\s)?r=["']([A-Z]{1,3})(\d{1,7})["'](?:[^<>]*[^<>/])?>/g

function extentOf(sheet: string): { height: number; width: number } {
  let height = 0
  let width = 0
  for (const [, letters = '', row] of sheet.matchAll(CELL)) {
    height = Math.max(height, Number(row))
    width = Math.max(width, (COLUMNS.get(letters) ?? WIDEST - 1) + 1)
  }
  return { height, width }
}

const textOf = (files: ReadonlyMap<string, Buffer>, name: string) => files.get(name)?.toString('utf8') ?? ''

/** The insides of the opening tags of a name: `row r="1" hidden="1"`. */
function tagsOf(xml: string, name: string): string[] {
  return Array.from(
    xml.matchAll(new RegExp(`<((?:\\w{1,20}:)?${name}(?:\\s[^<>]*|/)?)>`, 'g')),
    ([, tag]) => tag!,
  )
}

function attribute(tag: string, name: string): string | undefined {
  const [, double, single] = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(tag) ?? []
  return double ?? single
}

const SIGNS: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function plainText(text: string): string {
  return text.replace(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|(\w{2,4}));/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) return SIGNS[name] ?? whole
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
    return code <= 0x10ffff ? String.fromCodePoint(code) : ''
  })
}
