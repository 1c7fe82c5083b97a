import { describe, expect, it } from 'vitest'
import { anOrder } from '../../server/nodes/example-order.ts'
import { simulatedWorld } from '../../server/world/simulated.ts'

const hold = (key: string, quantity: number, sku = 'A') => ({
  key,
  orderKey: key,
  orderId: key,
  warehouse: 'w',
  lines: [{ sku, quantity }],
})

describe('the simulated world', () => {
  it('holds stock once per key and answers the same key the same way', async () => {
    const world = simulatedWorld({ stock: { w: { A: 3 } } })
    expect(await world.stock.hold([hold('1', 2), hold('2', 2)])).toEqual([
      { held: true },
      { held: false, short: { sku: 'A', available: 1, need: 2 } },
    ])
    expect(await world.stock.hold([hold('1', 2)])).toEqual([{ held: true }])
    expect(world.snapshot().stock).toEqual({ w: { A: 1 } })
  })

  it('takes lines of one SKU together, once', async () => {
    const world = simulatedWorld({ stock: { w: { A: 5 } } })
    const lines = [
      { sku: 'A', quantity: 2 },
      { sku: 'A', quantity: 2 },
    ]
    await world.stock.hold([{ ...hold('1', 2), lines }])
    expect(world.snapshot().stock).toEqual({ w: { A: 1 } })
  })

  it('sees its own holds in later facts', async () => {
    const world = simulatedWorld({
      stock: { w: { A: 3 } },
      warehouses: [{ id: 'w', name: 'W', point: { lng: 0, lat: 0 } }],
    })
    await world.stock.hold([hold('1', 2)])
    const [facts] = await world.stock.facts([
      { key: 'f', warehouse: 'w', lines: [{ sku: 'A', quantity: 2 }] },
    ])
    expect(facts?.own).toMatchObject({ available: 1, covers: false })
  })

  it('keeps the first order of a dedup key within one batch', async () => {
    const world = simulatedWorld({})
    const claim = (key: string, at: string) => ({
      key,
      dedupKey: 'k',
      orderKey: key,
      orderId: key,
      channel: 'c',
      at: new Date(at),
      windowMs: 180_000,
    })
    const answers = await world.dedup.claim([
      claim('1', '2026-10-01T00:00:00Z'),
      claim('2', '2026-10-01T00:03:00Z'),
      claim('3', '2026-10-01T00:04:00Z'),
    ])
    expect(answers.map(answer => answer.duplicateOf?.orderKey)).toEqual([undefined, '1', undefined])
    expect(
      world
        .snapshot()
        .sightings.get('k')
        ?.map(each => each.orderKey),
    ).toEqual(['1', '3'])
  })

  it('knows a new order from a changed one', async () => {
    const world = simulatedWorld({ orders: [{ orderKey: 'old', order: anOrder(), status: 'done' }] })
    const arrivals = await world.orders.arrive([
      { key: '1', orderKey: 'old', event: 'e1' },
      { key: '2', orderKey: 'new', event: 'e2' },
      { key: '3', orderKey: 'new', event: 'e3' },
      { key: '4', orderKey: 'new', event: 'e2' },
    ])
    expect(arrivals.map(answer => answer.isNew)).toEqual([false, true, false, true])
    const [old, none] = await world.orders.current([
      { key: '5', orderKey: 'old' },
      { key: '6', orderKey: 'new' },
    ])
    expect(old?.status).toBe('done')
    expect(none).toBeUndefined()
  })

  it('records the effects of a visit once', () => {
    const world = simulatedWorld({})
    world.record('run/node/0', [{ kind: 'quarantine', problems: [] }])
    world.record('run/node/0', [])
    expect(world.snapshot().effects.get('run/node/0')).toHaveLength(1)
  })

  it('puts a return back into stock, once', () => {
    const world = simulatedWorld({ stock: { w: { A: 1 } } })
    const restock = (warehouse: string, sku: string) => ({
      kind: 'restock' as const,
      orderId: 'RT1',
      warehouse,
      lines: [
        { sku, quantity: 2 },
        { sku, quantity: 1 },
      ],
    })
    world.record('run/restock/0', [restock('w', 'A')])
    world.record('run/restock/0', [restock('w', 'A')])
    world.record('run/restock/1', [restock('new', 'B')])
    expect(world.snapshot().stock).toEqual({ w: { A: 4 }, new: { B: 3 } })
  })

  it('does not touch the state it was made from', async () => {
    const stock = { w: { A: 1 } }
    await simulatedWorld({ stock }).stock.hold([hold('1', 1)])
    expect(stock).toEqual({ w: { A: 1 } })
  })
})
