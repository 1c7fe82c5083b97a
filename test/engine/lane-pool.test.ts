import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createLanePool } from '../../server/engine/lane-pool.ts'
import { laneWorker } from '../../server/engine/lane-worker.ts'
import { acquireLane, type LaneLease } from '../../server/store/lane-lease.ts'
import { LANES } from '../../server/store/lanes.ts'
import { type EngineRoom, openEngineRoom } from '../support/engine-room.ts'
import { aPlainOrder, documentOf } from '../support/warehouse-shop.ts'

const ORDERS = 40
const UNITS = 25

let room: EngineRoom
let pending: number[]

beforeEach(async () => {
  room = await openEngineRoom({ stock: { hangzhou: { 'MILK-1': UNITS } } })
  await room.engine.stop()
  await room.intake.accept(
    room.connection,
    Array.from({ length: ORDERS }, (_, n) =>
      documentOf(aPlainOrder({ id: `A${n}`, phone: `138${String(n).padStart(8, '0')}` })),
    ),
  )
  const events = await room.store.events.find({ state: 'pending' }).lean()
  pending = [...new Set(events.map(event => event.lane))]
})
afterEach(() => room.close())

const leaseOf = async (lane: number, worker: string): Promise<LaneLease> =>
  (await acquireLane(room.store, lane, `${worker}:1:x`))!
const expire = () => room.store.lanes.updateMany({}, { $set: { until: new Date(0) } })
const stock = async () => (await room.store.stock.findById('main/hangzhou/MILK-1').lean())!

/** A context whose store stops at a collection. */
function dyingAt(collection: 'runs' | 'stock'): EngineRoom['context'] {
  return { ...room.context, store: { ...room.store, [collection]: undefined } } as never
}

async function poolOf(context: EngineRoom['context'], worker: string) {
  const pool = createLanePool(context)
  for (let lane = 0; lane < LANES; lane++) pool.join(await leaseOf(lane, worker))
  return pool
}

async function expectAllDecidedOnce(): Promise<void> {
  expect(await stock()).toMatchObject({ available: 0, held: UNITS })
  expect(await room.store.runs.countDocuments()).toBe(ORDERS)
  expect(await room.store.runs.countDocuments({ outcome: 'ship' })).toBe(UNITS)
  expect(await room.store.movements.countDocuments({ kind: 'held' })).toBe(UNITS)
  expect(await room.store.events.countDocuments({ state: 'pending' })).toBe(0)
  expect(await room.desk.prove()).toMatchObject({ agrees: true })
}

describe('lanes of one process that are worked together', () => {
  it('share a batch, and the last units go to the orders that came first', async () => {
    expect(pending.length).toBeGreaterThan(2)
    const pool = await poolOf(room.context, 'w')
    const report = await pool.turn(500)
    expect(report!.events).toBe(ORDERS)
    await expectAllDecidedOnce()
    const served = await room.store.runs.find({ outcome: 'ship' }).lean()
    expect(served.map(run => run.order).sort()).toEqual(
      Array.from({ length: UNITS }, (_, n) => `plain:A${n}`).sort(),
    )
  })

  it.each(['runs', 'stock'] as const)(
    'are finished by different workers, each lane by itself, when theirs dies at its %s',
    async collection => {
      const pool = await poolOf(dyingAt(collection), 'dying')
      await expect(pool.turn(500)).rejects.toThrow(TypeError)
      await expire()
      for (const lane of pending) {
        const worker = laneWorker(room.context, await leaseOf(lane, `heir-${lane}`))
        while (await worker.turn(500));
      }
      await expectAllDecidedOnce()
    },
  )

  it('go on by themselves after a batch failed, and together again when each knows where it stands', async () => {
    const context = dyingAt('runs')
    const pool = await poolOf(context, 'w')
    await expect(pool.turn(500)).rejects.toThrow(TypeError)
    Object.assign(context.store, { runs: room.store.runs })
    let turns = 0
    while (await pool.turn(500)) turns++
    expect(turns).toBe(pending.length)
    await expectAllDecidedOnce()
    await room.intake.accept(
      room.connection,
      Array.from({ length: 10 }, (_, n) =>
        documentOf(aPlainOrder({ id: `B${n}`, phone: `139${String(n).padStart(8, '0')}` })),
      ),
    )
    expect((await pool.turn(500))!.events).toBe(10)
  })

  it('do nothing any more when one of them was taken over; the successor holds what that lane had begun', async () => {
    const pool = await poolOf(room.context, 'slow')
    const [lost] = pending
    await expire()
    const heir = laneWorker(room.context, await leaseOf(lost!, 'quick'))
    await expect(pool.turn(500)).rejects.toThrow('taken over')
    expect((await stock()).held).toBe(0)
    while (await heir.turn(500));
    pool.leave(lost!)
    while (await pool.turn(500));
    await expectAllDecidedOnce()
  })

  it('are worked by one turn at a time: a second one finds what the first has not drawn', async () => {
    const pool = await poolOf(room.context, 'w')
    const [mine] = pending
    const [first, second] = await Promise.all([pool.turn(500, lane => lane === mine), pool.turn(500)])
    expect(first!.runs.every(run => run.lane === mine)).toBe(true)
    expect(second!.runs.some(run => run.lane === mine)).toBe(false)
    expect(first!.events + second!.events).toBe(ORDERS)
    expect(await pool.turn(500)).toBeNull()
    await expectAllDecidedOnce()
  })

  it('are free again as soon as a turn has found nothing in them, and those it works when it is over', async () => {
    const [mine, empty] = pending
    const { plans } = room.context
    const givenUp = () => [mine, empty].map(each => pool.giveUp(lane => lane === each).length)
    let duringBatch: number[] = []
    const live = () => {
      duringBatch = givenUp()
      return plans.live()
    }
    const pool = await poolOf(room.context, 'w')
    await pool.turn(500, lane => lane === empty)
    Object.assign(room.context, { plans: { ...plans, live } })
    const turn = pool.turn(500, lane => lane === mine || lane === empty)
    expect(givenUp()).toEqual([0, 0])
    await turn
    expect(duringBatch).toEqual([0, 1])
    expect(givenUp()).toEqual([1, 0])
    expect((await pool.turn(500))!.runs.some(run => run.lane === mine)).toBe(false)
  })
})
