import { describe, expect, it } from 'vitest'
import { dataMap } from '../../server/nodes/data-map.ts'
import { dataSet } from '../../server/nodes/data-set.ts'
import { dataValidate } from '../../server/nodes/data-validate.ts'
import {
  anEvent,
  anOrder,
  exampleConnections,
  exampleWarehouses,
  someStock,
} from '../../server/nodes/example-order.ts'
import { notifyWebhook } from '../../server/nodes/notify-webhook.ts'
import { purchaseCreate } from '../../server/nodes/purchase-create.ts'
import { stockLookup } from '../../server/nodes/stock-lookup.ts'
import { stockReserve } from '../../server/nodes/stock-reserve.ts'
import { stockRestock } from '../../server/nodes/stock-restock.ts'
import { stockTransfer } from '../../server/nodes/stock-transfer.ts'
import { taskCreate } from '../../server/nodes/task-create.ts'
import { timeWait } from '../../server/nodes/time-wait.ts'
import { portsOf } from '../../server/workflow/ports.ts'
import { simulatedWorld } from '../../server/world/simulated.ts'
import type { World } from '../../server/world/world.ts'
import { runBatch, runOne, told } from './run-node.ts'

const world = { connections: exampleConnections, warehouses: exampleWarehouses }

describe('the mapping of a connection', () => {
  const mapping = {
    fields: [
      { to: 'orderedAt', from: 'time' },
      {
        to: 'items',
        each: 'lines',
        fields: [
          { to: 'sku', from: 'sku' },
          { to: 'quantity', from: 'count' },
        ],
      },
    ],
  }
  const source = { time: '2026-10-01 10:00:00', lines: [{ sku: 'A', count: 1 }] }
  const [connection] = exampleConnections
  const mapWith = (mapping: unknown) =>
    runOne(dataMap, { use: 'connection' }, { source }, { connections: [{ ...connection!, mapping }] })

  it('is used where the node says so', async () => {
    expect(await mapWith(mapping)).toMatchObject({ ports: ['ok'], set: { order: { items: [{ sku: 'A' }] } } })
  })

  it.each([
    ['is missing', undefined, 'NO_MAPPING'],
    ['is no mapping', { fields: 'all' }, 'BAD_MAPPING'],
    ['names a field that is none', { fields: [...mapping.fields, { to: 'x', from: 'y' }] }, 'BAD_MAPPING'],
    [
      'uses a transform that is none',
      { fields: [{ to: 'orderedAt', from: 'time', transforms: [{ use: 'eval' }] }] },
      'BAD_MAPPING',
    ],
  ])('fails the step in words where it %s', async (_, wrong, code) => {
    const { failed } = await mapWith(wrong)
    expect(failed).toMatchObject({ code, blame: 'workflow', retryable: true })
    expect(failed?.message).toContain('织单旗舰店')
  })

  it('fails where the connection was removed', async () => {
    expect((await runOne(dataMap, { use: 'connection' }, { source })).failed?.code).toBe('NO_MAPPING')
  })

  it('sends what does not fit to quarantine with all its problems', async () => {
    const outcome = await runOne(
      dataMap,
      { use: 'connection' },
      { source: { lines: [{ count: 0 }] } },
      { connections: [{ ...connection!, mapping }] },
    )
    expect(outcome.effects).toMatchObject([
      {
        kind: 'quarantine',
        problems: [{ field: 'orderedAt' }, { field: 'items/0/sku' }, { field: 'items/0/quantity' }],
      },
    ])
  })
})

describe('validation', () => {
  const problemsOf = async (rules: unknown[], over: Parameters<typeof anOrder>[0]) => {
    const outcome = await runOne(dataValidate, { rules }, { order: anOrder(over) })
    return outcome.ports[0] === 'valid' ? '' : String(outcome.note?.fields)
  }
  const items = [1, 5, 6].map(quantity => ({ sku: 'A', title: '', quantity, unitPriceFen: 0, paidFen: 0 }))

  it.each([
    [{ field: 'phone', must: 'present' }, { phone: ' ' }, 'phone'],
    [{ field: 'paidAt', must: 'present' }, {}, 'paidAt'],
    [{ field: 'address.city', must: 'oneOf', values: ['杭州市'] }, {}, ''],
    [{ field: 'address.city', must: 'noneOf', values: ['杭州市'] }, {}, 'address/city'],
    [{ field: 'paidFen', must: 'atMost', value: 100 }, { paidFen: 100 }, ''],
    [{ field: 'paidFen', must: 'atMost', value: 100 }, { paidFen: 101 }, 'paidFen'],
    [{ field: 'items[].quantity', must: 'atMost', value: 5 }, { items }, 'items/2/quantity'],
    [
      { field: 'order_customer_name', must: 'minLength', value: 3 },
      { order_customer_name: '𠮷𠮷' },
      'order_customer_name',
    ],
    [{ field: 'order_customer_name', must: 'maxLength', value: 2 }, { order_customer_name: '𠮷𠮷' }, ''],
  ])('%j', async (rule, over, fields) => expect(await problemsOf([rule], over)).toBe(fields))

  it('keeps what is invalid in quarantine unless told not to', async () => {
    const rules = [{ field: 'phone', must: 'present' }]
    const data = { order: anOrder({ phone: '' }) }
    expect((await runOne(dataValidate, { rules }, data)).effects).toHaveLength(1)
    expect((await runOne(dataValidate, { rules, quarantine: false }, data)).effects).toBeUndefined()
  })

  it.each([
    [{ field: 'colour', must: 'present' }, 'UNKNOWN_FIELD'],
    [{ field: 'items[].constructor', must: 'present' }, 'UNKNOWN_FIELD'],
    [{ field: 'urgent', must: 'atLeast', value: 1 }, 'WRONG_TYPE'],
    [{ field: 'paidFen', must: 'atLeast' }, 'MISSING'],
    [{ field: 'phone', must: 'oneOf' }, 'MISSING'],
  ])('refuses the rule %j', (rule, code) => {
    expect(dataValidate.checkParams?.({ rules: [rule] })).toMatchObject([{ code }])
  })

  it.each([
    ['pattern', { properties: { phone: { pattern: '(a+)+$' } } }],
    ['patternProperties', { patternProperties: { '(a+)+$': {} } }],
    ['$ref', { $ref: '#' }],
    ['format', { properties: { phone: { format: 'regex' } } }],
    ['uniqueItems', { properties: { items: { uniqueItems: true } } }],
    ['constructor', { constructor: {} }],
    ['__proto__', JSON.parse('{"__proto__": {"pattern": "a"}}')],
  ])('refuses a schema with %s', (keyword, schema) => {
    const problems = dataValidate.checkParams?.({ schema }) ?? []
    expect(problems.map(({ code }) => code)).toContain('KEYWORD_NOT_ALLOWED')
    expect(problems[0]?.param?.endsWith(keyword)).toBe(true)
  })

  it.each([
    ['too large', { enum: Array.from({ length: 5_000 }, (_, i) => i) }, 'SCHEMA_TOO_LARGE'],
    ['too deep', Array.from({ length: 20 }).reduce<object>(not => ({ not }), {}), 'SCHEMA_TOO_DEEP'],
    ['no schema', { type: 'colour' }, 'NOT_A_SCHEMA'],
    ['no schema inside', { properties: { phone: 7 } }, 'NOT_A_SCHEMA'],
  ])('refuses a schema that is %s', (_, schema, code) => {
    expect(dataValidate.checkParams?.({ schema })?.map(problem => problem.code)).toContain(code)
  })

  it('does not overflow on a schema of any depth', () => {
    let schema: object = {}
    for (let i = 0; i < 100_000; i++) schema = { not: schema }
    expect(dataValidate.checkParams?.({ schema })).toMatchObject([{ code: 'SCHEMA_TOO_LARGE' }])
  })

  it('names every field a schema finds wrong', async () => {
    const schema = {
      type: 'object',
      required: ['paidAt'],
      properties: {
        channel: { enum: ['jd'] },
        items: { items: { properties: { quantity: { maximum: 1 } } } },
      },
    }
    const outcome = await runOne(dataValidate, { schema }, { order: anOrder() })
    expect(String(outcome.note?.fields).split(', ').sort()).toEqual(['channel', 'items/0/quantity', 'paidAt'])
  })
})

describe('holding stock', () => {
  it('asks to be walked again where another order was quicker', async () => {
    const overtaken = {
      ...simulatedWorld(world),
      stock: {
        hold: async () => [{ held: false, overtaken: true, short: { sku: 'MILK-1', available: 0, need: 2 } }],
      },
    } as unknown as World
    const [outcome] = await runBatch(stockReserve, {}, [{ order: anOrder() }], overtaken)
    expect(outcome).toMatchObject({ ports: ['short'], again: true })
  })

  it('needs a warehouse of the connection', async () => {
    const connections = [{ ...exampleConnections[0]!, warehouse: undefined }]
    for (const type of [stockReserve, stockLookup]) {
      expect((await runOne(type, {}, { order: anOrder() }, { connections })).failed?.code).toBe(
        'NO_WAREHOUSE',
      )
    }
  })

  it('holds at the warehouse the lookup called near', async () => {
    const stock = { ningbo: { 'MILK-1': 2 } }
    const outcome = await runOne(
      stockReserve,
      { from: 'near' },
      { order: anOrder(), stock: someStock(0, 9) },
      { ...world, stock },
    )
    expect(outcome).toMatchObject({ ports: ['held'], note: { warehouse: 'ningbo', name: '宁波仓' } })
    expect(told(stockReserve, { from: 'near' }, outcome).zh).toBe('已锁定 宁波仓：MILK-1×2')
  })
})

describe('the stock lookup', () => {
  it('says when it could not measure from the customer', async () => {
    const order = anOrder({ address: { province: '', city: '', district: '', detail: '' } })
    const outcome = await runOne(stockLookup, { distanceFrom: 'customer' }, { order }, world)
    expect(outcome.note).toMatchObject({ unknownCity: true })
    expect(told(stockLookup, {}, outcome).zh).toContain('收货城市不明')
  })
})

describe('a restock', () => {
  it('brings back every line of the return, to the warehouse that ships', async () => {
    const items = [
      { sku: 'A', title: '', quantity: 2, unitPriceFen: 100, paidFen: 200 },
      { sku: 'B', title: '', quantity: 1, unitPriceFen: 100, paidFen: 100 },
    ]
    const outcome = await runOne(stockRestock, {}, { order: anOrder({ kind: 'return', items }) }, world)
    const lines = [
      { sku: 'A', quantity: 2 },
      { sku: 'B', quantity: 1 },
    ]
    expect(outcome.effects).toEqual([{ kind: 'restock', orderId: 'T1001', warehouse: 'hangzhou', lines }])
    expect(told(stockRestock, {}, outcome).zh).toBe('退货入库：A×2、B×1 回到 hangzhou')
  })

  it('is called by the name of the warehouse where the run has seen it', async () => {
    const outcome = await runOne(
      stockRestock,
      { warehouse: 'ningbo' },
      { order: anOrder({ kind: 'return' }), stock: someStock(0, 9) },
      world,
    )
    expect(told(stockRestock, {}, outcome).zh).toBe('退货入库：MILK-1×2 回到 宁波仓')
  })

  it('is refused for a sale, which would make stock out of nothing', async () => {
    const outcome = await runOne(stockRestock, {}, { order: anOrder() }, world)
    expect(outcome).toMatchObject({ ports: [], failed: { code: 'NOT_A_RETURN', blame: 'workflow' } })
    expect(outcome.effects).toBeUndefined()
  })

  it('asks for a warehouse when neither it nor the connection names one', async () => {
    const order = anOrder({ kind: 'return' })
    const outcome = await runOne(stockRestock, {}, { order }, { connections: [] })
    expect(outcome.failed).toMatchObject({ code: 'NO_WAREHOUSE' })
  })
})

describe('a transfer', () => {
  it('goes from the near warehouse to the own one with its distance', async () => {
    const outcome = await runOne(
      stockTransfer,
      {},
      { order: anOrder(), stock: someStock(0, 9) },
      { ...world, now: new Date('2026-10-01T02:00:00Z') },
    )
    expect(outcome.effects).toEqual([
      {
        kind: 'transfer',
        orderId: 'T1001',
        from: 'ningbo',
        to: 'hangzhou',
        lines: [{ sku: 'MILK-1', quantity: 2 }],
        distanceKm: 141.8,
        dueDay: '2026-10-02',
      },
    ])
    expect(told(stockTransfer, {}, outcome).zh).toBe(
      '从 宁波仓 调拨 MILK-1×2 到 杭州仓，2026-10-02 到（T+1）',
    )
  })

  it.each([
    ['NO_STOCK_FACTS', undefined],
    ['NO_NEAR_WAREHOUSE', someStock(2, 0)],
  ])('fails with %s where there is nowhere to take it from', async (code, stock) => {
    expect((await runOne(stockTransfer, {}, { order: anOrder(), stock }, world)).failed).toMatchObject({
      code,
      blame: 'workflow',
    })
  })
})

describe('a purchase', () => {
  it('tells the supplier the address only when it ships to the customer', async () => {
    const toOwn = await runOne(purchaseCreate, { supplier: 'supplier' }, { order: anOrder() }, world)
    expect(JSON.stringify(toOwn.effects)).not.toContain('文一西路')
    const toCustomer = await runOne(
      purchaseCreate,
      { supplier: 'supplier', shipTo: 'customer', urgent: true },
      { order: anOrder() },
      world,
    )
    expect(toCustomer.effects).toMatchObject([{ shipTo: { city: '杭州市' }, urgent: true }])
  })

  it('fails where there is no such supplier', async () => {
    expect(
      (await runOne(purchaseCreate, { supplier: 'nobody' }, { order: anOrder() }, world)).failed?.code,
    ).toBe('UNKNOWN_SUPPLIER')
  })
})

describe('a task', () => {
  it('masks the buyer in its text', async () => {
    const params = {
      topic: 't',
      title: '{order.order_customer_name} {order.phone} {order.paidFen} {order.paidAt}',
    }
    const { note } = await runOne(taskCreate, params, { order: anOrder() })
    expect(note?.title).toBe('王** 138****8000 ¥398.00 —')
  })

  it('that is waited for has its choices as ports', () => {
    const params = { topic: 't', title: 't', wait: true, choices: [{ port: 'a', name: '同意' }] }
    expect(portsOf(taskCreate, params)).toEqual({ a: { zh: '同意', en: '同意' } })
    expect(taskCreate.explain({ ports: ['a'], note: { by: '小李' } }, params).zh).toBe('小李选择了「同意」')
  })

  it.each([
    [{ topic: 't', title: '{order.nothing}' }, 'UNKNOWN_FIELD title'],
    [{ topic: 't', title: 't', detail: '{colour}' }, 'UNKNOWN_FIELD detail'],
    [{ topic: 't', title: 't', wait: true }, 'NO_CHOICES choices'],
    [
      {
        topic: 't',
        title: 't',
        wait: true,
        choices: [
          { port: 'a', name: 'A' },
          { port: 'a', name: 'B' },
        ],
      },
      'REPEATED choices/1/port',
    ],
  ])('is refused when it cannot work: %j', (params, expected) => {
    expect(taskCreate.checkParams?.(params)?.map(({ code, param }) => `${code} ${param}`)).toContain(expected)
  })

  it('masks mobile numbers in free texts', async () => {
    const params = { topic: 't', title: '{source.remark}/{order.buyerNote}' }
    const data = { order: anOrder({ buyerNote: '电话13900139000' }), source: { remark: '13800138000转1' } }
    expect((await runOne(taskCreate, params, data)).note?.title).toBe('138****8000转1/电话139****9000')
  })

  it('may read the source document', () => {
    expect(taskCreate.checkParams?.({ topic: 't', title: '{source.trade.flag}' })).toEqual([])
  })

  it('asks the clock as well where it waits for so long only, and takes the last choice then', async () => {
    const params = {
      topic: 't',
      title: 'x',
      wait: true,
      choices: [
        { port: 'a', name: '优先发货' },
        { port: 'b', name: '按常规处理' },
      ],
      timeoutMinutes: 90,
    }
    const now = new Date('2026-10-01T02:00:00Z')
    const outcome = await runOne(taskCreate, params, { order: anOrder() }, { now })
    expect(outcome.effects).toMatchObject([
      { kind: 'task', choices: ['a', 'b'] },
      { kind: 'timer', port: 'b', dueAt: new Date('2026-10-01T03:30:00Z') },
    ])
    const explained = (by: string) => taskCreate.explain({ ports: ['b'], note: { by } }, params).zh
    expect(explained('timer')).toBe('1 小时 30 分没人处理，按「按常规处理」继续')
    expect(explained('小李')).toBe('小李选择了「按常规处理」')
  })

  it('sets no clock where it does not wait', async () => {
    const params = { topic: 't', title: 'x', timeoutMinutes: 90 }
    const outcome = await runOne(taskCreate, params, { order: anOrder() })
    expect(outcome.effects).toMatchObject([{ kind: 'task' }])
    expect(outcome.ports).toEqual(['created'])
  })
})

describe('setting fields', () => {
  it('changes a copy: the order of other ways stays as it was', async () => {
    const order = anOrder()
    const params = {
      values: [
        { field: 'address.district', value: '西湖区' },
        { field: 'urgent', value: true },
      ],
    }
    const { set } = await runOne(dataSet, params, { order })
    expect(set?.order).toMatchObject({ urgent: true, address: { district: '西湖区', city: '杭州市' } })
    expect(order).toEqual(anOrder())
  })

  it('fails in words where the value grew too long', async () => {
    const params = { values: [{ field: 'sellerNote', template: '{order.sellerNote}{order.sellerNote}' }] }
    const order = anOrder({ sellerNote: '注'.repeat(1_500) })
    const { failed, set } = await runOne(dataSet, params, { order })
    // Templates shorten long values, so two of them still fit.
    expect(failed ?? set?.order?.sellerNote.length).toBeLessThan(200)
    const tooLong = { values: [{ field: 'status', template: `${'长'.repeat(61)}` }] }
    expect((await runOne(dataSet, tooLong, { order })).failed?.code).toBe('VALUE_DOES_NOT_FIT')
  })

  it('keeps a person unrecognisable in its note', async () => {
    const params = { values: [{ field: 'phone', value: '13900139000' }] }
    const outcome = await runOne(dataSet, params, { order: anOrder() })
    expect(outcome.note).toEqual({ values: { 'order.phone': '139****9000' } })
    expect(told(dataSet, params, outcome).zh).toBe('设置手机号为139****9000')
  })

  it.each([
    [{ field: 'orderId', value: 'x' }, 'UNKNOWN_FIELD'],
    [{ field: 'items', value: 'x' }, 'UNKNOWN_FIELD'],
    [{ field: '__proto__', value: 'x' }, 'UNKNOWN_FIELD'],
    [{ field: 'urgent', value: '1' }, 'BAD_VALUE'],
    [{ field: 'sellerNote', value: 1 }, 'BAD_VALUE'],
    [{ field: 'paidFen', value: 1.5 }, 'BAD_VALUE'],
    [{ field: 'kind', value: 'gift' }, 'BAD_VALUE'],
    [{ field: 'paidAt', value: 'soon' }, 'BAD_VALUE'],
    [{ field: 'urgent', template: '{order.urgent}' }, 'NOT_A_TEXT'],
    [{ field: 'urgent' }, 'ONE_VALUE'],
    [{ field: 'sellerNote', value: 'a', template: 'b' }, 'ONE_VALUE'],
    [{ field: 'sellerNote', template: '{nothing}' }, 'UNKNOWN_FIELD'],
  ])('refuses %j', (value, code) => {
    expect(dataSet.checkParams?.({ values: [value] })).toMatchObject([{ code }])
  })
})

describe('a notice', () => {
  it('keeps the secret of its address out of the note', async () => {
    const params = { url: 'https://hooks.example/send?key=SECRET', body: { text: '{order.orderId}' } }
    const outcome = await runOne(notifyWebhook, params, { order: anOrder() })
    expect(outcome.effects).toEqual([{ kind: 'notify', url: params.url, body: { text: 'T1001' } }])
    expect(JSON.stringify(outcome.note)).not.toContain('SECRET')
  })

  it.each([
    'ftp://hooks.example',
    'hooks.example',
    'https://user:pw@hooks.example',
    'javascript:alert(1)',
    '',
  ])('is not sent to %j', url =>
    expect(notifyWebhook.checkParams?.({ url, body: { text: 'x' } })).toMatchObject([{ code: 'BAD_URL' }]),
  )
})

describe('a wait', () => {
  const unless = { '==': [{ var: 'order.status' }, 'shipped'] }
  const stored = (status: string) => ({
    orders: [{ orderKey: 'tb:T1001', order: anOrder({ status }), status: 'x' }],
  })

  it('looks at the order as it is now, not as the run remembers it', async () => {
    const params = { waitMinutes: 5, unless }
    const moved = await runOne(timeWait, params, { order: anOrder(), event: anEvent() }, stored('shipped'))
    expect(moved).toMatchObject({ ports: ['moved'], set: { order: { status: 'shipped' } } })
    const not = await runOne(
      timeWait,
      params,
      { order: anOrder({ status: 'shipped' }), event: anEvent() },
      stored('paid'),
    )
    expect(not).toMatchObject({ ports: [], waits: true })
  })

  it('sets a timer by the world’s clock', async () => {
    const now = new Date('2026-10-01T02:00:00Z')
    const { effects } = await runOne(timeWait, { waitMinutes: 90 }, { order: anOrder() }, { now })
    expect(effects).toEqual([{ kind: 'timer', dueAt: new Date('2026-10-01T03:30:00Z'), port: 'due' }])
  })

  it('reads as what came of it', () => {
    expect(timeWait.explain({ ports: ['due'], note: { by: 'timer' } }, { waitMinutes: 90 }).zh).toBe(
      '等了 1 小时 30 分，到点',
    )
  })
})
