import { serialize } from 'node:v8'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { workBatch } from '../../server/engine/batch.ts'
import { laneWorker, SetAsideError } from '../../server/engine/lane-worker.ts'
import type { EventDoc } from '../../server/store/event-doc.ts'
import { acquireLane, LaneLostError } from '../../server/store/lane-lease.ts'
import { factsFor } from '../../server/world/stock-facts.ts'
import { type EngineRoom, openEngineRoom } from '../support/engine-room.ts'
import { aPlainOrder, documentOf } from '../support/warehouse-shop.ts'

let room: EngineRoom
let pending: EventDoc[]
let lane: number

beforeEach(async () => {
  room = await openEngineRoom({ stock: { hangzhou: { 'MILK-1': 3 } } })
  await room.engine.stop()
  await room.intake.accept(room.connection, [documentOf(aPlainOrder({ quantity: 2 }))])
  pending = await room.store.events.find({ state: 'pending' }).lean()
  lane = pending[0]!.lane
})
afterEach(() => room.close())

/** The lease of a worker on another machine, which this one knows nothing of. */
const elsewhere = async (name: string) => (await acquireLane(room.store, lane, `${name}:1:x`))!
const expire = () => room.store.lanes.updateOne({ _id: lane }, { $set: { until: new Date(0) } })
const held = async () => (await room.store.stock.findById('main/hangzhou/MILK-1').lean())!.held

describe('a lane that changes hands', () => {
  it('lets the worker that lost it hold nothing and write nothing', async () => {
    const first = await elsewhere('slow')
    await expire()
    const second = await elsewhere('quick')
    await expect(workBatch(room.context, [first], pending, null)).rejects.toBeInstanceOf(LaneLostError)
    expect(await held()).toBe(0)
    expect(await room.store.runs.countDocuments()).toBe(0)
    await workBatch(room.context, [second], pending, second.inherited)
    expect(await held()).toBe(2)
    expect(await room.store.runs.findOne().lean()).toMatchObject({ outcome: 'ship', status: 'done' })
  })

  /** Dies between holding the stock and writing the run: what it was about to do is written down. */
  async function dyingLease() {
    const first = await elsewhere('dying')
    const dies = {
      ...room.context,
      store: { ...room.store, runs: undefined },
    } as unknown as EngineRoom['context']
    await expect(workBatch(dies, [first], pending, null)).rejects.toThrow(TypeError)
    expect(await held()).toBe(2)
    return first
  }

  it('is finished by the successor exactly as it was begun, although the world has changed since', async () => {
    await dyingLease()
    await room.desk.move({
      id: 'X',
      kind: 'adjusted',
      lines: [{ warehouse: 'hangzhou', sku: 'MILK-1', quantity: -1 }],
      reason: '盘亏',
    })
    await expire()
    const second = await elsewhere('quick')
    const still = await room.store.events.find({ state: 'pending' }).lean()
    await workBatch(room.context, [second], still, second.inherited)
    expect(await held()).toBe(2)
    expect(await room.store.runs.find().lean()).toMatchObject([{ outcome: 'ship', status: 'done' }])
    expect(await room.store.movements.countDocuments({ kind: 'held' })).toBe(1)
    expect(await room.desk.prove()).toMatchObject({ agrees: true })
  })

  it('is finished as it was begun by version 0.5.0, which wrote down what it had told the run', async () => {
    const first = await dyingLease()
    const { readings, ...intent } = (await first.intended())!
    const { places, levels, keys } = readings![0]!
    const question = { warehouse: 'hangzhou', lines: intent.holds[0]!.lines }
    const facts = factsFor(question, (warehouse, sku) => levels.get(sku)?.get(warehouse) ?? 0, places)
    const before = serialize({ ...intent, answers: [{ key: keys[0], answer: facts }] })
    await room.store.lanes.updateOne({ _id: lane }, { $set: { intent: before, until: new Date(0) } })
    const second = await elsewhere('quick')
    const still = await room.store.events.find({ state: 'pending' }).lean()
    await workBatch(room.context, [second], still, second.inherited)
    expect(await held()).toBe(2)
    expect(await room.store.runs.find().lean()).toMatchObject([{ outcome: 'ship', status: 'done' }])
  })
})

describe('a worker that goes on after a batch failed', () => {
  /** The store of a context with one collection out of order, until it is mended. */
  function broken(collection: 'runs') {
    const store = { ...room.store }
    const context = { ...room.context, store } as EngineRoom['context']
    Object.assign(store, { [collection]: undefined })
    return { context, mend: () => Object.assign(store, { [collection]: room.store[collection] }) }
  }

  it('finishes what it had begun: what was held is held once, and the ledger says so', async () => {
    const { context, mend } = broken('runs')
    const worker = laneWorker(context, await elsewhere('w'))
    await expect(worker.turn(500)).rejects.toThrow(TypeError)
    expect(await held()).toBe(2)
    mend()
    await worker.turn(500)
    expect(await held()).toBe(2)
    expect(await room.store.runs.find().lean()).toMatchObject([{ outcome: 'ship', status: 'done' }])
    expect(await room.desk.prove()).toMatchObject({ agrees: true })
  })

  it('loses no hold of the others when it works them one by one', async () => {
    const more = [
      documentOf(aPlainOrder({ id: 'A2', phone: '13800000001', orderedAt: '2026-10-01 11:00:00' })),
    ]
    await room.intake.accept(room.connection, more)
    const { context, mend } = broken('runs')
    const worker = laneWorker(context, await elsewhere('w'))
    for (let failures = 0; failures < 3; failures++) await expect(worker.turn(500)).rejects.toThrow(TypeError)
    mend()
    await worker.turn(500)
    await worker.turn(500)
    expect(await held()).toBe(3)
    expect(await room.store.runs.countDocuments({ outcome: 'ship' })).toBe(2)
    expect(await room.desk.prove()).toMatchObject({ agrees: true })
  })

  it('sets an event aside with what it holds, and goes on from there when it is sent again', async () => {
    const { context, mend } = broken('runs')
    const worker = laneWorker(context, await elsewhere('w'))
    let failure: unknown
    for (let turns = 0; turns < 6; turns++) failure = await worker.turn(500).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(SetAsideError)
    expect(await held()).toBe(2)
    expect(await room.desk.prove()).toMatchObject({ agrees: true })
    mend()
    await room.intake.requeue(pending[0]!._id)
    await worker.turn(500)
    expect(await held()).toBe(2)
    expect(await room.store.runs.countDocuments({ event: pending[0]!._id, outcome: 'ship' })).toBe(1)
    expect(await room.desk.prove()).toMatchObject({ agrees: true })
  })
})
