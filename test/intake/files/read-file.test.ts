import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { fileKindOf, mayHoldOrders } from '../../../server/intake/files/file-kind.ts'
import { readOrderFile } from '../../../server/intake/files/read-file.ts'
import { bytes, documentsOf, reading, readText } from './file-room.ts'

const OLD_EXCEL = Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0, 0, 0])
const LOCKED = Buffer.concat([OLD_EXCEL, Buffer.from('EncryptedPackage', 'utf16le')])
const TABLE = bytes('id,name\n1,a')

describe('order files', () => {
  it('are picked by their names and told apart by their content', () => {
    expect(['订单.CSV', 'a.b.xlsx', 'a.xls', 'a.jsonl'].map(mayHoldOrders)).toEqual([true, true, true, true])
    expect(['csv', 'a.pdf', 'a.xlsx.tmp'].map(mayHoldOrders)).toEqual([false, false, false])
    expect(fileKindOf('a.jsonl', TABLE)).toBe('ndjson')
    expect(['a.xls', 'a.xlsx', 'a.csv'].map(name => fileKindOf(name, TABLE))).toEqual(['csv', 'csv', 'csv'])
    expect(fileKindOf('a.csv', bytes('PK\x03\x04'))).toBe('xlsx')
  })

  it.each([
    ['an old Excel file', 'a.xls', OLD_EXCEL, /旧版 Excel/],
    ['an old Excel file that was renamed', 'a.xlsx', OLD_EXCEL, /另存为 \.xlsx/],
    ['a workbook with a password', 'a.xlsx', LOCKED, /密码/],
    ['a web page called a table', 'a.xls', bytes('\ufeff\n<html><table></table>'), /网页/],
    ['a picture', 'a.csv', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0]), /不是表格/],
    ['a text that is no table', 'a.xlsx', bytes('not a workbook'), /XLSX/],
    ['an empty workbook file', 'a.xlsx', bytes(''), /XLSX/],
    ['a cut-off workbook', 'a.xlsx', bytes('PK\x03\x04 cut off'), /损坏/],
    ['bytes that are no text', 'a.csv', Uint8Array.from([0x80, 0xff, 0x00, 0xff]), /GBK/],
    ['broken JSON', 'a.json', bytes('{"id":'), /JSON/],
  ])('refuse %s and say what to do', async (_, name, content, words) => {
    await expect(readOrderFile(content, name, reading())).rejects.toThrow(words)
  })

  it('read a CSV with byte-order mark, quotes, line breaks in cells and an empty line', async () => {
    expect(await documentsOf('\ufeff订单号,备注\r\nA1,"两行\n""引号"""\r\n\r\nA2,\r\n')).toEqual([
      { 订单号: 'A1', 备注: '两行\n"引号"' },
      { 订单号: 'A2', 备注: '' },
    ])
  })

  it('gather the rows of one order wherever they stand, and keep the row numbers people see', async () => {
    const { documents, rows } = await readText('no,sku\nA1,X\nA2,Y\nA1,Z\n,lost\n,too', { groupRowsBy: 'no' })
    expect(rows).toBe(5)
    expect(documents).toEqual([
      {
        rows: [2, 4],
        document: {
          no: 'A1',
          sku: 'X',
          rows: [
            { no: 'A1', sku: 'X' },
            { no: 'A1', sku: 'Z' },
          ],
        },
      },
      { rows: [3], document: { no: 'A2', sku: 'Y', rows: [{ no: 'A2', sku: 'Y' }] } },
      { rows: [5], document: { no: '', sku: 'lost', rows: [{ no: '', sku: 'lost' }] } },
      { rows: [6], document: { no: '', sku: 'too', rows: [{ no: '', sku: 'too' }] } },
    ])
  })

  it('keep columns apart that have the same name, and columns named like object internals harmless', async () => {
    const [row] = await documentsOf('id,备注,备注,__proto__,constructor\n1,a,b,c,d')
    expect(Object.entries(row as object)).toEqual([
      ['id', '1'],
      ['备注', 'a'],
      ['备注 2', 'b'],
      ['__proto__', 'c'],
      ['constructor', 'd'],
    ])
  })

  it('read JSON lists and single orders, long integers whole', async () => {
    const json = (text: string) => documentsOf(text, {}, {}, 'a.json')
    expect(await json('[{"id":6920212345678901234},{"id":2}]')).toEqual([
      { id: '6920212345678901234' },
      { id: 2 },
    ])
    expect(await json('\ufeff{"id":1}')).toEqual([{ id: 1 }])
  })

  it('tell of broken NDJSON lines by their number and keep the others', async () => {
    const { documents, broken } = await readText('{"id":1}\nnope\n\n{"id":2}', {}, {}, 'a.ndjson')
    expect(documents).toEqual([
      { rows: [1], document: { id: 1 } },
      { rows: [3], document: { id: 2 } },
    ])
    expect(broken).toMatchObject([{ rows: [2], text: 'nope', problems: [{ code: 'NOT_JSON' }] }])
  })
})

const invoices = '../shared/data/online-retail/2010-12-01.csv'

describe.skipIf(!existsSync(invoices))('a day of real invoices (skipped where the data is absent)', () => {
  it('becomes one document per invoice', async () => {
    const way = reading({ groupRowsBy: 'InvoiceNo', identity: { orderId: ['InvoiceNo'] } })
    const { documents, rows } = await readOrderFile(readFileSync(invoices), 'day.csv', way)
    expect(rows).toBeGreaterThan(3_000)
    const first = documents[0]!.document as { InvoiceNo: string; rows: object[] }
    expect(first.InvoiceNo).toBe('536365')
    expect(first.rows).toHaveLength(7)
    expect(documents.reduce((sum, each) => sum + each.rows.length, 0)).toBe(rows)
  })
})
