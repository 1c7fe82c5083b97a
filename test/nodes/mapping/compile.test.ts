import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anEvent } from '../../../server/nodes/example-order.ts'
import { compileMapping, type Mapped } from '../../../server/nodes/mapping/compile.ts'
import { type FieldMapping, Mapping } from '../../../server/nodes/mapping/mapping.ts'
import { newValidator } from '../../../server/nodes/order-schema.ts'

const event = anEvent()
const isMapping = newValidator().compile(Mapping)

const plain: FieldMapping[] = [
  { to: 'orderedAt', from: 'time' },
  {
    to: 'items',
    each: 'lines',
    fields: [
      { to: 'sku', from: 'sku' },
      { to: 'quantity', from: 'count' },
    ],
  },
]
const document = { time: '2026-10-01 10:00:00', lines: [{ sku: 'A', count: 2 }] }

/** Maps a document with the plain fields and some of one's own. */
function mapWith(fields: FieldMapping[], source: unknown, over: Partial<Mapping> = {}): Mapped {
  const own = new Set(fields.map(field => field.to))
  const mapping = { fields: [...plain.filter(field => !own.has(field.to)), ...fields], ...over }
  isMapping(mapping)
  expect(isMapping.errors ?? []).toEqual([])
  const { map, problems } = compileMapping(mapping)
  expect(problems).toEqual([])
  return map!(source, event)
}
const orderWith = (fields: FieldMapping[], source: unknown, over: Partial<Mapping> = {}) => {
  const { order, problems } = mapWith(fields, source, over)
  expect(problems).toBeUndefined()
  return order!
}
const faults = ({ problems = [] }: Mapped) => problems.map(({ field, code }) => `${field} ${code}`)

describe('a mapped order', () => {
  it('has what goes without saying', () => {
    expect(orderWith([], document)).toEqual({
      orderId: 'T1001',
      channel: 'taobao',
      shop: '织单旗舰店',
      kind: 'sale',
      order_customer_name: '',
      phone: '',
      address: { province: '', city: '', district: '', detail: '' },
      items: [{ sku: 'A', title: '', quantity: 2, unitPriceFen: 0, paidFen: 0 }],
      paidFen: 0,
      orderedAt: new Date('2026-10-01T02:00:00Z'),
      urgent: false,
      buyerNote: '',
      sellerNote: '',
      status: '',
    })
  })

  it('works amounts out of one another', () => {
    const items = (fields: FieldMapping['fields']): FieldMapping => ({
      to: 'items',
      each: 'lines',
      fields: [...plain[1]!.fields!, ...fields!],
    })
    const lines = [{ sku: 'A', count: 3, price: '10.00', paid: '25.00' }]
    const price = { to: 'unitPriceFen', from: 'price', transforms: [{ use: 'yuan' as const }] }
    const paid = { to: 'paidFen', from: 'paid', transforms: [{ use: 'yuan' as const }] }
    expect(orderWith([items([price])], { ...document, lines })).toMatchObject({
      paidFen: 3_000,
      items: [{ paidFen: 3_000 }],
    })
    expect(orderWith([items([paid])], { ...document, lines })).toMatchObject({
      paidFen: 2_500,
      items: [{ unitPriceFen: 833 }],
    })
    expect(orderWith([items([price, paid])], { ...document, lines })).toMatchObject({
      items: [{ unitPriceFen: 1_000, paidFen: 2_500 }],
    })
  })

  it('takes the centre of its city, and its own point before that', () => {
    const city: FieldMapping = { to: 'address.city', from: 'city' }
    const source = { ...document, city: '杭州市', lng: '120.5', lat: 30.1 }
    expect(orderWith([city], source).address.point).toEqual({ lng: 120.1536, lat: 30.2875 })
    const own: FieldMapping[] = [
      city,
      { to: 'address.point.lng', from: 'lng' },
      { to: 'address.point.lat', from: 'lat' },
    ]
    expect(orderWith(own, source).address.point).toEqual({ lng: 120.5, lat: 30.1 })
  })

  it('splits an address line and lets fields of its own say more', () => {
    const address: FieldMapping = { to: 'address', from: 'line', transforms: [{ use: 'splitAddress' }] }
    const district: FieldMapping = { to: 'address.district', from: 'district' }
    const source = { ...document, line: '浙江省杭州市西湖区文三路1号', district: '余杭区' }
    for (const fields of [
      [address, district],
      [district, address],
    ]) {
      expect(orderWith(fields, source).address).toMatchObject({
        city: '杭州市',
        district: '余杭区',
        detail: '文三路1号',
      })
    }
    expect(orderWith([address, district], { ...source, district: '' }).address.district).toBe('西湖区')
  })

  it('takes the first source that has a value', () => {
    const fields: FieldMapping[] = [{ to: 'phone', from: ['mobile', 'tels[].no', 'tel'] }]
    expect(orderWith(fields, { ...document, mobile: '', tel: '2' }).phone).toBe('2')
    expect(orderWith(fields, { ...document, tels: [{ no: '' }, { no: '1' }], tel: '2' }).phone).toBe('1')
  })

  it('keeps ids beyond 2^53 digit by digit', () => {
    const fields: FieldMapping[] = [{ to: 'orderId', from: 'tid' }]
    expect(orderWith(fields, { ...document, tid: '4123456789012345678' }).orderId).toBe('4123456789012345678')
    expect(faults(mapWith(fields, { ...document, tid: 2 ** 62 }))).toEqual(['orderId NUMBER_TOO_LARGE'])
  })

  it('reads fields of its order from inside an item', () => {
    const items: FieldMapping = {
      to: 'items',
      each: 'lines',
      fields: [
        { to: 'sku', transforms: [{ use: 'template', template: '{$.shop.id}-{sku}' }] },
        { to: 'quantity', from: 'count' },
        { to: 'title', from: '$.shop.name' },
      ],
    }
    const order = orderWith([items], { ...document, shop: { id: 7, name: '母婴馆' } })
    expect(order.items[0]).toMatchObject({ sku: '7-A', title: '母婴馆' })
  })

  it('takes a list of one that came as the one itself', () => {
    expect(orderWith([], { ...document, lines: { sku: 'A', count: 1 } }).items).toHaveLength(1)
  })

  it('may come from a document that is a list', () => {
    const fields: FieldMapping[] = [
      { to: 'orderedAt', from: '[0].time' },
      { to: 'items', each: '$', fields: plain[1]!.fields },
    ]
    const rows = [
      { time: '2026-10-01 10:00:00', sku: 'A', count: 1 },
      { time: '2026-10-01 10:00:00', sku: 'B', count: 2 },
    ]
    expect(orderWith(fields, rows).items.map(item => item.sku)).toEqual(['A', 'B'])
  })

  it('leaves out times that have not come yet', () => {
    const fields: FieldMapping[] = [
      { to: 'paidAt', from: 'paid', transforms: [{ use: 'date', format: 'epoch-seconds' }] },
    ]
    expect(Object.keys(orderWith(fields, { ...document, paid: 0 }))).not.toContain('paidAt')
    expect(orderWith(fields, { ...document, paid: 1_790_820_302 }).paidAt).toEqual(
      new Date('2026-10-01T02:05:02Z'),
    )
  })

  it('takes the default where there is no value, not where it is wrong', () => {
    const fields: FieldMapping[] = [
      { to: 'urgent', from: 'u', transforms: [{ use: 'boolean' }], default: true },
    ]
    expect(orderWith(fields, document).urgent).toBe(true)
    expect(orderWith(fields, { ...document, u: '否' }).urgent).toBe(false)
    expect(faults(mapWith(fields, { ...document, u: '?' }))).toEqual(['urgent NOT_A_BOOLEAN'])
  })
})

describe('each transform', () => {
  const value = (transforms: FieldMapping['transforms'], v: unknown, to = 'status') =>
    (orderWith([{ to, from: 'v', transforms }], { ...document, v }) as Record<string, unknown>)[to]

  it('trim takes spaces of every width away', () =>
    expect(value([{ use: 'trim' }], ' \u3000待发货\ufeff ')).toBe('待发货'))
  it('trim leaves no value of nothing but spaces', () =>
    expect(value([{ use: 'trim' }], '  \u3000')).toBe(''))
  it('codes looks texts and numbers up', () => {
    const codes = [{ use: 'codes' as const, table: { '2': '待发货', WAIT: '待付款' } }]
    expect(value(codes, 2)).toBe('待发货')
    expect(value(codes, 'WAIT')).toBe('待付款')
  })
  it('codes says what unknown codes are', () => {
    expect(value([{ use: 'codes', table: { a: 'b' }, otherwise: '其它' }], 'x')).toBe('其它')
    expect(value([{ use: 'codes', table: { a: 'b' }, keep: true }], 'x')).toBe('x')
    expect(value([{ use: 'codes', table: { a: 'b' }, otherwise: null }], 'x')).toBe('')
  })
  it('codes knows no inherited code', () => {
    expect(value([{ use: 'codes', table: { a: 'b' }, otherwise: 'unknown' }], 'constructor')).toBe('unknown')
  })
  it('constant needs no source', () => {
    expect(
      orderWith([{ to: 'channel', transforms: [{ use: 'constant', value: 'offline' }] }], document).channel,
    ).toBe('offline')
  })
  it('template joins paths, absent ones as nothing', () => {
    const field: FieldMapping = {
      to: 'sellerNote',
      transforms: [{ use: 'template', template: '{a.b}/{none}/{c}' }],
    }
    expect(orderWith([field], { ...document, a: { b: 1 }, c: 'x' }).sellerNote).toBe('1//x')
  })
  it('pattern matches beginning and end', () => {
    const kind = [
      { use: 'pattern' as const, cases: [{ startsWith: 'C', value: 'return' }], otherwise: 'sale' },
    ]
    expect(value(kind, 'C536379', 'kind')).toBe('return')
    expect(value(kind, '536379', 'kind')).toBe('sale')
    const both = [
      {
        use: 'pattern' as const,
        cases: [{ startsWith: '1/', endsWith: '/4', value: 'refunded' }],
        otherwise: '?',
      },
    ]
    expect(value(both, '1/2/4')).toBe('refunded')
    expect(value(both, '1/2/3')).toBe('?')
  })
  it('abs keeps the digits of a text', () => {
    expect(value([{ use: 'abs' }, { use: 'yuan' }], '-2.50', 'paidFen')).toBe(250)
    expect(value([{ use: 'abs' }], -3, 'paidFen')).toBe(3)
  })
  it('join and sum read the whole list', () => {
    const fields: FieldMapping[] = [
      { to: 'sellerNote', from: 'attrs[].value', transforms: [{ use: 'join', separator: '/' }] },
      { to: 'paidFen', from: 'parts[].fee', transforms: [{ use: 'yuan' }, { use: 'sum' }] },
    ]
    const source = {
      ...document,
      attrs: [{ value: '黑' }, { value: 'L' }],
      parts: [{ fee: '1.10' }, { fee: 2.2 }],
    }
    expect(orderWith(fields, source)).toMatchObject({ sellerNote: '黑/L', paidFen: 330 })
  })
  it('work one after the other', () => {
    expect(value([{ use: 'trim' }, { use: 'codes', table: { x: ' y ' } }, { use: 'trim' }], ' x ')).toBe('y')
  })
})

describe('returns', () => {
  const items: FieldMapping = {
    to: 'items',
    each: 'lines',
    fields: [...plain[1]!.fields!, { to: 'unitPriceFen', from: 'price', transforms: [{ use: 'yuan' }] }],
  }
  const lines = (...counts: number[]) => ({
    ...document,
    lines: counts.map(count => ({ sku: 'A', count, price: '2.00' })),
  })

  it('are what negative quantities make, with positive quantities and amounts', () => {
    const order = orderWith([items], lines(-3), { negativeQuantity: 'return' })
    expect(order).toMatchObject({
      kind: 'return',
      paidFen: 600,
      items: [{ quantity: 3, unitPriceFen: 200, paidFen: 600 }],
    })
  })

  it('are refused where the mapping does not ask for them', () => {
    expect(faults(mapWith([items], lines(-3)))).toEqual(['items/0/quantity TOO_SMALL'])
  })

  it('are not mixed with sales in one order', () => {
    expect(faults(mapWith([items], lines(2, -3), { negativeQuantity: 'return' }))).toEqual([
      'items MIXED_SIGNS',
    ])
  })

  it('may be told by their number', () => {
    const kind: FieldMapping = {
      to: 'kind',
      from: 'no',
      transforms: [{ use: 'pattern', cases: [{ startsWith: 'C', value: 'return' }], otherwise: 'sale' }],
    }
    expect(orderWith([items, kind], { ...lines(-2), no: 'C1' })).toMatchObject({
      kind: 'return',
      items: [{ quantity: 2 }],
    })
    expect(orderWith([items, kind], { ...lines(2), no: '1' }).kind).toBe('sale')
  })
})

describe('a document that does not fit', () => {
  const fields: FieldMapping[] = [
    { to: 'orderId', from: 'no', required: true },
    { to: 'phone', from: 'tel', transforms: [{ use: 'phone' }], required: true },
    { to: 'orderedAt', from: 'time', required: true },
    { to: 'status', from: 'state', transforms: [{ use: 'codes', table: { a: 'b' } }] },
    { to: 'paidFen', from: 'paid', transforms: [{ use: 'yuan' }] },
  ]

  it('has all its problems named at once, each once', () => {
    const source = {
      tel: '12',
      time: 'soon',
      state: 'z',
      paid: '1.234',
      lines: [{ sku: 'A', count: '两' }, { count: 0 }],
    }
    const mapped = mapWith(fields, source)
    expect(new Set(faults(mapped))).toEqual(
      new Set([
        'orderedAt NOT_A_DATE',
        'items/0/quantity NOT_A_NUMBER',
        'orderId MISSING',
        'phone NOT_A_PHONE',
        'status UNKNOWN_CODE',
        'paidFen TOO_MANY_DECIMALS',
        'items/1/sku MISSING',
        'items/1/quantity TOO_SMALL',
      ]),
    )
    expect(mapped.problems).toHaveLength(8)
  })

  it('is told in words that name field and source, and repeat no value', () => {
    const { problems = [] } = mapWith(fields, { ...document, no: '1', tel: '13800138000x' })
    expect(problems).toEqual([
      {
        field: 'phone',
        code: 'NOT_A_PHONE',
        message: '手机号（来源 tel）不是电话号码',
        messageEn: 'Phone (from tel) is not a phone number',
      },
    ])
  })

  it.each([[undefined], [null], ['text'], [7], [true], [[]], [{}]])('%j is no order and no crash', source => {
    expect(faults(mapWith([], source))).toEqual(['orderedAt MISSING', 'items MISSING'])
  })

  it.each([
    ['a text', 'items', 'items NOT_A_LIST'],
    ['a number in the list', [7], 'items/0 NOT_AN_OBJECT'],
    ['nothing', [], 'items MISSING'],
    ['too long a list', Array.from({ length: 1_001 }, () => ({ sku: 'A', count: 1 })), 'items TOO_MANY'],
  ])('has %s for items', (_, lines, expected) => {
    expect(faults(mapWith([], { ...document, lines }))).toContain(expected)
  })

  it.each([
    ['order_customer_name', 121, 'TOO_LONG'],
    ['orderId', 121, 'TOO_LONG'],
    ['buyerNote', 2_001, 'TOO_LONG'],
    ['buyerNote', 2_000, undefined],
  ])('has a %s of %d characters', (to, length, code) => {
    const mapped = mapWith([{ to, from: 'v' }], { ...document, v: '长'.repeat(length) })
    expect(faults(mapped)).toEqual(code ? [`${to} ${code}`] : [])
  })

  it('names no city where one is required', () => {
    const address: FieldMapping = {
      to: 'address',
      from: 'line',
      transforms: [{ use: 'splitAddress' }],
      required: true,
    }
    expect(faults(mapWith([address], { ...document, line: '文一西路969号' }))).toEqual([
      'address ADDRESS_UNCLEAR',
    ])
    expect(faults(mapWith([address], document))).toEqual(['address MISSING'])
  })

  it('never says more than 100 things', () => {
    const lines = Array.from({ length: 500 }, () => ({ count: 'x' }))
    const { problems = [] } = mapWith([], { ...document, lines })
    expect(problems.length).toBeLessThanOrEqual(200)
  })

  it('refuses an amount that would only fit as yuan', () => {
    expect(faults(mapWith([{ to: 'paidFen', from: 'v' }], { ...document, v: '119.00' }))).toEqual([])
    expect(faults(mapWith([{ to: 'paidFen', from: 'v' }], { ...document, v: '119.50' }))).toEqual([
      'paidFen NOT_AN_INTEGER',
    ])
  })
})

describe('any text in any field', () => {
  const fields: FieldMapping[] = [
    { to: 'orderId', from: 'v' },
    { to: 'order_customer_name', from: 'v', transforms: [{ use: 'trim' }] },
    { to: 'phone', from: 'v', transforms: [{ use: 'phone' }] },
    { to: 'address', from: 'v', transforms: [{ use: 'splitAddress' }] },
    { to: 'paidFen', from: 'v', transforms: [{ use: 'yuan' }] },
    { to: 'orderedAt', from: 'v', transforms: [{ use: 'date' }] },
    { to: 'paidAt', from: 'v', transforms: [{ use: 'date', format: 'epoch-ms' }] },
    { to: 'urgent', from: 'v', transforms: [{ use: 'boolean' }] },
    { to: 'status', from: 'v', transforms: [{ use: 'codes', table: { a: 'b' }, keep: true }] },
    {
      to: 'sellerNote',
      from: 'v',
      transforms: [{ use: 'pattern', cases: [{ contains: 'x', value: 'y' }], otherwise: null }],
    },
    { to: 'items', each: 'lines', fields: [...plain[1]!.fields!, { to: 'title', from: '$.v' }] },
  ]
  const { map } = compileMapping({ fields })
  const isFine = ({ order, problems }: Mapped) => {
    expect(order !== undefined || (problems?.length ?? 0) > 0).toBe(true)
    for (const problem of problems ?? []) expect(problem.message).not.toMatch(/undefined|\[object/)
  }

  const naughty = '../shared/data/blns/blns.json'
  const strings = readIfThere(naughty)
  it.skipIf(!strings)('is mapped or named, never a crash (naughty strings)', () => {
    for (const v of JSON.parse(strings!) as string[]) isFine(map!({ ...document, v }, event))
  })

  it('is mapped or named, never a crash (anything)', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (v, lines) => isFine(map!({ v, lines, time: v }, event))),
      { numRuns: 500 },
    )
  })

  it('does not reach prototypes', () => {
    const hostile = JSON.parse(
      '{"__proto__":{"v":"1"},"constructor":{"name":"x"},"lines":[{"__proto__":{"sku":"A"}}]}',
    )
    isFine(map!(hostile, event))
    expect(({} as Record<string, unknown>).v).toBeUndefined()
  })
})

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    // The test says that it was skipped; the data is not part of the project.
    return undefined
  }
}
