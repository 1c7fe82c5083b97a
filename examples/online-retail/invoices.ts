/** One row of an invoice file. Prices are pence. */
export interface InvoiceRow {
  readonly invoice: string
  readonly sku: string
  readonly quantity: number
  /** `2010-12-01 08:26:00`, clock of the shop. */
  readonly at: string
  readonly unitPence: number
}

const COLUMNS = ['InvoiceNo', 'StockCode', 'Quantity', 'InvoiceDate', 'UnitPrice'] as const

/**
 * Reads an invoice file with a reader of its own, so that the story checks the product against something the
 * product had no hand in.
 * @throws when a column is missing or a figure is none, naming the line
 */
export function readInvoices(text: string): InvoiceRow[] {
  const [head, ...records] = readCsv(text)
  const at = COLUMNS.map(name => {
    const index = head?.indexOf(name) ?? -1
    if (index === -1) throw new Error(`The file has no column ${name}.`)
    return index
  })
  return records.map((record, line) => {
    const [invoice = '', sku = '', quantity = '', date = '', price = ''] = at.map(
      index => record[index] ?? '',
    )
    const row = {
      invoice,
      sku,
      quantity: Number(quantity),
      at: date,
      unitPence: Math.round(Number(price) * 100),
    }
    if (!Number.isInteger(row.quantity) || !Number.isInteger(row.unitPence))
      throw new Error(`Line ${line + 2} has a figure that is none: ${record.join(',')}`)
    return row
  })
}

/** RFC 4180: quotes around a cell, doubled inside it. */
function readCsv(text: string): string[][] {
  const records: string[][] = []
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y
  let record: string[] = []
  cell.lastIndex = text.startsWith('\ufeff') ? 1 : 0
  while (cell.lastIndex < text.length) {
    const from = cell.lastIndex
    const match = cell.exec(text)
    if (!match) throw new Error(`Not a CSV file: see character ${from}.`)
    record.push(match[1] === undefined ? (match[2] ?? '') : match[1].replaceAll('""', '"'))
    if (match[3] === ',') continue
    records.push(record)
    record = []
  }
  return records.filter(each => each.length > 1)
}
