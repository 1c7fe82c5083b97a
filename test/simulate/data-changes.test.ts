import { describe, expect, it } from 'vitest'
import { anEvent, anOrder } from '../../server/nodes/example-order.ts'
import type { RunData } from '../../server/nodes/node-type.ts'
import { dataChanges, shownData } from '../../server/simulate/data-changes.ts'

const order = anOrder({ phone: '13800138000', order_customer_name: '王小明' })
const data = (over: Partial<RunData> = {}): RunData => ({
  event: anEvent(),
  source: { name: '王小明', tel: '13800138000', memo: '王小明自提' },
  ...over,
})

describe('what a step changed', () => {
  it('is told by path, with what was and what is', () => {
    const before = data({ order })
    const after = data({ order: { ...order, urgent: true, sellerNote: '急' }, decision: { row: 'own' } })
    expect(dataChanges(before, after, order)).toEqual([
      { path: 'order.urgent', before: false, after: true },
      { path: 'order.sellerNote', before: '', after: '急' },
      { path: 'decision.row', after: 'own' },
    ])
    expect(dataChanges(before, before, order)).toEqual([])
  })

  it('tells a new order field by field, with the buyer masked', () => {
    const changes = dataChanges(data(), data({ order }), order)
    expect(changes).toContainEqual({ path: 'order.items.0.sku', after: order.items[0]!.sku })
    expect(changes).toContainEqual({ path: 'order.phone', after: '138****8000' })
    expect(JSON.stringify(changes)).not.toMatch(/13800138000|王小明/)
  })

  it('sees that only the hidden part of a phone changed', () => {
    const other = { ...order, phone: '13899998000' }
    expect(dataChanges(data({ order }), data({ order: other }), order)).toEqual([
      { path: 'order.phone', before: '138****8000', after: '138****8000' },
    ])
  })

  it('tells what is gone, what became empty, and instants', () => {
    const was = data({ order, dedup: { duplicateOf: 'x:1', minutesApart: 2 } })
    const later = new Date('2026-10-02T00:00:00Z')
    const is = data({ order: { ...order, orderedAt: later, items: [] }, dedup: undefined })
    const changes = dataChanges(was, is, order)
    expect(changes).toContainEqual({ path: 'order.orderedAt', before: order.orderedAt, after: later })
    expect(changes).toContainEqual({ path: 'dedup.duplicateOf', before: 'x:1' })
    expect(
      changes.filter(each => each.path.startsWith('order.items')).every(each => !('after' in each)),
    ).toBe(true)
  })
})

describe('what came into a step', () => {
  it('holds the source document until there is an order, the buyer masked by what the order turns out to say', () => {
    const shown = JSON.stringify(shownData(data(), order))
    expect(shown).toContain('王**')
    expect(shown).not.toMatch(/13800138000|王小明/)
    expect(shownData(data({ order }), order)).not.toHaveProperty('source')
    expect(shownData(data({ order }), order)).not.toHaveProperty('event')
  })
})
