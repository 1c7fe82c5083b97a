import { describe, expect, it } from 'vitest'
import writeXlsxFile from 'write-excel-file/node'
import { readOrderFile } from '../../../server/intake/files/read-file.ts'
import type { Reading } from '../../../server/intake/files/reading.ts'
import { reading } from './file-room.ts'
import { rawRow, rawWorkbook, zip } from './raw-workbook.ts'

type Cell =
  | string
  | number
  | Date
  | null
  | { readonly value: string | number; readonly [key: string]: unknown }

const sheetOf = (rows: readonly (readonly Cell[])[]) =>
  rows.map(row =>
    row.map(cell => {
      if (cell instanceof Date) return { value: cell, type: Date, format: 'yyyy-mm-dd hh:mm:ss' }
      return typeof cell === 'object' ? cell : { value: cell }
    }),
  )
const written = async (rows: readonly (readonly Cell[])[]) => {
  const file: unknown = await writeXlsxFile(sheetOf(rows) as never).toBuffer()
  return file as Buffer
}
const read = (file: Uint8Array, connection = {}, over: Partial<Reading> = {}) =>
  readOrderFile(file, 'a.xlsx', reading(connection, over))
const valuesOf = async (...args: Parameters<typeof read>) =>
  (await read(...args)).documents.map(({ document }) => document)

const over = (value: string, columnSpan: number) => ({ value, columnSpan })
const down = (value: string | number, rowSpan: number) => ({ value, rowSpan })

describe('an XLSX', () => {
  it('is read with times as shown and ids digit for digit', async () => {
    const file = await written([
      ['订单号', '数量', '下单时间'],
      ['6920212345678901234', 3, new Date(Date.UTC(2026, 10, 22, 14, 3, 0))],
    ])
    expect(await valuesOf(file)).toEqual([
      { 订单号: '6920212345678901234', 数量: 3, 下单时间: '2026-11-22 14:03:00' },
    ])
  })

  it('is read whatever it is called', async () => {
    const file = await written([['订单号'], ['A1']])
    for (const name of ['a.xls', 'a.csv'])
      expect((await readOrderFile(file, name, reading())).form.kind).toBe('xlsx')
  })

  it('is read below a merged title, with a header of two rows and cells joined downward', async () => {
    const file = await written([
      [over('11月22日团购接龙', 6), null, null, null, null, null],
      [down('订单号', 2), over('收件信息', 2), null, down('商品', 2), down('数量', 2), down('实付金额', 2)],
      [null, '姓名', '电话', null, null, null],
      [down('A1', 2), down('张三', 2), down(13_800_138_000, 2), '牛奶', 2, down(59.9, 2)],
      [null, null, null, '面包', 1, null],
      ['A2', '李四', 13_900_139_000, '牛奶', 1, 29.95],
      ['合计', null, null, null, 4, 89.85],
    ])
    const { documents, form } = await read(file, { groupRowsBy: '订单号' })
    expect(form).toMatchObject({
      header: [2, 3],
      title: '11月22日团购接龙',
      skipped: [{ row: 7, why: 'total' }],
    })
    expect(documents.map(({ rows }) => rows)).toEqual([[4, 5], [6]])
    expect(documents[0]!.document).toMatchObject({
      订单号: 'A1',
      姓名: '张三',
      电话: 13_800_138_000,
      日期: '2026-11-22 00:00:00',
      rows: [
        { 商品: '牛奶', 数量: 2, 实付金额: 59.9 },
        { 商品: '面包', 数量: 1, 实付金额: '', 姓名: '张三' },
      ],
    })
  })

  it('keeps numbers as a spreadsheet counts them, with 15 digits, and longer whole ones as they stand', async () => {
    const rows = ['0.30000000000000004', '59.699999999999996', '6920212345678901234', '13800138000', '-0.5']
    const file = rawWorkbook({
      name: 'a',
      rows: rawRow(1, ['订单号', '数']) + rows.map((n, at) => rawRow(at + 2, [`A${at}`, { n }])).join(''),
    })
    expect((await valuesOf(file)).map(row => (row as Record<string, unknown>).数)).toEqual([
      0.3,
      59.7,
      '6920212345678901234',
      13_800_138_000,
      -0.5,
    ])
  })

  it.each(['1.2345678901234568E+17', '6.9202123456789E18', '1E+16'])(
    'refuses the order whose number became %s',
    async n => {
      const file = rawWorkbook({
        name: 'a',
        rows: rawRow(1, ['订单号', '收货人']) + rawRow(2, ['A1', '张三']) + rawRow(3, [{ n }, '李四']),
      })
      const { documents, broken } = await read(file)
      expect(documents).toHaveLength(1)
      expect(broken).toMatchObject([{ rows: [3], problems: [{ code: 'DIGITS_LOST', field: '订单号' }] }])
    },
  )

  it('refuses a column of numbers that programs wrote through floats', async () => {
    const ids = [1, 2, 3].map(last => String(Number(`692021234567890123${last}`)))
    const file = rawWorkbook({
      name: 'a',
      rows: rawRow(1, ['订单号', 'x']) + ids.map((n, at) => rawRow(at + 2, [{ n }, 'y'])).join(''),
    })
    expect((await read(file)).broken).toHaveLength(3)
  })

  it('reads days without a date format in columns of time', async () => {
    const file = rawWorkbook({
      name: 'a',
      rows: rawRow(1, ['订单号', '下单时间']) + rawRow(2, ['A1', { n: '46348.4375' }]),
    })
    expect(await valuesOf(file)).toEqual([{ 订单号: 'A1', 下单时间: '2026-11-22 10:30:00' }])
  })

  it('keeps the row numbers people see, with rows missing in between', async () => {
    const file = rawWorkbook({
      name: 'a',
      rows: rawRow(3, ['订单号', '收货人']) + rawRow(9, ['A1', '张三']),
    })
    const { documents, form } = await read(file)
    expect(form.header).toEqual([3])
    expect(documents).toMatchObject([{ rows: [9] }])
  })
})

describe('a workbook of several sheets', () => {
  const orders = (id: string) => rawRow(1, ['订单号', '收货人', '电话']) + rawRow(2, [id, '张三', '1'])
  const notes = rawRow(1, ['填写说明']) + rawRow(2, ['请勿修改表头']) + rawRow(3, ['x'])

  it('is read where it looks like orders, among the sheets people see', async () => {
    const file = rawWorkbook(
      { name: '说明', rows: notes },
      { name: '旧订单', state: 'hidden', rows: orders('OLD') },
      { name: '11月&amp;22日', rows: orders('NEW') },
    )
    const { form, documents } = await read(file)
    expect(form.sheet).toBe('11月&22日')
    expect(form.sheets).toEqual([
      { name: '说明', isHidden: false, rows: 3 },
      { name: '旧订单', isHidden: true, rows: 2 },
      { name: '11月&22日', isHidden: false, rows: 2 },
    ])
    expect(documents).toMatchObject([{ document: { 订单号: 'NEW' } }])
  })

  it('is read where a person says, and says so where there is no such sheet', async () => {
    const file = rawWorkbook(
      { name: 'a', rows: orders('A') },
      { name: 'b', state: 'veryHidden', rows: orders('B') },
    )
    expect(await valuesOf(file, {}, { sheet: 'b' })).toMatchObject([{ 订单号: 'B' }])
    await expect(read(file, {}, { sheet: 'c' })).rejects.toThrow(/没有叫「c」的工作表/)
  })
})

describe('hidden rows', () => {
  const file = rawWorkbook({
    name: 'a',
    rows:
      rawRow(1, ['订单号', '收货人']) +
      rawRow(2, ['A1', '张三']) +
      rawRow(3, ['A2', '李四'], ' hidden="1"') +
      rawRow(4, ['A3', '王五']),
  })

  it('are left out and told of, as those who sent the file did not see them', async () => {
    const { documents, form } = await read(file)
    expect(documents.map(({ rows }) => rows)).toEqual([[2], [4]])
    expect(form.skipped).toEqual([{ row: 3, why: 'hidden' }])
  })

  it('are read where a person says so', async () => {
    expect(await valuesOf(file, {}, { hiddenRows: true })).toHaveLength(3)
  })
})

describe('a hostile workbook', () => {
  it('is refused where it says that it unpacks to more than there is room for', async () => {
    const file = zip({ 'xl/workbook.xml': 'x', 'xl/a.xml': 'y' }, 200 * 1024 * 1024)
    await expect(read(file)).rejects.toThrow(/解压后过大/)
  })

  it('is refused where it unpacks to more than it says', async () => {
    await expect(read(zip({ 'xl/workbook.xml': 'x'.repeat(100_000) }, 10))).rejects.toThrow(/损坏/)
  })

  it('is refused where one value stands at the end of the world', async () => {
    const file = rawWorkbook({
      name: 'a',
      rows: `${rawRow(1, ['订单号'])}<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>`,
    })
    await expect(read(file)).rejects.toThrow(/太大/)
  })

  it('is refused where it holds no sheet, or is another kind of zip', async () => {
    await expect(read(rawWorkbook())).rejects.toThrow()
    await expect(read(zip({ 'word/document.xml': '<w/>' }))).rejects.toThrow(/不是 XLSX/)
    await expect(read(Buffer.from('PK\x03\x04PK\x05\x06'))).rejects.toThrow(/损坏/)
  })
})
