import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { workBatch } from '../../server/engine/batch.ts'
import type { Buffer } from '../../server/intake/buffer.ts'
import type { EventDoc } from '../../server/store/event-doc.ts'
import { acquireLane } from '../../server/store/lane-lease.ts'
import { writeInOrder } from '../../server/store/write-in-order.ts'
import type { WorkflowGraph } from '../../server/workflow/workflow.ts'
import { restocker } from '../../server/world/live/restocker.ts'
import { type EngineRoom, openEngineRoom } from '../support/engine-room.ts'
import { aPlainOrder, documentOf, plainConnection } from '../support/warehouse-shop.ts'

const graph: WorkflowGraph = {
  nodes: [
    { id: 'received', type: 'order.received', params: {} },
    { id: 'map', type: 'data.map', params: { use: 'connection' } },
    { id: 'restock', type: 'stock.restock', params: {} },
    {
      id: 'end',
      type: 'flow.end',
      params: { outcome: 'restocked', orderStatus: 'restocked', label: '已入库' },
    },
    {
      id: 'broken',
      type: 'flow.end',
      params: { outcome: 'rejected', orderStatus: 'rejected', label: '有误' },
    },
  ],
  edges: [
    { from: 'received', port: 'received', to: 'map' },
    { from: 'map', port: 'ok', to: 'restock' },
    { from: 'map', port: 'invalid', to: 'broken' },
    { from: 'restock', port: 'restocked', to: 'end' },
  ],
}

const { mapping } = plainConnection() as { mapping: { fields: readonly unknown[] } }
const withKind = { ...mapping, fields: [...mapping.fields, { to: 'kind', from: 'kind' }] }
const aReturn = (id: string, quantity: number) => ({
  ...documentOf(aPlainOrder({ id, quantity })),
  kind: 'return',
})

const log = { error: (details: object) => expect.fail(JSON.stringify(details)) }
const available = async () => (await room.store.stock.findById('main/hangzhou/MILK-1').lean())!.available
const putBack = () => restocker(room.store, room.desk, { log }).sweep()

let room: EngineRoom
beforeEach(async () => {
  room = await openEngineRoom({
    graph,
    stock: { hangzhou: { 'MILK-1': 3 } },
    connection: { mapping: withKind },
  })
})
afterEach(() => room.close())

describe('a return that is put back into stock', () => {
  it('raises what is available by what was returned, and the ledger agrees', async () => {
    await room.decide([aReturn('RT1', 2), aReturn('RT2', 1)])
    expect((await room.store.runs.find().lean()).map(run => run.outcome)).toEqual(['restocked', 'restocked'])
    await putBack()
    expect(await available()).toBe(6)
    expect(await room.desk.prove()).toMatchObject({ agrees: true })
  })

  it('adds nothing when the same document is pushed again', async () => {
    await room.decide([aReturn('RT1', 2)])
    await room.decide([aReturn('RT1', 2)])
    await putBack()
    expect(await available()).toBe(5)
  })

  it('refuses a sale: that would make stock out of nothing', async () => {
    await room.decide([documentOf(aPlainOrder())])
    expect(await room.store.runs.findOne().lean()).toMatchObject({
      status: 'failed',
      error: { node: 'restock', code: 'NOT_A_RETURN', blame: 'workflow' },
    })
    await putBack()
    expect(await available()).toBe(3)
  })
})

describe('a batch with a return that is worked again after a crash', () => {
  let pending: EventDoc[]
  const elsewhere = async (name: string) => (await acquireLane(room.store, pending[0]!.lane, `${name}:1:x`))!
  const expire = () => room.store.lanes.updateOne({ _id: pending[0]!.lane }, { $set: { until: new Date(0) } })

  beforeEach(async () => {
    await room.engine.stop()
    await room.intake.accept(room.connection, [aReturn('RT1', 2)])
    pending = await room.store.events.find({ state: 'pending' }).lean()
  })

  /** A worker that dies when it comes to a collection; at `events` all that is left to do is to settle them. */
  async function dieAt(collection: 'runs' | 'restocks' | 'events'): Promise<void> {
    const store = { ...room.store, [collection]: undefined }
    const settle: Buffer['settle'] = async (_worked, committed = []) => {
      await writeInOrder(committed)
      throw new TypeError('died')
    }
    const buffer = { ...room.context.buffer, ...(collection === 'events' && { settle }) }
    const dies = { ...room.context, store, buffer } as unknown as EngineRoom['context']
    await expect(workBatch(dies, [await elsewhere('dying')], pending, null)).rejects.toThrow(TypeError)
    await expire()
  }

  async function workAgain(): Promise<void> {
    const successor = await elsewhere('quick')
    await workBatch(room.context, [successor], pending, successor.inherited)
    await expire()
  }

  it.each(['runs', 'restocks', 'events'] as const)(
    'adds the units once when the first worker died at its %s',
    async collection => {
      await dieAt(collection)
      await workAgain()
      await putBack()
      expect(await available()).toBe(5)
      expect(await room.store.restocks.countDocuments()).toBe(0)
      expect(await room.desk.prove()).toMatchObject({ agrees: true })
    },
  )

  it('adds them once when they were back already before the batch was worked again', async () => {
    await dieAt('events')
    await putBack()
    expect(await available()).toBe(5)
    await workAgain()
    expect(await room.store.restocks.countDocuments()).toBe(1)
    await putBack()
    expect(await available()).toBe(5)
    expect(await room.store.movements.countDocuments({ kind: 'returned' })).toBe(1)
    expect(await room.desk.prove()).toMatchObject({ agrees: true })
  })
})
