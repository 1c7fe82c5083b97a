import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ensureIndexes } from '../../server/store/ensure-indexes.ts'
import { openStoreRoom, type StoreRoom } from '../support/store-room.ts'

let room: StoreRoom

beforeEach(async () => {
  room = await openStoreRoom()
})
afterEach(() => room.close())

describe('the indexes of a data folder', () => {
  it('are made anew where an earlier version made them otherwise, and left alone where somebody added one', async () => {
    const { events } = room.store
    await events.collection.dropIndex('pending')
    await events.collection.createIndex({ lane: 1 }, { name: 'pending' })
    await events.collection.createIndex({ shop: 1 }, { name: 'mine' })
    await ensureIndexes(events)
    await ensureIndexes(events)
    const found = await events.collection.listIndexes().toArray()
    const keyOf = (name: string) => found.find(index => index.name === name)?.key
    expect(keyOf('pending')).toEqual({ lane: 1, seq: 1 })
    expect(keyOf('mine')).toEqual({ shop: 1 })
  })

  it('go where they are needed no more, also from an empty store', async () => {
    const { runs } = room.store
    const names = async () => (await runs.collection.listIndexes().toArray()).map(({ name }) => name)
    await runs.collection.createIndex({ order: 1 })
    await runs.collection.createIndex({ finishedAt: -1 })
    await runs.collection.createIndex({ order: 1, lane: 1 }, { name: 'mine' })
    await ensureIndexes(runs)
    expect(await names()).not.toContain('order_1')
    expect(await names()).not.toContain('finishedAt_-1')
    expect(await names()).toContain('mine')
    await runs.collection.drop()
    await ensureIndexes(runs)
    expect(await names()).toContain('begun by signals')
  })
})
