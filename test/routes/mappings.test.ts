import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openProduct, type ProductRoom } from '../support/product.ts'

let room: ProductRoom

beforeAll(async () => {
  room = await openProduct()
  await room.openShop()
  await room.put('/api/connections/erp', {
    name: '新渠道',
    channel: 'erp',
    shop: '旗舰店',
    identity: { orderId: ['单号'] },
  })
})

afterAll(() => room.close())

const text = (body: string) =>
  room.send({
    method: 'POST',
    url: '/api/mappings/try',
    payload: body,
    headers: { 'content-type': 'application/json' },
  })

const fields = [
  { to: 'orderId', from: '单号', required: true },
  { to: 'order_customer_name', from: '客户' },
  { to: 'phone', from: '电话', transforms: [{ use: 'phone' }] },
  { to: 'address', from: '地址', transforms: [{ use: 'splitAddress' }] },
  { to: 'orderedAt', from: '时间', transforms: [{ use: 'date' }] },
  { to: 'paidFen', from: '实付', transforms: [{ use: 'yuan' }] },
  { to: 'sellerNote', transforms: [{ use: 'template', template: '{客户} 请致电 {电话}' }] },
  {
    to: 'items',
    each: '明细',
    fields: [
      { to: 'sku', from: '货号' },
      { to: 'quantity', from: '件数' },
    ],
  },
]

const order = {
  单号: 'T1',
  客户: '王小明',
  电话: '13800138000',
  地址: '浙江省杭州市余杭区文一西路969号',
  时间: '2026-10-01 10:00:00',
  实付: '398.00',
  明细: [
    { 货号: 'MILK-1', 件数: 2 },
    { 货号: 'MILK-2', 件数: '两' },
  ],
}

describe('trying a mapping', () => {
  it('answers for every document the values by field, the faults in words, and whether it is an order', async () => {
    const good = { ...order, 明细: order.明细.slice(0, 1) }
    const { status, body } = await room.post('/api/mappings/try', {
      mapping: { fields },
      documents: [good, order],
    })
    expect(status).toBe(200)
    expect(body.problems).toEqual([])
    expect(body.documents?.[0]).toMatchObject({
      ok: true,
      problems: [],
      values: {
        orderId: { value: 'T1' },
        orderedAt: { value: '2026-10-01T02:00:00.000Z' },
        paidFen: { value: 39_800 },
      },
      items: { count: 1, rows: [{ sku: { value: 'MILK-1' }, quantity: { value: 2 } }] },
    })
    expect(body.documents?.[1]).toMatchObject({
      ok: false,
      problems: [{ field: 'items/1/quantity', code: 'NOT_A_NUMBER' }],
      items: { rows: [{}, { quantity: { fault: { zh: expect.stringContaining('不是数字') } } }] },
    })
  })

  it('masks buyers, also where a mapping writes them into another field', async () => {
    const { body } = await room.post('/api/mappings/try', { mapping: { fields }, documents: [order] })
    expect(body.documents?.[0]?.values).toMatchObject({
      order_customer_name: { value: '王**' },
      phone: { value: '138****8000' },
      address: { value: { province: '浙江省', city: '杭州市', district: '余杭区', detail: '文一西路****' } },
      sellerNote: { value: expect.not.stringContaining('13800138000') },
    })
  })

  it('keeps all digits of ids beyond 2^53', async () => {
    const { body } = await text(
      `{"mapping":{"fields":[{"to":"orderId","from":"tid"}]},"documents":[{"tid":4123456789012345678}]}`,
    )
    expect(body.documents?.[0]?.values?.orderId).toEqual({ value: '4123456789012345678' })
  })

  it('shows what the finished fields do while another is still wrong, and names that one', async () => {
    const { body } = await room.post('/api/mappings/try', {
      mapping: { fields: [...fields, { to: 'status', transforms: [{ use: 'codes', table: {} }] }, 'x'] },
      documents: [order],
    })
    expect(body.problems).toMatchObject([
      { code: 'BAD_PARAM', at: 'fields/8/transforms/0/table' },
      { code: 'BAD_PARAM', at: 'fields/9' },
    ])
    expect(body.documents?.[0]).toMatchObject({ ok: false, values: { orderId: { value: 'T1' } } })
  })

  it('says what a mapping lacks by the names people know', async () => {
    const { body } = await room.post('/api/mappings/try', { mapping: { fields: [] } })
    expect(body.problems).toMatchObject([
      { code: 'NOT_MAPPED', message: { zh: expect.stringContaining('商品明细') } },
      { code: 'NOT_MAPPED', message: { zh: expect.stringContaining('下单时间') } },
    ])
    expect(body.documents).toEqual([])
  })

  it.each([
    ['a body that is no JSON', '{"mapping":', 'BODY_NOT_JSON'],
    ['no mapping', '{}', 'BODY_INVALID'],
    ['a field nobody knows', '{"mapping":{"fields":[]},"x":1}', 'BODY_INVALID'],
    ['six documents', `{"mapping":{"fields":[]},"documents":[1,2,3,4,5,6]}`, 'BODY_INVALID'],
    [
      'five documents and an event',
      `{"mapping":{"fields":[]},"documents":[1,2,3,4,5],"events":["e"]}`,
      'BODY_INVALID',
    ],
    [
      '61 fields',
      `{"mapping":{"fields":[${Array.from({ length: 61 }, () => '{}').join()}]}}`,
      'BODY_INVALID',
    ],
    ['JSON nested 100 deep', `{"mapping":${'['.repeat(100)}${']'.repeat(100)}}`, 'BODY_INVALID'],
    ['an event that is not there', '{"mapping":{"fields":[]},"events":["none"]}', 'NOT_FOUND'],
    ['a connection that is not there', '{"mapping":{"fields":[]},"connection":"none"}', 'NOT_FOUND'],
  ])('refuses %s', async (_, body, code) => {
    const answer = await text(body)
    expect(answer.body.code).toBe(code)
    expect(answer.status).toBe(code === 'NOT_FOUND' ? 404 : 400)
  })
})

describe('real documents', () => {
  it('are offered masked, and mapped as they really are', async () => {
    expect((await room.post('/api/intake/erp', [order])).status).toBe(202)
    await room.services.engine.idle()
    const samples = await room.get('/api/mappings/samples?connection=erp')
    expect(samples.body.items).toMatchObject([
      {
        id: expect.stringContaining('erp:T1'),
        document: { 单号: 'T1', 电话: '138****8000', 地址: '浙江省杭****' },
      },
    ])
    const id = (samples.body.items as unknown as { id: string }[])[0]!.id
    const { body } = await room.post('/api/mappings/try', {
      mapping: { fields },
      events: [id],
      connection: 'erp',
    })
    expect(body.documents?.[0]?.values).toMatchObject({
      phone: { value: '138****8000' },
      address: { value: { city: '杭州市', detail: '文一西路****' } },
    })
  })

  it('include those the intake had to set aside before it knew their order number', async () => {
    await room.post('/api/intake/erp', [{ 编号: 'no id here', 电话: '13900001111' }])
    const { body } = await room.get('/api/mappings/samples?connection=erp')
    const found = (body.items as unknown as { document: object }[]).map(each => each.document)
    expect(found).toContainEqual({ 编号: 'no id here', 电话: '139****1111' })
  })

  it('are those of the connection asked for only', async () => {
    const { body } = await room.get('/api/mappings/samples?connection=plain')
    expect(body.items).toEqual([])
    expect((await room.get('/api/mappings/samples?connection=none')).status).toBe(404)
    expect((await room.get('/api/mappings/samples?connection=erp&limit=100')).status).toBe(400)
  })
})

describe('suggestions', () => {
  it('come with the mapping they would write, how sure they are, and the reason in words', async () => {
    const { body } = await room.post('/api/mappings/suggest', { documents: [order] })
    expect(body.suggestions).toContainEqual({
      to: 'phone',
      field: { to: 'phone', from: '电话', transforms: [{ use: 'phone' }] },
      confidence: expect.any(Number),
      reason: { zh: '名字「电话」对得上，值像手机号', en: expect.any(String) },
    })
    expect(body.looks).toMatchObject({ 时间: { date: { use: 'date' } }, 实付: { unit: 'yuan' } })
  })

  it('read the real documents behind the masked ones', async () => {
    const samples = await room.get('/api/mappings/samples?connection=erp')
    const { id } = (samples.body.items as unknown as { id: string }[]).at(-1)!
    const { body } = await room.post('/api/mappings/suggest', { events: [id] })
    const found = (body.suggestions as unknown as { to: string }[]).map(({ to }) => to)
    expect(found).toContain('address')
  })
})

describe('the language of mappings', () => {
  it('names the fields, needed ones first, and every transform with the types it suits', async () => {
    const { body } = await room.get('/api/mappings/language')
    const targets = body.targets as unknown as { path: string; need: string; name: { zh: string } }[]
    expect(targets.slice(0, 2).map(({ path }) => path)).toEqual(['items', 'orderedAt'])
    expect(targets.find(({ path }) => path === 'phone')).toMatchObject({
      need: 'should',
      name: { zh: '手机号' },
    })
    const transforms = body.transforms as unknown as {
      use: string
      suits: string[]
      params: { properties: object }
    }[]
    expect(transforms.map(({ use }) => use)).toContain('yuan')
    for (const { suits, params } of transforms) {
      expect(suits.length).toBeGreaterThan(0)
      expect(params.properties).toBeDefined()
    }
  })
})
