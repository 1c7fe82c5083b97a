import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { factsFor, UNKNOWN_DISTANCE_KM } from '../../server/world/stock-facts.ts'
import type { Levels } from '../../server/world/stock-lines.ts'

const warehouses = [
  { id: 'hangzhou', name: '杭州仓', point: { lng: 120.15, lat: 30.27 } },
  { id: 'wuhan', name: '武汉仓', point: { lng: 114.3, lat: 30.59 } },
  { id: 'ningbo', name: '宁波仓', point: { lng: 121.55, lat: 29.87 } },
]

const levelsOf =
  (stock: Record<string, Record<string, number>>): Levels =>
  (warehouse, sku) =>
    stock[warehouse]?.[sku] ?? 0

const ask = (
  stock: Record<string, Record<string, number>>,
  lines: { sku: string; quantity: number }[],
  from?: { lng: number; lat: number },
) => factsFor({ warehouse: 'hangzhou', lines, from }, levelsOf(stock), warehouses)

describe('what an order may know of the stock', () => {
  it('covers with exactly the need and not with one less', () => {
    const lines = [{ sku: 'A', quantity: 2 }]
    expect(ask({ hangzhou: { A: 2 } }, lines).own).toEqual({
      warehouse: 'hangzhou',
      name: '杭州仓',
      sku: 'A',
      available: 2,
      need: 2,
      covers: true,
      distanceKm: 0,
    })
    expect(ask({ hangzhou: { A: 1 } }, lines).own.covers).toBe(false)
  })

  it('tells of the scarcest line', () => {
    const lines = [
      { sku: 'A', quantity: 1 },
      { sku: 'B', quantity: 5 },
    ]
    const { own } = ask({ hangzhou: { A: 3, B: 4 } }, lines)
    expect(own).toMatchObject({ sku: 'B', available: 4, need: 5, covers: false })
  })

  it('sums lines of the same SKU', () => {
    const lines = [
      { sku: 'A', quantity: 2 },
      { sku: 'A', quantity: 2 },
    ]
    expect(ask({ hangzhou: { A: 3 } }, lines).own).toMatchObject({ available: 3, need: 4, covers: false })
  })

  it('finds the nearest other warehouse that has everything', () => {
    const lines = [{ sku: 'A', quantity: 2 }]
    const { near, others } = ask({ hangzhou: { A: 9 }, ningbo: { A: 1 }, wuhan: { A: 2 } }, lines)
    expect(others.map(other => other.warehouse)).toEqual(['ningbo', 'wuhan'])
    expect(near).toMatchObject({ warehouse: 'wuhan', covers: true })
    expect(near.distanceKm).toBeCloseTo(562, 0)
  })

  it('has an empty distance and covers nothing where no other warehouse has everything', () => {
    const { near } = ask({ hangzhou: { A: 9 } }, [{ sku: 'A', quantity: 1 }])
    expect(near).toEqual({
      warehouse: null,
      name: '',
      sku: 'A',
      available: 0,
      need: 1,
      covers: false,
      distanceKm: null,
    })
  })

  it('measures from the customer where asked to', () => {
    const wuhanCity = { lng: 114.3, lat: 30.59 }
    const stock = { ningbo: { A: 1 }, wuhan: { A: 1 } }
    const { own, near } = ask(stock, [{ sku: 'A', quantity: 1 }], wuhanCity)
    expect(near).toMatchObject({ warehouse: 'wuhan', distanceKm: 0 })
    expect(own.distanceKm).toBeGreaterThan(500)
  })

  it('adds all warehouses up', () => {
    const { network } = ask({ hangzhou: { A: 1 }, ningbo: { A: 1 }, wuhan: { A: 1 } }, [
      { sku: 'A', quantity: 3 },
    ])
    expect(network).toEqual({ sku: 'A', available: 3, need: 3, covers: true })
  })

  it('takes an own warehouse nobody knows as far from everything, not as near', () => {
    const facts = factsFor(
      { warehouse: 'moon', lines: [{ sku: 'A', quantity: 1 }] },
      levelsOf({ moon: { A: 1 }, ningbo: { A: 1 } }),
      warehouses,
    )
    expect(facts.own).toMatchObject({ warehouse: 'moon', name: 'moon', covers: true })
    expect(facts.near.distanceKm).toBe(UNKNOWN_DISTANCE_KM)
    expect(facts.network.available).toBe(2)
  })

  it('lists at most 12 others and still finds the near one beyond them', () => {
    const many = Array.from({ length: 20 }, (_, index) => ({
      id: `w${String(index).padStart(2, '0')}`,
      name: `${index} 号仓`,
      point: { lng: 100 + index, lat: 30 },
    }))
    const { others, near } = factsFor(
      { warehouse: 'w00', lines: [{ sku: 'A', quantity: 1 }] },
      levelsOf({ w19: { A: 1 } }),
      many,
    )
    expect(others).toHaveLength(12)
    expect(near.warehouse).toBe('w19')
  })

  it('covers exactly when every line is available, whatever the lines', () => {
    const line = fc.record({ sku: fc.constantFrom('A', 'B', 'C'), quantity: fc.integer({ min: 1, max: 9 }) })
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 6 }),
        fc.array(fc.nat(20), { minLength: 3, maxLength: 3 }),
        (lines, [A = 0, B = 0, C = 0]) => {
          const stock: Record<string, number> = { A, B, C }
          const { own } = ask({ hangzhou: stock }, lines)
          const covers = ['A', 'B', 'C'].every(sku => {
            const need = lines.filter(each => each.sku === sku).reduce((sum, each) => sum + each.quantity, 0)
            return stock[sku]! >= need
          })
          expect(own.covers).toBe(covers)
          expect(own.available >= own.need).toBe(covers)
        },
      ),
    )
  })
})
