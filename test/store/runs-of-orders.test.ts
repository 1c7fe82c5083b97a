import { afterEach, beforeEach, expect, it } from 'vitest'
import { runsOfOrders } from '../../server/store/runs-of-orders.ts'
import { openStoreRoom, type StoreRoom } from '../support/store-room.ts'

let room: StoreRoom

beforeEach(async () => {
  room = await openStoreRoom()
})
afterEach(() => room.close())

it('finds the runs an order began and those a signal about it began, and no other order’s', async () => {
  const { runs } = room.store
  const run = (order: string, event: string) => ({ _id: `${event}/flow@1`, order, event })
  await runs.collection.insertMany([
    run('shop:A', 'shop:A#v1'),
    run('shop:A', 'shop:A#v2'),
    run('shop:A', 'signal:SF:1#flow/shop:A/signed/1'),
    run('shop:A#2', 'shop:A#2#v1'),
    run('shop:AB', 'shop:AB#v1'),
    run('shop:B', 'signal:SF:1#flow/shop:B/signed/1'),
    run('signal:MILK#1', 'signal:MILK#1'),
  ] as object[])
  expect((await runsOfOrders(room.store, ['shop:A'])).sort()).toEqual([
    'shop:A#v1/flow@1',
    'shop:A#v2/flow@1',
    'signal:SF:1#flow/shop:A/signed/1/flow@1',
  ])
  expect(await runsOfOrders(room.store, ['signal:MILK#1'])).toEqual(['signal:MILK#1/flow@1'])
  expect(await runsOfOrders(room.store, [])).toEqual([])
  const many = Array.from({ length: 120 }, (_, index) => `none:${index}`)
  expect(await runsOfOrders(room.store, [...many, 'shop:AB'])).toEqual(['shop:AB#v1/flow@1'])
})
