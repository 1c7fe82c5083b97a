import { describe, expect, it } from 'vitest'
import { anEvent, anOrder, someStock } from '../../server/nodes/example-order.ts'
import { logicCondition } from '../../server/nodes/logic-condition.ts'
import { logicDecisionTable } from '../../server/nodes/logic-decision-table.ts'
import { logicSwitch } from '../../server/nodes/logic-switch.ts'
import { portsOf } from '../../server/workflow/ports.ts'
import { runOne, told } from './run-node.ts'

const v = (path: string) => ({ var: path })
const rows = [
  {
    id: 'own',
    name: '本仓有货',
    when: { '>=': [v('stock.own.available'), v('stock.own.need')] },
    port: 'ship',
    action: '本仓发货',
  },
  {
    id: 'near',
    name: '近仓有货',
    when: { and: [v('stock.near.covers'), { '<': [v('stock.near.distanceKm'), 200] }] },
    port: 'transfer',
    action: '近仓调拨',
  },
  { id: 'urgent', name: '急单', when: v('order.urgent'), port: 'procure', action: '向供应商采购' },
]
const table = { rows, else: { port: 'else', action: '登记缺货' } }

const decide = (params: unknown, own: number, near: number, urgent = false) =>
  runOne(logicDecisionTable, params, { order: anOrder({ urgent }), stock: someStock(own, near) })

describe('a decision table', () => {
  it('says in one sentence why the order went where it went', async () => {
    const outcome = await decide(table, 12, 0)
    expect(told(logicDecisionTable, table, outcome).zh).toBe(
      '本仓有货：杭州仓可用 12 件 ≥ 需要 2 件 → 本仓发货',
    )
  })

  it('calls the near warehouse by its name', async () => {
    const outcome = await decide(table, 1, 9)
    expect(told(logicDecisionTable, table, outcome).zh).toBe(
      '近仓有货：宁波仓够货 且 宁波仓距离 141.8 km < 200 km → 近仓调拨',
    )
  })

  it('says what it saw when nothing fits', async () => {
    const outcome = await decide(table, 0, 1)
    expect(outcome).toMatchObject({
      ports: ['else'],
      set: { decision: { row: 'else' } },
      note: { row: 'else' },
    })
    const { zh, en } = told(logicDecisionTable, table, outcome)
    expect(zh).toMatch(
      /^本仓有货、近仓有货、急单都不符合（.*杭州仓可用 0 件、需要 2 件.*急单 否） → 登记缺货$/,
    )
    expect(en).toMatch(/^None fits of .* → 登记缺货$/)
  })

  it('names the first rows only when a long table fits nowhere', async () => {
    const row = (n: number) => ({
      id: `r${n}`,
      name: `规则${n}`,
      when: { '==': [v('order.shop'), `店${n}`] },
      port: 'go',
      action: '走',
    })
    const long = { rows: Array.from({ length: 40 }, (_, n) => row(n)) }
    const { zh, en } = told(logicDecisionTable, long, await decide(long, 0, 0))
    expect(zh).toMatch(/^规则0、规则1、规则2、规则3、规则4、规则5 等 40 条都不符合/)
    expect(en).toMatch(/^None fits of 规则0, .*规则5 and 34 more/)
  })

  it('takes the first row only, or all of them', async () => {
    expect((await decide(table, 5, 9, true)).ports).toEqual(['ship'])
    const all = await decide({ ...table, hits: 'all' }, 5, 9, true)
    expect(all.ports).toEqual(['ship', 'transfer', 'procure'])
    expect(all.set?.decision).toEqual({ row: 'own,near,urgent' })
  })

  it('leaves once by a port that several rows share', async () => {
    const shared = { ...table, hits: 'all', rows: rows.map(row => ({ ...row, port: 'go' })) }
    expect((await decide(shared, 5, 9, true)).ports).toEqual(['go'])
  })

  it('has a port for every action and one for the rest, in the words of the rows', () => {
    expect(portsOf(logicDecisionTable, table)).toEqual({
      ship: { zh: '本仓发货', en: '本仓发货' },
      transfer: { zh: '近仓调拨', en: '近仓调拨' },
      procure: { zh: '向供应商采购', en: '向供应商采购' },
      else: { zh: '登记缺货', en: '登记缺货' },
    })
    expect(portsOf(logicDecisionTable, { rows: rows.slice(0, 1) })).toMatchObject({ else: { zh: '其它' } })
  })

  it('refuses two rows of one id', () => {
    const twice = { rows: [rows[0], rows[0]] }
    expect(logicDecisionTable.checkParams?.(twice)).toMatchObject([{ code: 'REPEATED', param: 'rows/1/id' }])
  })

  it('keeps a person unrecognisable in its note', async () => {
    const byPhone = {
      rows: [
        {
          id: 'vip',
          name: '老客',
          when: { '==': [v('order.phone'), '13800138000'] },
          port: 'vip',
          action: '优先',
        },
      ],
    }
    const outcome = await decide(byPhone, 0, 0)
    expect(JSON.stringify(outcome.note)).not.toContain('13800138000')
    expect(outcome.note).toMatchObject({ values: { 'order.phone': '138****8000' } })
  })

  it('masks mobile numbers in texts nobody has looked at', async () => {
    const when = { in: ['13800138000', v('source.remark')] }
    const outcome = await runOne(logicCondition, { when }, { source: { remark: '请打13800138000' } })
    expect(outcome).toMatchObject({
      ports: ['yes'],
      note: { values: { 'source.remark': '请打138****8000' } },
    })
  })

  it('fails alone where a condition cannot be worked out', async () => {
    const broken = { rows: [{ id: 'x', name: 'x', when: { no_such: [1] }, port: 'x', action: 'x' }] }
    expect((await decide(broken, 0, 0)).failed).toMatchObject({ code: 'NODE_FAILED' })
  })
})

describe('a condition', () => {
  it('treats an empty list as false, as JsonLogic does', async () => {
    const params = { when: { filter: [v('order.items'), { '>': [v('quantity'), 99] }] } }
    expect((await runOne(logicCondition, params, { order: anOrder() })).ports).toEqual(['no'])
  })

  it('reads as its sentence with the values in it', async () => {
    const params = { when: { and: [{ '>=': [v('order.paidFen'), 10_000] }, v('order.urgent')] } }
    const outcome = await runOne(logicCondition, params, { order: anOrder({ urgent: true }) })
    expect(told(logicCondition, params, outcome).zh).toBe('实付金额 ¥398.00 ≥ ¥100.00 且 急单 → 是')
  })

  it('counts an empty distance as 0: the reason why covers must be asked as well', async () => {
    const near = { '<=': [v('stock.near.distanceKm'), 200] }
    const data = { order: anOrder(), stock: someStock(0, 0) }
    expect((await runOne(logicCondition, { when: near }, data)).ports).toEqual(['yes'])
    expect(
      (await runOne(logicCondition, { when: { and: [v('stock.near.covers'), near] } }, data)).ports,
    ).toEqual(['no'])
  })
})

describe('a switch', () => {
  const byChannel = {
    by: 'value',
    field: 'order.channel',
    cases: [
      { port: 'ali', name: '淘系', values: ['taobao', 'tmall'] },
      { port: 'jd', name: '京东', values: ['jd'] },
    ],
    otherwise: '其它渠道',
  }

  it.each([
    ['taobao', 'ali'],
    ['jd', 'jd'],
    ['wechat', 'else'],
    ['constructor', 'else'],
  ])('sends %s by %s', async (channel, port) => {
    expect((await runOne(logicSwitch, byChannel, { order: anOrder({ channel }) })).ports).toEqual([port])
  })

  it('compares numbers and booleans by what they say', async () => {
    const params = {
      by: 'value',
      field: 'source.level',
      cases: [{ port: 'three', name: '三', values: ['3'] }],
    }
    expect((await runOne(logicSwitch, params, { source: { level: 3 } })).ports).toEqual(['three'])
    expect((await runOne(logicSwitch, params, { source: { level: [3] } })).ports).toEqual(['else'])
  })

  it('names its ports by its cases', () => {
    expect(portsOf(logicSwitch, byChannel)).toEqual({
      ali: { zh: '淘系', en: '淘系' },
      jd: { zh: '京东', en: '京东' },
      else: { zh: '其它渠道', en: '其它渠道' },
    })
  })

  it('says why', async () => {
    const outcome = await runOne(logicSwitch, byChannel, {
      order: anOrder({ channel: 'tmall' }),
      event: anEvent(),
    })
    expect(told(logicSwitch, byChannel, outcome).zh).toBe('渠道是天猫 → 淘系')
    const none = await runOne(logicSwitch, byChannel, { order: anOrder({ channel: 'wechat' }) })
    expect(told(logicSwitch, byChannel, none).zh).toBe('渠道是微信 → 其它渠道')
  })

  it.each([
    [{ by: 'value', cases: [{ port: 'a', name: 'A', values: ['x'] }] }, 'MISSING field'],
    [{ by: 'value', field: 'order.channel', cases: [{ port: 'a', name: 'A' }] }, 'MISSING cases/0/values'],
    [{ by: 'condition', cases: [{ port: 'a', name: 'A' }] }, 'MISSING cases/0/when'],
    [
      {
        by: 'value',
        field: 'order.channel',
        cases: [
          { port: 'a', name: 'A', values: ['x'] },
          { port: 'a', name: 'B', values: ['y'] },
        ],
      },
      'REPEATED cases/1/port',
    ],
    [
      {
        by: 'value',
        field: 'order.channel',
        cases: [
          { port: 'a', name: 'A', values: ['x'] },
          { port: 'b', name: 'B', values: ['y', 'x'] },
        ],
      },
      'REPEATED cases/1/values',
    ],
    [
      { by: 'value', field: 'order.channel', cases: [{ port: 'else', name: 'A', values: ['x'] }] },
      'REPEATED cases/0/port',
    ],
  ])('is refused when it cannot work: %j', (params, expected) => {
    const problems = logicSwitch.checkParams?.(params) ?? []
    expect(problems.map(({ code, param }) => `${code} ${param}`)).toContain(expected)
  })
})
