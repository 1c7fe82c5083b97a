import { describe, expect, it } from 'vitest'
import { hotProducts, unitsFor } from '../../examples/flash-sale/hot-products.ts'
import { saleOrders } from '../../examples/flash-sale/orders.ts'
import { parseJson } from '../../server/intake/json.ts'
import { tell } from './tell.ts'

const UNTIL = new Date('2026-11-10T16:02:00Z')

describe('the flash sale', () => {
  it('has 10,000 units for 18,000 orders, and of each product less than is wanted', () => {
    const orders = saleOrders(7, 18_000, UNTIL)
    const units = unitsFor(18_000)
    const all = [...units.values()].reduce((sum, { own, near }) => sum + own + near, 0)
    expect(all).toBe(10_000)
    for (const { sku } of hotProducts) {
      const { own, near } = units.get(sku)!
      expect(orders.filter(each => each.sku === sku).length, sku).toBeGreaterThan(own + near)
    }
  })

  it('has an id, a buyer and readable JSON for every order, by four channels, the same bytes for a seed', () => {
    const orders = saleOrders(3, 2_000, UNTIL)
    expect(new Set(orders.map(each => each.orderKey)).size).toBe(2_000)
    expect(new Set(orders.map(each => each.connection)).size).toBe(4)
    for (const { text } of orders.slice(0, 50)) expect(parseJson(text)).toBeTypeOf('object')
    expect(saleOrders(3, 100, UNTIL)).toEqual(saleOrders(3, 100, UNTIL))
    expect(saleOrders(3, 100, UNTIL)).not.toEqual(saleOrders(4, 100, UNTIL))
  })

  it('is told with a server killed in the middle: nothing lost, twice or oversold, all channels stopped', async () => {
    const { code, output } = await tell('flash-sale', '--orders', '900')
    expect(output).toContain('✓ 锁定的正好 500 件')
    expect(output).toContain('✓ 5 款爆品在 4 个渠道都停售了')
    expect([code, output.includes('✗')], output).toEqual([0, false])
  })
})
