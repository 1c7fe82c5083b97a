import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openProduct, type ProductRoom } from '../support/product.ts'

let product: ProductRoom

const fields = [
  { to: 'orderId', from: '订单号', required: true },
  { to: 'order_customer_name', from: '收货人' },
  { to: 'phone', from: '手机', transforms: [{ use: 'phone' }] },
  { to: 'orderedAt', from: '下单时间', transforms: [{ use: 'date' }], required: true },
  {
    to: 'items',
    each: '$',
    fields: [
      { to: 'sku', from: '编码', required: true },
      { to: 'quantity', from: '数量', required: true },
    ],
  },
]
const HEADER = '订单号,收货人,手机,下单时间,编码,数量'
const row = (id: string, over: { phone?: string; quantity?: string } = {}) =>
  `${id},欧阳小明,${over.phone ?? '13800138000'},2026-11-22 10:30,MILK-1,${over.quantity ?? '2'}`

beforeAll(async () => {
  product = await openProduct({ MAX_BODY_MB: '4' })
  await product.put('/api/connections/files', {
    name: '团购群',
    identity: { orderId: ['订单号'], buyer: ['手机'] },
    mapping: { fields },
  })
  await product.put('/api/connections/fresh', { name: '新群' })
})
afterAll(() => product.close())

const send = (path: string, name: string, content: string | Uint8Array) => {
  const form = new FormData()
  form.append('file', new Blob([content as string]), name)
  return product.send({ method: 'POST', url: `/api/intake/${path}`, payload: form as never })
}
const preview = (content: string | Uint8Array, path = 'files', query = '', name = '群单.csv') =>
  send(`${path}/files/preview${query}`, name, content)
const upload = (content: string, path = 'files', query = '') =>
  send(`${path}/files${query}`, '群单.csv', content)

describe('POST /api/intake/:connection/files/preview', () => {
  it('shows how the file is read and the orders it would bring, and takes nothing', async () => {
    const { status, body } = await preview(`11月22日团购接龙,,,,,\n${HEADER}\n${row('P1')}\n合计,,,,,2`)
    expect(status).toBe(200)
    expect(body).toMatchObject({
      file: '群单.csv',
      kind: 'csv',
      encoding: 'utf-8',
      separator: ',',
      title: '11月22日团购接龙',
      header: [2],
      rows: 1,
      documents: 1,
      mapping: 'own',
      skipped: [{ row: 4, why: 'total' }],
      counts: { new: 1, changed: 0, repeated: 0, refused: 0, unmapped: 0 },
    })
    expect(body.columns![0]).toEqual({ name: '订单号', samples: ['P1'] })
    expect(body.items![0]).toMatchObject({
      rows: [3],
      status: 'new',
      order: {
        orderId: 'P1',
        order_customer_name: '欧阳小明',
        phone: '13800138000',
        orderedAt: '2026-11-22T02:30:00.000Z',
        items: [{ sku: 'MILK-1', quantity: 2 }],
      },
    })
    expect(await product.services.store.events.countDocuments()).toBe(0)
    expect(await product.services.store.quarantine.countDocuments()).toBe(0)
  })

  it('tells what is known already, what the intake would refuse, and what the mapping stops at', async () => {
    await upload(`${HEADER}\n${row('K1')}`)
    const { body } = await preview(
      [
        HEADER,
        row('K1'),
        row('K2'),
        row('K2'),
        row(''),
        row('K3', { quantity: '两件' }),
        row('1.23E+17'),
      ].join('\n'),
    )
    expect(body.counts).toEqual({ new: 1, changed: 0, unmapped: 1, repeated: 2, refused: 2 })
    expect((body.items as unknown as { rows: number[]; status: string }[]).map(each => each.status)).toEqual([
      'repeated',
      'new',
      'repeated',
      'refused',
      'unmapped',
      'refused',
    ])
    expect(body.problems).toMatchObject([
      { rows: [5], status: 'refused', problems: [{ code: 'NO_ORDER_ID' }] },
      {
        rows: [6],
        status: 'unmapped',
        problems: [
          { field: 'items/0/quantity', message: expect.stringMatching(/^第 6 行.*写的是「两件」$/) },
        ],
      },
      { rows: [7], status: 'refused', problems: [{ code: 'DIGITS_LOST', field: '订单号' }] },
    ])
    expect(body.items![4]).toMatchObject({ values: { orderId: 'K3', order_customer_name: '欧阳小明' } })
  })

  it('makes a reading for a connection that has none: mapping, identity and the column rows belong together by', async () => {
    const { body } = await preview(
      '订单编号,收件人,联系电话,收货地址,商品名称,数量,实付金额,下单时间\nS1,张三,13800138000,浙江省杭州市余杭区文一西路969号,牛奶,2,59.90,11月22日 10:30\n,,,,面包,1,,\nS2,李四,13900139000,上海市浦东新区世纪大道1号,牛奶,1,29.95,11月22日 10:31',
      'fresh',
    )
    expect(body).toMatchObject({
      mapping: 'suggested',
      documents: 2,
      counts: { new: 2, unmapped: 0 },
      suggestion: {
        groupRowsBy: '订单编号',
        identity: { orderId: ['订单编号'], buyer: ['联系电话'] },
        missing: [],
      },
    })
    expect(body.items![0]).toMatchObject({
      rows: [2, 3],
      order: {
        orderId: 'S1',
        phone: '13800138000',
        paidFen: 5_990,
        address: { province: '浙江省', city: '杭州市' },
        items: [
          { sku: '牛奶', quantity: 2 },
          { sku: '面包', quantity: 1 },
        ],
      },
    })
  })

  it('says which fields no column is for', async () => {
    const { body } = await preview('收货人,手机,备注\n张三,13800138000,加急', 'fresh')
    expect(body.mapping).toBe('none')
    const missing = body.suggestion!.missing as unknown as { zh: string }[]
    expect(missing.map(({ zh }) => zh)).toEqual(['订单号', '商品明细', '下单时间'])
  })

  it('tells of orders in several rows where every row counts as one, and shows them joined on demand', async () => {
    const file = `${HEADER}\n${row('M1')}\n${row('M1', { quantity: '1' })}`
    const own = (await preview(file)).body
    expect(own).toMatchObject({ mapping: 'own', documents: 2, severalRows: { column: '订单号', orders: 1 } })
    expect(own.counts).toMatchObject({ new: 1, changed: 1 })
    expect(own.suggestion).toMatchObject({ groupRowsBy: '订单号' })
    const joined = (await preview(file, 'files', '?mapping=suggested')).body
    expect(joined).toMatchObject({ mapping: 'suggested', documents: 1 })
    expect(joined.items![0]!.order!.items).toHaveLength(2)
  })

  it('reads otherwise when it is told to, and the upload reads the same way', async () => {
    const gbk = Uint8Array.from([0xb6, 0xa9, 0xb5, 0xa5, 0xba, 0xc5, 0x0a, 0x41, 0x31])
    expect((await preview(gbk)).body).toMatchObject({ encoding: 'gb18030', columns: [{ name: '订单号' }] })
    expect((await preview(gbk, 'files', '?encoding=utf-8')).body).toMatchObject({ encoding: 'utf-8' })
    const two = `店铺,平台\n${HEADER}\n${row('H1')}`
    expect((await preview(two, 'files', '?header=1')).body).toMatchObject({ header: [1], documents: 2 })
    expect((await upload(two, 'files', '?header=1')).status).toBe(400)
    expect((await upload(two)).body).toMatchObject({ accepted: 1 })
    expect((await preview(two, 'files', '?header=9')).body).toMatchObject({ code: 'FILE_BROKEN' })
    expect((await preview(two, 'files', '?encoding=klingon')).status).toBe(400)
  })

  it('shows lists of documents as well', async () => {
    const { body } = await preview('[{"订单号":6920212345678901234}]', 'files', '', 'a.json')
    expect(body).toMatchObject({
      kind: 'json',
      header: [],
      documents: 1,
      samples: [{ 订单号: '6920212345678901234' }],
    })
  })

  it('judges 20,000 rows in a few seconds', async () => {
    const rows = Array.from({ length: 20_000 }, (_, index) => row(`L${index}`))
    const { body } = await preview(`${HEADER}\n${rows.join('\n')}`)
    expect(body.counts).toMatchObject({ new: 20_000, unmapped: 0 })
    expect(body.items).toHaveLength(50)
  })
})
