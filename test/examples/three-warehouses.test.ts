import { describe, expect, it } from 'vitest'
import { assortment, type Placement } from '../../examples/three-warehouses/assortment.ts'
import { allowedWays, expectedCounts, type Way } from '../../examples/three-warehouses/oracle.ts'
import { type RetailOrder, retailOrders } from '../../examples/three-warehouses/orders.ts'
import { openSupplier } from '../../examples/three-warehouses/supplier.ts'
import { warehouses } from '../../examples/three-warehouses/warehouses.ts'
import { distanceKm } from '../../server/world/geo.ts'
import { mapText, platformMapping } from './platform-mapping.ts'

const orders = [...retailOrders(7, 1_000)]

function anOrderOf(placements: Placement[], urgent = false): RetailOrder {
  const lines = placements.map(placement => ({
    ware: assortment.find(each => each.placement === placement)!,
    quantity: 1,
  }))
  return { connection: 'c', orderKey: `c:${placements}${urgent}`, orderId: 'x', lines, urgent, text: '' }
}

describe('the orders of the three-warehouses story', () => {
  it('are the same bytes for the same seed', () => {
    const texts = (seed: number) => [...retailOrders(seed, 50)].map(each => each.text)
    expect(texts(3)).toEqual(texts(3))
    expect(texts(3)).not.toEqual(texts(4))
  })

  it('are read by the platform mappings with their SKUs, quantities and urgency', () => {
    for (const { connection, text, lines, urgent, orderId } of orders.slice(0, 100)) {
      const channel = connection === 'yunbei-tmall' ? 'taobao' : 'douyin'
      const { order } = mapText(platformMapping(`connectors/${channel}/mapping.json`).mapping, text, channel)
      expect(order).toMatchObject({
        orderId,
        urgent,
        items: lines.map(({ ware, quantity }) => ({ sku: ware.sku, quantity })),
      })
    }
  })

  it('can go every way, and buyers compete for more scarce units than there are, also in a small telling', () => {
    const small = [...retailOrders(7, 300)]
    expect(new Set(small.flatMap(allowedWays))).toEqual(
      new Set<Way>(['ship', 'transfer', 'purchase', 'backorder']),
    )
    expect(small.filter(each => allowedWays(each).length > 1).length).toBeGreaterThan(20)
  })

  it('have a warehouse 142 km away and one beyond 200 km', () => {
    const [own, near, far] = warehouses
    expect(distanceKm(own!.point, near!.point)).toBeCloseTo(142, 0)
    expect(distanceKm(own!.point, far!.point)).toBeGreaterThan(200)
  })
})

describe("the retailer's rule worked out by hand", () => {
  it.each<[Placement[], boolean, Way]>([
    [['own'], true, 'ship'],
    [['own', 'near'], false, 'transfer'],
    [['far'], true, 'backorder'],
    [['own', 'far'], true, 'backorder'],
    [['nowhere'], true, 'purchase'],
    [['own', 'nowhere'], false, 'backorder'],
  ])('sends an order for goods that lie %s, urgent %s, by %s', (placements, urgent, way) => {
    expect(allowedWays(anOrderOf(placements, urgent))).toEqual([way])
  })

  it('gives the scarce product out to the last unit, and the late go by urgency', () => {
    const competing = Array.from({ length: 30 }, (_, index) => ({
      ...anOrderOf(['scarce'], index % 2 === 0),
      orderKey: `c:${index}`,
    }))
    const went = new Map<string, Way>(
      competing.slice(0, 20).map((each, index) => [each.orderKey, index < 12 ? 'ship' : 'transfer']),
    )
    expect(expectedCounts(competing, went)).toEqual({ ship: 12, transfer: 8, purchase: 5, backorder: 5 })
  })
})

describe('the supplier', () => {
  const ask = (url: string, key: string | undefined, body: unknown) =>
    fetch(url, { method: 'POST', body: JSON.stringify(body), headers: key ? { 'idempotency-key': key } : {} })

  it('books a key once and complains of a request without one or with another body', async () => {
    const supplier = await openSupplier({ busyEvery: 1_000, silentEvery: 1_000 })
    try {
      expect((await ask(supplier.url, 'k1', { orderId: 'A' })).status).toBe(201)
      expect((await ask(supplier.url, 'k1', { orderId: 'A' })).status).toBe(200)
      expect(supplier.complaints).toEqual([])
      expect((await ask(supplier.url, undefined, { orderId: 'A' })).status).toBe(400)
      await ask(supplier.url, 'k1', { orderId: 'B' })
      expect(supplier.complaints).toHaveLength(2)
      expect([...supplier.booked]).toEqual([['k1', { orderId: 'A', body: '{"orderId":"A"}' }]])
      expect(supplier.repeats).toBe(2)
    } finally {
      await supplier.close()
    }
  })

  it('is busy now and then, and sometimes books without being able to say so', async () => {
    const supplier = await openSupplier({ busyEvery: 2, silentEvery: 3 })
    try {
      expect((await ask(supplier.url, 'k1', { orderId: 'A' })).status).toBe(201)
      expect((await ask(supplier.url, 'k2', { orderId: 'B' })).status).toBe(503)
      await expect(ask(supplier.url, 'k2', { orderId: 'B' })).rejects.toThrow()
      expect([...supplier.booked.keys()]).toEqual(['k1', 'k2'])
    } finally {
      await supplier.close()
    }
  })
})
