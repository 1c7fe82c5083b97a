import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { packIntent } from '../../server/store/intent.ts'
import type { Store } from '../../server/store/store.ts'
import { type StockDesk, stockDesk } from '../../server/world/stock-desk.ts'
import { freshStore } from '../support/embedded.ts'

let store: Store
let desk: StockDesk
beforeEach(async () => {
  store = await freshStore()
  desk = stockDesk(store, 'main')
})
afterEach(() => store.close())

const line = (sku: string, quantity: number) => ({ warehouse: 'hangzhou', sku, quantity })
const level = async (sku: string) => {
  const found = await store.stock.findById(`main/hangzhou/${sku}`).lean()
  return found && [found.onHand, found.held, found.available]
}

describe('the stock desk', () => {
  it('receives goods once per id', async () => {
    const receipt = {
      id: 'R1',
      kind: 'received' as const,
      lines: [line('A', 5), line('A', 2), line('B', 1)],
      reason: '到货',
    }
    expect(await desk.move(receipt)).toEqual({ repeated: false })
    expect(await desk.move(receipt)).toEqual({ repeated: true })
    expect([await level('A'), await level('B')]).toEqual([
      [7, 0, 7],
      [1, 0, 1],
    ])
    expect(await desk.prove()).toMatchObject({ agrees: true, checked: 2 })
  })

  it('takes all lines of an adjustment or none', async () => {
    await desk.move({ id: 'R1', kind: 'received', lines: [line('A', 5), line('B', 1)], reason: '' })
    const adjust = desk.move({
      id: 'X1',
      kind: 'adjusted',
      lines: [line('A', -5), line('B', -2)],
      reason: '盘点',
    })
    await expect(adjust).rejects.toMatchObject({ code: 'STOCK_WOULD_GO_NEGATIVE', statusCode: 409 })
    expect([await level('A'), await level('B')]).toEqual([
      [5, 0, 5],
      [1, 0, 1],
    ])
    await desk.move({ id: 'X2', kind: 'adjusted', lines: [line('A', -5), line('B', -1)], reason: '盘点' })
    expect(await level('A')).toEqual([0, 0, 0])
    expect(await desk.prove()).toMatchObject({ agrees: true })
  })

  it('finishes a receipt whose process died between writing the intent and the stock', async () => {
    const movement = {
      _id: 'R9',
      workspace: 'main',
      kind: 'received' as const,
      lines: [line('A', 3)],
      reason: '',
      at: new Date(),
    }
    const intent = {
      seq: 1,
      at: movement.at,
      events: [],
      plans: [],
      answers: [],
      holds: [],
      deltas: [],
      movement,
    }
    await store.lanes.updateOne({ _id: 8 }, { $set: { intent: packIntent(intent), seq: 1 } })
    await desk.move({ id: 'R10', kind: 'received', lines: [line('B', 1)], reason: '' })
    expect([await level('A'), await level('B')]).toEqual([
      [3, 0, 3],
      [1, 0, 1],
    ])
    expect(await desk.prove()).toMatchObject({ agrees: true })
  })

  it('lets a hundred commands at once each happen once', async () => {
    await Promise.all(
      Array.from({ length: 100 }, (_, i) =>
        desk.move({ id: `R${i % 50}`, kind: 'received', lines: [line('A', 1)], reason: '' }),
      ),
    )
    expect(await level('A')).toEqual([50, 0, 50])
  })

  it('says where stock and ledger differ', async () => {
    await desk.move({ id: 'R1', kind: 'received', lines: [line('A', 5)], reason: '' })
    await store.stock.updateOne({ _id: 'main/hangzhou/A' }, { $inc: { available: 1 } })
    expect(await desk.prove()).toMatchObject({
      agrees: false,
      differences: [{ id: 'main/hangzhou/A', ledger: { onHand: 5, held: 0 } }],
    })
  })
})
