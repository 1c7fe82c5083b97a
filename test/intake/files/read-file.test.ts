import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import writeXlsxFile from 'write-excel-file/node'
import { fileKindOf, readOrderFile } from '../../../server/intake/files/read-file.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const documentsOf = async (...args: Parameters<typeof readOrderFile>) =>
  (await readOrderFile(...args)).documents.map(each => each.document)

/** `订单号,姓名\nA1,张三` in GBK, byte by byte. */
const GBK = Uint8Array.from([
  0xb6, 0xa9, 0xb5, 0xa5, 0xba, 0xc5, 0x2c, 0xd0, 0xd5, 0xc3, 0xfb, 0x0a, 0x41, 0x31, 0x2c, 0xd5, 0xc5, 0xc8,
  0xfd,
])

describe('order files', () => {
  it('are told apart by their names', () => {
    expect(fileKindOf('订单.CSV')).toBe('csv')
    expect(fileKindOf('a.b.xlsx')).toBe('xlsx')
    expect(fileKindOf('a.jsonl')).toBe('ndjson')
    expect(fileKindOf('a.xls')).toBeUndefined()
    expect(fileKindOf('csv')).toBeUndefined()
  })

  it('read a CSV with byte-order mark, quotes, line breaks in cells and an empty line', async () => {
    const text = '\ufeff订单号,备注\r\nA1,"两行\n""引号"""\r\n\r\nA2,\r\n'
    expect(await documentsOf(bytes(text), 'csv', undefined)).toEqual([
      { 订单号: 'A1', 备注: '两行\n"引号"' },
      { 订单号: 'A2', 备注: '' },
    ])
  })

  it('recognise GBK, semicolons and tabs', async () => {
    expect(await documentsOf(GBK, 'csv', undefined)).toEqual([{ 订单号: 'A1', 姓名: '张三' }])
    expect(await documentsOf(bytes('id;price\n1;"2,50"'), 'csv', undefined)).toEqual([
      { id: '1', price: '2,50' },
    ])
    expect(await documentsOf(bytes('id\tnote\n1\ta,b,c'), 'csv', undefined)).toEqual([
      { id: '1', note: 'a,b,c' },
    ])
  })

  it('refuse bytes that are no text', async () => {
    await expect(readOrderFile(Uint8Array.from([0x80, 0xff, 0x00, 0xff]), 'csv', undefined)).rejects.toThrow(
      /GBK/,
    )
  })

  it('gather the rows of one order wherever they stand, and keep the row numbers people see', async () => {
    const text = 'no,sku\nA1,X\nA2,Y\nA1,Z\n,lost\n,too'
    const { documents, rows } = await readOrderFile(bytes(text), 'csv', 'no')
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
    const [row] = await documentsOf(bytes('id,备注,备注,__proto__,constructor\n1,a,b,c,d'), 'csv', undefined)
    expect(Object.entries(row as object)).toEqual([
      ['id', '1'],
      ['备注', 'a'],
      ['备注 2', 'b'],
      ['__proto__', 'c'],
      ['constructor', 'd'],
    ])
  })

  it('read the first sheet of an XLSX: times as shown, long ids whole', async () => {
    const sheet = [
      [{ value: '订单号' }, { value: '数量' }, { value: '下单时间' }],
      [
        { value: '6920212345678901234', type: String },
        { value: 3, type: Number },
        { value: new Date(Date.UTC(2026, 10, 22, 14, 3, 0)), type: Date, format: 'yyyy-mm-dd hh:mm:ss' },
      ],
    ]
    const file = await writeXlsxFile(sheet as never).toBuffer()
    expect(await documentsOf(file, 'xlsx', undefined)).toEqual([
      { 订单号: '6920212345678901234', 数量: 3, 下单时间: '2026-11-22 14:03:00' },
    ])
  })

  it('say so when an XLSX is none', async () => {
    await expect(readOrderFile(bytes('PK not really'), 'xlsx', undefined)).rejects.toThrow()
    await expect(readOrderFile(bytes(''), 'xlsx', undefined)).rejects.toThrow()
  })

  it('read JSON lists and single orders, long integers whole', async () => {
    expect(await documentsOf(bytes('[{"id":6920212345678901234},{"id":2}]'), 'json', undefined)).toEqual([
      { id: '6920212345678901234' },
      { id: 2 },
    ])
    expect(await documentsOf(bytes('\ufeff{"id":1}'), 'json', undefined)).toEqual([{ id: 1 }])
    await expect(readOrderFile(bytes('{"id":'), 'json', undefined)).rejects.toThrow()
  })

  it('tell of broken NDJSON lines by their number and keep the others', async () => {
    const { documents, broken } = await readOrderFile(
      bytes('{"id":1}\nnope\n\n{"id":2}'),
      'ndjson',
      undefined,
    )
    expect(documents).toEqual([
      { rows: [1], document: { id: 1 } },
      { rows: [3], document: { id: 2 } },
    ])
    expect(broken).toMatchObject([{ rows: [2], text: 'nope' }])
  })
})

const invoices = '../shared/data/online-retail/2010-12-01.csv'

describe.skipIf(!existsSync(invoices))('a day of real invoices (skipped where the data is absent)', () => {
  it('becomes one document per invoice', async () => {
    const { documents, rows } = await readOrderFile(readFileSync(invoices), 'csv', 'InvoiceNo')
    expect(rows).toBeGreaterThan(3_000)
    const first = documents[0]!.document as { InvoiceNo: string; rows: object[] }
    expect(first.InvoiceNo).toBe('536365')
    expect(first.rows).toHaveLength(7)
    expect(documents.reduce((sum, each) => sum + each.rows.length, 0)).toBe(rows)
  })
})
