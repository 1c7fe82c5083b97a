import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RestockDoc } from '../../../server/store/restock-doc.ts'
import type { Store } from '../../../server/store/store.ts'
import { restocker } from '../../../server/world/live/restocker.ts'
import { type StockDesk, stockDesk } from '../../../server/world/stock-desk.ts'
import { freshStore } from '../../support/embedded.ts'

let store: Store
let desk: StockDesk
beforeEach(async () => {
  store = await freshStore()
  desk = stockDesk(store, 'main')
  await desk.move({
    id: 'R1',
    kind: 'received',
    lines: [{ warehouse: 'hangzhou', sku: 'A', quantity: 5 }],
    reason: '期初',
  })
})
afterEach(() => store.close())

const aRestock = (over: Partial<RestockDoc> = {}): RestockDoc => ({
  _id: 'run/restock/0',
  workspace: 'main',
  order: 'plain:RT1',
  orderId: 'RT1',
  run: 'run',
  warehouse: 'hangzhou',
  lines: [{ sku: 'A', quantity: 2 }],
  createdAt: new Date(0),
  ...over,
})

const told: object[] = []
const log = { error: (details: object) => void told.push(details) }
const level = async (id = 'main/hangzhou/A') => (await store.stock.findById(id).lean())?.available

describe('putting returns back into stock', () => {
  it('adds the units once, as a ledger entry of the order and the run, and forgets the request', async () => {
    await store.restocks.create(aRestock())
    await restocker(store, desk, { log }).sweep()
    expect(await level()).toBe(7)
    expect(await store.movements.findById('run/restock/0').lean()).toMatchObject({
      kind: 'returned',
      order: 'plain:RT1',
      run: 'run',
      reason: 'RT1',
      lines: [{ warehouse: 'hangzhou', sku: 'A', quantity: 2 }],
    })
    expect(await store.restocks.countDocuments()).toBe(0)
    expect(await desk.prove()).toMatchObject({ agrees: true })
  })

  it('brings a SKU back that the warehouse never had', async () => {
    await store.restocks.create(aRestock({ warehouse: 'ningbo', lines: [{ sku: 'B', quantity: 1 }] }))
    await restocker(store, desk, { log }).sweep()
    expect(await level('main/ningbo/B')).toBe(1)
    expect(await desk.prove()).toMatchObject({ agrees: true })
  })

  it('adds lines of one SKU together', async () => {
    const lines = [
      { sku: 'A', quantity: 2 },
      { sku: 'A', quantity: 3 },
    ]
    await store.restocks.create(aRestock({ lines }))
    await restocker(store, desk, { log }).sweep()
    expect(await level()).toBe(10)
    expect(await desk.prove()).toMatchObject({ agrees: true })
  })

  it('adds them once when several processes sweep at the same time', async () => {
    await store.restocks.create(
      Array.from({ length: 20 }, (_, i) => aRestock({ _id: `run-${i}/restock/0`, run: `run-${i}` })),
    )
    const others = Array.from({ length: 3 }, () => restocker(store, stockDesk(store, 'main'), { log }))
    await Promise.all(others.flatMap(each => [each.sweep(), each.sweep()]))
    expect(await level()).toBe(45)
    expect(await store.restocks.countDocuments()).toBe(0)
    expect(await desk.prove()).toMatchObject({ agrees: true })
  })

  it('adds nothing again for a process that died before it could forget the request', async () => {
    await store.restocks.create(aRestock())
    const dies = {
      ...store,
      restocks: { find: store.restocks.find.bind(store.restocks) },
    } as unknown as Store
    await restocker(dies, desk, { log }).sweep()
    expect(await level()).toBe(7)
    expect(await store.restocks.countDocuments()).toBe(1)
    await restocker(store, desk, { log }).sweep()
    expect(await level()).toBe(7)
    expect(await store.restocks.countDocuments()).toBe(0)
  })

  it('keeps one that cannot be done now, says so, and does the others', async () => {
    await store.restocks.create([aRestock(), aRestock({ _id: 'other/restock/0', createdAt: new Date(1) })])
    const failing: Pick<StockDesk, 'move'> = {
      move: async command => {
        if (command.id === 'run/restock/0') throw new Error('the store is out of reach')
        return desk.move(command)
      },
    }
    told.length = 0
    await restocker(store, failing, { log }).sweep()
    expect(told).toMatchObject([{ restock: 'run/restock/0', order: 'plain:RT1' }])
    expect(await level()).toBe(7)
    expect((await store.restocks.find().lean()).map(each => each._id)).toEqual(['run/restock/0'])
    await restocker(store, desk, { log }).sweep()
    expect(await level()).toBe(9)
  })
})
