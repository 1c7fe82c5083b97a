import { describe, expect, it } from 'vitest'
import { anOrder, someStock } from '../../server/nodes/example-order.ts'
import { logicDecisionTable } from '../../server/nodes/logic-decision-table.ts'
import { simulatedWorld } from '../../server/world/simulated.ts'
import { runBatch, runOne } from './run-node.ts'

const v = (path: string) => ({ var: path })
const row = (id: string, when: unknown) => ({ id, name: id, when, port: 'go', action: '走' })
const never = (path: string) => ({ '==': [v(path), 'never'] })

describe('the note of a decision table', () => {
  it('holds each field once, in the order the rows look at them, when nothing fits', async () => {
    const rows = [
      row('a', { and: [never('order.shop'), { '>': [v('stock.own.available'), 900] }] }),
      row('b', { or: [{ '>': [v('stock.own.need'), 900] }, never('order.shop')] }),
      row('c', never('order.channel')),
    ]
    const { note } = await runOne(logicDecisionTable, { rows }, { order: anOrder(), stock: someStock(1, 9) })
    const { values } = note as { values: Record<string, unknown> }
    expect(Object.keys(values)).toEqual([
      'order.shop',
      'stock.own.available',
      'stock.own.name',
      'stock.own.need',
      'order.channel',
    ])
    expect(values).toMatchObject({ 'stock.own.available': 1, 'stock.own.name': '杭州仓' })
  })

  it('holds the first twelve values that are there when nothing fits, and passes over the others', async () => {
    const source = Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`f${n}`, n % 2 ? n : undefined]))
    const more = Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`g${n}`, n]))
    const rows = [...Object.keys(source), ...Object.keys(more)].map((name, n) =>
      row(`r${n}`, never(`source.${name}`)),
    )
    const { note } = await runOne(logicDecisionTable, { rows }, { source: { ...source, ...more } })
    const { values } = note as { values: Record<string, unknown> }
    expect(Object.keys(values)).toEqual([
      ...['f1', 'f3', 'f5', 'f7', 'f9', 'f11', 'f13', 'f15', 'f17', 'f19'].map(name => `source.${name}`),
      ...['source.g0', 'source.g1'],
    ])
  })

  it('keeps the warehouse by its own name when a row asks for that name', async () => {
    const when = { and: [{ '!=': [v('stock.near.name'), ''] }, v('stock.near.covers')] }
    const { note } = await runOne(
      logicDecisionTable,
      { rows: [row('near', when)] },
      { order: anOrder(), stock: someStock(0, 9) },
    )
    expect(note).toEqual({ row: 'near', values: { 'stock.near.name': '宁波仓', 'stock.near.covers': true } })
  })

  it("is each order's own in a batch", async () => {
    const params = { rows: [row('any', { '>=': [v('order.paidFen'), 0] })] }
    const batch = [1, 2, 3].map(paidFen => ({ order: anOrder({ paidFen }) }))
    const outcomes = await runBatch(logicDecisionTable, params, batch, simulatedWorld({}))
    expect(outcomes.map(({ note }) => note?.values)).toEqual([
      { 'order.paidFen': 1 },
      { 'order.paidFen': 2 },
      { 'order.paidFen': 3 },
    ])
  })

  it('cuts what is long before it masks it, and leaves out lists', async () => {
    const when = { and: [v('order.buyerNote'), v('order.items'), v('source.note')] }
    const order = anOrder({ buyerNote: `请打13800138000${'长'.repeat(200)}` })
    const { note } = await runOne(
      logicDecisionTable,
      { rows: [row('noted', when)] },
      { order, source: { note: ['a'] } },
    )
    expect(note?.values).toEqual({ 'order.buyerNote': `请打138****8000${'长'.repeat(107)}…` })
  })
})
