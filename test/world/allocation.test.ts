import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allocate } from '../../server/world/allocation.ts'
import { stockId } from '../../server/world/stock-id.ts'
import type { Levels } from '../../server/world/stock-lines.ts'
import type { HoldRequest, StockLine } from '../../server/world/world.ts'

const request = (warehouse: string, ...lines: StockLine[]): HoldRequest => ({
  key: 'k',
  orderKey: 'o',
  orderId: 'o',
  warehouse,
  lines,
})
const line = (sku: string, quantity: number): StockLine => ({ sku, quantity })
const levels =
  (stock: Record<string, number>): Levels =>
  (warehouse, sku) =>
    stock[`${warehouse}/${sku}`] ?? 0

describe('allocation', () => {
  it('gives in the order of the requests until there is no more', () => {
    const { answers, taken } = allocate(
      [request('w', line('A', 2)), request('w', line('A', 2)), request('w', line('A', 1))],
      levels({ 'w/A': 3 }),
      'main',
    )
    expect(answers).toEqual([
      { held: true },
      { held: false, short: { sku: 'A', available: 1, need: 2 } },
      { held: true },
    ])
    expect(taken).toEqual(new Map([[stockId('main', 'w', 'A'), 3]]))
  })

  it('holds all lines or none', () => {
    const { answers, taken } = allocate(
      [request('w', line('A', 1), line('B', 1))],
      levels({ 'w/A': 5 }),
      'main',
    )
    expect(answers).toEqual([{ held: false, short: { sku: 'B', available: 0, need: 1 } }])
    expect(taken.size).toBe(0)
  })

  it('sums lines of the same SKU before it looks', () => {
    const { answers } = allocate([request('w', line('A', 2), line('A', 2))], levels({ 'w/A': 3 }), 'main')
    expect(answers).toEqual([{ held: false, short: { sku: 'A', available: 3, need: 4 } }])
  })

  it('keeps warehouses apart', () => {
    const { answers } = allocate(
      [request('v', line('A', 1)), request('w', line('A', 1))],
      levels({ 'w/A': 1 }),
      'main',
    )
    expect(answers.map(answer => answer.held)).toEqual([false, true])
  })

  it.each([0, -1, 0.5, Number.NaN])('never holds a quantity of %d', quantity => {
    const { answers, taken } = allocate([request('w', line('A', quantity))], levels({ 'w/A': 5 }), 'main')
    expect(answers[0]).toMatchObject({ held: false })
    expect(taken.size).toBe(0)
  })

  it('never takes more than there is, and takes exactly what it answered', () => {
    const lines = fc.array(
      fc.record({ sku: fc.constantFrom('A', 'B', 'C'), quantity: fc.integer({ min: 1, max: 4 }) }),
      { minLength: 1, maxLength: 4 },
    )
    const requests = fc.array(fc.record({ warehouse: fc.constantFrom('v', 'w'), lines }), { maxLength: 30 })
    fc.assert(
      fc.property(requests, fc.nat(12), (asked, each) => {
        const all = asked.map(({ warehouse, lines }) => request(warehouse, ...lines))
        const { answers, taken } = allocate(all, () => each, 'main')
        const held = new Map<string, number>()
        for (const [index, { warehouse, lines }] of all.entries()) {
          if (!answers[index]!.held) continue
          for (const { sku, quantity } of lines) {
            const id = stockId('main', warehouse, sku)
            held.set(id, (held.get(id) ?? 0) + quantity)
          }
        }
        expect(taken).toEqual(held)
        for (const units of taken.values()) expect(units).toBeLessThanOrEqual(each)
      }),
    )
  })
})
