import { describe, expect, it } from 'vitest'
import { readOrderFile } from '../../../server/intake/files/read-file.ts'
import { bytes, documentsOf, reading, readText } from './file-room.ts'

const headerOf = async (text: string, over = {}) => {
  const { form } = await readText(text, {}, over)
  return { header: form.header, columns: form.columns }
}

describe('the header of a table', () => {
  it.each([
    ['in the first row', '订单号,收货人\nA1,张三', [1], ['订单号', '收货人']],
    ['below a title', '11月接龙\n\n订单号,收货人\nA1,张三', [3], ['订单号', '收货人']],
    [
      'below a title with separators',
      '接龙,,\n订单号,收货人,电话\nA1,张三,13800138000',
      [2],
      ['订单号', '收货人', '电话'],
    ],
    [
      'below notes',
      '请勿改表头,,\n店铺:阳光,日期:今天,\n订单号,收货人,电话\nA,张,1',
      [3],
      ['订单号', '收货人', '电话'],
    ],
    ['in a row of names nobody knows', 'x,y,z\n1,2,3', [1], ['x', 'y', 'z']],
    ['of a single column', '订单号\nA1', [1], ['订单号']],
    [
      'with stars and line breaks in its names',
      '*订单号,"收货人\n(必填)"\nA1,张三',
      [1],
      ['*订单号', '收货人 (必填)'],
    ],
    [
      'in two rows',
      '订单号,收件信息,,\n,姓名,电话,地址\nA,张,1,杭',
      [1, 2],
      ['订单号', '姓名', '电话', '地址'],
    ],
    [
      'in two rows below a title',
      '接龙,,,\n订单号,收件信息,,数量\n,姓名,电话,\nA,张,1,2',
      [2, 3],
      ['订单号', '姓名', '电话', '数量'],
    ],
    [
      'in two rows, with a heading over one name',
      '订单信息,,收件信息,,备注信息\n订单号,数量,姓名,电话,备注\nA,1,张,1,x',
      [1, 2],
      ['订单号', '数量', '姓名', '电话', '备注'],
    ],
    [
      'below a line of facts',
      '店铺：阳光,,,打印：小王\n订单号,收货人,电话,地址\nA,张,1,杭',
      [2],
      ['订单号', '收货人', '电话', '地址'],
    ],
  ] as const)('is found %s', async (_, text, header, columns) => {
    expect(await headerOf(text)).toEqual({ header, columns })
  })

  it('tells names apart that stand under two headings', async () => {
    const text = '订单号,收件人信息,,寄件人信息,\n,姓名,电话,姓名,电话\nA,张,1,李,2'
    expect((await headerOf(text)).columns).toEqual([
      '订单号',
      '收件人 姓名',
      '收件人 电话',
      '寄件人 姓名',
      '寄件人 电话',
    ])
  })

  it('is not a row of data that happens to have gaps', async () => {
    expect(await documentsOf('订单号,,商品\nA1,x,苹果')).toEqual([{ 订单号: 'A1', 商品: '苹果' }])
    expect(await documentsOf('订单号,备注,\nA1,,张三')).toHaveLength(1)
  })

  it('is the row with the columns the connection reads, where others look as good', async () => {
    const text = '商品,数量,金额\n合作方单号,称呼,货\nZ1,张三,牛奶'
    const connection = {
      identity: { orderId: ['合作方单号'] },
      mapping: { fields: [{ to: 'x', from: '称呼' }] },
    }
    expect((await readText(text, connection)).form.header).toEqual([2])
  })

  it('is the row a person chooses, and no other will do', async () => {
    const text = '店铺,平台\n订单号,收货人\nA1,张三'
    expect((await headerOf(text, { header: 1 })).columns).toEqual(['店铺', '平台'])
    await expect(readText(text, {}, { header: 7 })).rejects.toThrow(/第 7 行/)
  })
})

describe('the rows of a table', () => {
  it('leave out empty ones, totals and repeated headers, and say which', async () => {
    const text = '订单号,收货人,数量\nA1,张三,1\n,,\n小计：1单,,1\n订单号,收货人,数量\nA2,李四,2\n合计,,3'
    const { documents, form } = await readText(text)
    expect(documents.map(({ rows }) => rows)).toEqual([[2], [6]])
    expect(form.skipped).toEqual([
      { row: 4, why: 'total' },
      { row: 5, why: 'header' },
      { row: 7, why: 'total' },
    ])
  })

  it('leave out what people write under a list', async () => {
    const text = '订单号,收货人,数量\nA1,张三,1\n以上共 1 单,,\n备注：请今天发出,,'
    const { documents, form } = await readText(text)
    expect(documents).toHaveLength(1)
    expect(form.skipped).toEqual([
      { row: 3, why: 'note' },
      { row: 4, why: 'note' },
    ])
  })

  it('are refused together where a quote is never closed, by the row it is in', async () => {
    await expect(readText('订单号,收货人\nA1,张三\nA2,"李四\nA3,王五')).rejects.toThrow(/第 3 行.*双引号/)
  })

  it('do not take a buyer or a product for a total', async () => {
    expect(await documentsOf('订单号,收货人\nA1,合计\nA2,总计有限公司')).toHaveLength(2)
  })

  it('name columns that hold values and have no name', async () => {
    expect((await readText('订单号,,收货人,\nA1,x,张三,\nA2,,李四,')).form.unnamed).toEqual(['B'])
  })

  it('get the day of the title where no column has a time', async () => {
    const [row] = await documentsOf('11月22日阳光团购接龙,\n订单号,收货人\nA1,张三')
    expect(row).toEqual({ 订单号: 'A1', 收货人: '张三', 日期: '2026-11-22 00:00:00' })
    const { form } = await readText('11月22日接龙\n订单号,收货人\nA1,张三,无名')
    expect(form).toMatchObject({ columns: ['订单号', '收货人', '日期'], unnamed: ['C'] })
    const [timed] = await documentsOf('11月22日接龙,\n订单号,下单时间\nA1,11月21日 9:05')
    expect(timed).toEqual({ 订单号: 'A1', 下单时间: '2026-11-21 09:05:00' })
  })

  const grouped = (text: string) => readText(text, { groupRowsBy: '订单号' })

  it('go on with the order above where they say neither number nor receiver', async () => {
    const text = '订单号,收货人,商品\nA1,张三,苹果\n,,梨\n,,枣\nA2,李四,桃'
    expect((await grouped(text)).documents.map(({ rows }) => rows)).toEqual([[2, 3, 4], [5]])
  })

  it('stay alone where they have a receiver of their own, or nothing stands above', async () => {
    const text = '订单号,收货人,商品\n,,枣\nA1,张三,苹果\n,王五,梨\n,,桃'
    expect((await grouped(text)).documents.map(({ rows }) => rows)).toEqual([[2], [3], [4], [5]])
  })

  it('are 20,000 without ado', async () => {
    const lines = Array.from({ length: 20_000 }, (_, index) => `${10n ** 18n + BigInt(index)},张三${index},1`)
    const { documents } = await readText(`订单号,收货人,数量\n${lines.join('\n')}`)
    expect(documents).toHaveLength(20_000)
    expect(documents.at(-1)).toMatchObject({ rows: [20_001], document: { 订单号: '1000000000000019999' } })
  })
})

describe('cells', () => {
  const cell = async (text: string, column = '订单号') => {
    const [row] = await documentsOf(`${column},收货人\n"${text.replaceAll('"', '""')}",张三`)
    return (row as Record<string, unknown> | undefined)?.[column]
  }

  it.each([
    ['\t6920212345678901234\t', '6920212345678901234'],
    ['="6920212345678901234"', '6920212345678901234'],
    ["'6920212345678901234", '6920212345678901234'],
    ['\u200b\ufeffA1\u00a0', 'A1'],
    ['１３８００１３８０００', '13800138000'],
    ['ＡＢ－１２', 'AB-12'],
    ['5号楼１２０３室', '5号楼１２０３室'],
    ['13800138000.0', '13800138000'],
    ['00012', '00012'],
    ['1E5', '1E5'],
  ])('%j are read as %j', async (written, read) => {
    expect(await cell(written)).toBe(read)
  })

  it.each([
    ['11月22日 10:30', '2026-11-22 10:30:00'],
    ['11月22日', '2026-11-22 00:00:00'],
    ['12月31日 23:59', '2026-12-31 23:59:00'],
    ['3月1日 8:05:09', '2026-03-01 08:05:09'],
    ['2月29日', '2024-02-29 00:00:00'],
    ['11/22 10:30', '2026-11-22 10:30:00'],
    ['11-22 10:30', '2026-11-22 10:30:00'],
    ['2026年11月22日 下午2点30分', '2026-11-22 14:30:00'],
    ['2026/11/22 上午 12:05', '2026-11-22 00:05:00'],
    ['2026年11月22日', '2026-11-22 00:00:00'],
    ['１１月２２日 １０：３０', '2026-11-22 10:30:00'],
    ['46348.4375', '2026-11-22 10:30:00'],
    ['46348', '2026-11-22 00:00:00'],
    ['2026/11/22 10:30', '2026/11/22 10:30'],
    ['2026-11-22T10:30:00Z', '2026-11-22T10:30:00Z'],
    ['9-12', '9-12'],
    ['13月40日', '13月40日'],
    ['11月31日', '11月31日'],
    ['昨天', '昨天'],
    ['12345678', '12345678'],
  ])('of a time column: %j are read as %j', async (written, read) => {
    expect(await cell(written, '下单时间')).toBe(read)
  })

  it('that look like days are left alone in other columns', async () => {
    expect(await cell('46348', '订单号')).toBe('46348')
    expect(await cell('11月22日', '备注')).toBe('11月22日')
  })

  it('without a year are of the nearest year, and of the coming one for promised days', async () => {
    const way = reading({}, { now: new Date('2026-12-20T04:00:00Z') })
    const { documents } = await readOrderFile(bytes('订单号,送货日期\nA,1月5日\nB,6月5日'), 'a.csv', way)
    expect(documents.map(({ document }) => (document as Record<string, unknown>).送货日期)).toEqual([
      '2027-01-05 00:00:00',
      '2026-06-05 00:00:00',
    ])
  })
})

describe('spoilt cells', () => {
  it.each([
    ['1.23457E+17', 'DIGITS_LOST'],
    ['6.92E+18', 'DIGITS_LOST'],
    ['6.920212345678901e+18', 'DIGITS_LOST'],
    ['1E+15', 'DIGITS_LOST'],
    ['6920212345678901234.0', 'DIGITS_LOST'],
    ['6920212345678900000', 'DIGITS_LOST'],
    ['#N/A', 'CELL_NOT_SHOWN'],
    ['########', 'CELL_NOT_SHOWN'],
  ])('%s are refused by row and column, never guessed', async (written, code) => {
    const { documents, broken } = await readText(`订单号,收货人\nA1,张三\n${written},李四`)
    expect(documents).toHaveLength(1)
    expect(broken).toMatchObject([{ rows: [3], problems: [{ code, field: '订单号' }] }])
    expect(broken[0]!.problems[0]!.message).toContain('第 3 行「订单号」')
    expect(JSON.parse(broken[0]!.text)).toMatchObject({ 收货人: '李四' })
  })

  it('are told from ids that end in zeros among others that do not', async () => {
    const { documents } = await readText('订单号,x\n6920212345678900000,1\n6920212345678901234,2')
    expect(documents).toHaveLength(2)
    expect((await readText('订单号,x\n1234567890123450,1')).documents).toHaveLength(1)
  })

  it('do not count in columns nobody reads', async () => {
    const connection = {
      identity: { orderId: ['订单号'] },
      mapping: { fields: [{ to: 'phone', from: '手机' }] },
    }
    const text = '订单号,手机,条码\nA1,13800138000,6.9E+12\nA2,1.38E+10,1'
    const { documents, broken } = await readText(text, connection)
    expect(documents.map(({ rows }) => rows)).toEqual([[2]])
    expect(broken.map(({ rows }) => rows)).toEqual([[3]])
  })

  it('refuse all of their order and never join orders by a number that lost its end', async () => {
    const text = '订单号,收货人,商品\nA1,张三,苹果\nA1,张三,#REF!\n1.2E+17,李四,梨\n1.2E+17,王五,枣'
    const { documents, broken } = await readText(text, { groupRowsBy: '订单号' })
    expect(documents).toEqual([])
    expect(broken.map(({ rows }) => rows)).toEqual([[2, 3], [4], [5]])
  })
})
