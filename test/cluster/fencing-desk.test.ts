import { afterEach, expect, it } from 'vitest'
import { DESK_LANE } from '../../server/store/lane-lease.ts'
import { stockDesk } from '../../server/world/stock-desk.ts'
import { type EngineRoom, openEngineRoom } from '../support/engine-room.ts'
import { stoppedBefore } from './stopped.ts'

let room: EngineRoom
afterEach(() => room.close())

const command = (id: string, sku: string, quantity: number) => ({
  id,
  kind: 'adjusted' as const,
  lines: [{ warehouse: 'hangzhou', sku, quantity }],
  reason: '盘点',
})

it('A stock command that stood still takes nothing its successor found too little of, although there is enough again', async () => {
  room = await openEngineRoom({ paused: true, stock: { hangzhou: { 'MILK-1': 5 } } })
  // The first finishes, once more, what the command before had done.
  const stopped = stoppedBefore(room.store, 'stock', 'updateOne', 2)
  const slow = stockDesk(stopped.store, 'main')
    .move(command('slow', 'MILK-1', -4))
    .catch((error: unknown) => error)
  await stopped.reached
  // Its lane is taken for lost; what it was about to do is finished, and does not fit.
  await room.store.stock.updateOne({ _id: 'main/hangzhou/MILK-1' }, { $inc: { available: -3, held: 3 } })
  await room.store.lanes.updateOne(
    { _id: DESK_LANE },
    { $set: { owner: 'elsewhere:1:x', until: new Date(0) } },
  )
  await room.desk.move(command('other', 'TEA-1', 1))
  await room.store.stock.updateOne({ _id: 'main/hangzhou/MILK-1' }, { $inc: { available: 3, held: -3 } })
  stopped.goOn()
  await slow
  expect(await room.store.stock.findById('main/hangzhou/MILK-1').lean()).toMatchObject({
    available: 5,
    onHand: 5,
  })
  expect(await room.desk.prove()).toMatchObject({ agrees: true })
})
