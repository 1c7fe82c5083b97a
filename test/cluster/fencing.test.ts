import { afterEach, describe, expect, it } from 'vitest'
import type { BatchContext } from '../../server/engine/batch.ts'
import { workBatch } from '../../server/engine/batch.ts'
import { laneWorker } from '../../server/engine/lane-worker.ts'
import { mongoBuffer } from '../../server/intake/mongo-buffer.ts'
import type { EventDoc } from '../../server/store/event-doc.ts'
import { acquireLane, type LaneLease, LaneLostError } from '../../server/store/lane-lease.ts'
import type { Store } from '../../server/store/store.ts'
import type { WorkflowGraph } from '../../server/workflow/workflow.ts'
import { type EngineRoom, type EngineRoomOptions, openEngineRoom } from '../support/engine-room.ts'
import { aPlainOrder, documentOf, type PlainOrder } from '../support/warehouse-shop.ts'
import { type Stopped, stoppedBefore } from './stopped.ts'

// One worker stands still in the middle of a batch for longer than its lease. Another takes the lane, finishes the
// batch and goes on. Then the first wakes up and does what it was about to do.

let room: EngineRoom
afterEach(() => room.close())

async function open(options: EngineRoomOptions): Promise<void> {
  room = await openEngineRoom(options)
  await room.engine.stop()
}

const accept = (...orders: Partial<PlainOrder>[]) =>
  room.intake.accept(
    room.connection,
    orders.map(each => documentOf(aPlainOrder(each))),
  )
const pendingEvents = async () =>
  (await room.store.events.find({ state: 'pending' }).sort({ seq: 1 }).lean()) as EventDoc[]
const milk = async () => (await room.store.stock.findById('main/hangzhou/MILK-1').lean())!
const adjust = (id: string, quantity: number) =>
  room.desk.move({
    id,
    kind: 'adjusted',
    lines: [{ warehouse: 'hangzhou', sku: 'MILK-1', quantity }],
    reason: '盘点',
  })

/** A worker as its own process has it: own connection, own memory of what is pending. */
const contextOf = (store: Store = room.store): BatchContext => ({
  ...room.context,
  store,
  buffer: mongoBuffer(store),
})

const leaseOf = async (name: string, lane: number, store: Store = room.store): Promise<LaneLease> =>
  (await acquireLane(store, lane, `${name}:1:x`))!

/** The lease is over; another worker takes the lane and works all that is pending. */
async function succeed(lane: number): Promise<LaneLease> {
  await room.store.lanes.updateOne({ _id: lane }, { $set: { until: new Date(0) } })
  const lease = await leaseOf('quick', lane)
  await goOn(lease)
  return lease
}

async function goOn(lease: LaneLease): Promise<void> {
  const worker = laneWorker(contextOf(), lease)
  while (await worker.turn(500));
}

/** Begins a batch of one lane on a store that stands still somewhere. */
async function begin({ store, reached }: Stopped, events: readonly EventDoc[]) {
  const lease = await leaseOf('slow', events[0]!.lane, store)
  const ended = endOf(workBatch(contextOf(store), [lease], events, null))
  await Promise.race([
    reached,
    ended.then(error => Promise.reject(error ?? new Error('It never got there.'))),
  ])
  return { ended }
}

/** How a batch ended: with an error, or with none. */
const endOf = (batch: Promise<unknown>): Promise<unknown> =>
  batch.then(
    () => undefined,
    (error: unknown) => error,
  )

const outcomes = async () =>
  (await room.store.runs.find().sort({ _id: 1 }).lean()).map(run => `${run.order} ${run.outcome}`).sort()

describe('a worker that wakes up after its lane was taken', () => {
  const shop = { stock: { hangzhou: { 'MILK-1': 5 } } }

  it('writes nothing when it stood still before its intent', async () => {
    await open(shop)
    await accept({ quantity: 2 })
    const events = await pendingEvents()
    const stopped = stoppedBefore(room.store, 'lanes', 'bulkWrite')
    const slow = await begin(stopped, events)
    await succeed(events[0]!.lane)
    stopped.goOn()
    expect(await slow.ended).toBeInstanceOf(LaneLostError)
    expect((await milk()).held).toBe(2)
    expect(await outcomes()).toEqual(['plain:A1 ship'])
    expect(await room.desk.prove()).toMatchObject({ agrees: true })
  })

  it('takes no unit twice when it stood still before its stock write', async () => {
    await open(shop)
    await accept({ quantity: 2 })
    const events = await pendingEvents()
    const stopped = stoppedBefore(room.store, 'stock', 'bulkWrite')
    const slow = await begin(stopped, events)
    const lease = await succeed(events[0]!.lane)
    // The successor has gone on by then, on the same stock.
    await accept({ id: 'A2', orderedAt: '2026-10-01 12:00:00' })
    await goOn(lease)
    stopped.goOn()
    await slow.ended
    expect((await milk()).held).toBe(3)
    expect(await outcomes()).toEqual(['plain:A1 ship', 'plain:A2 ship'])
    expect(await room.desk.prove()).toMatchObject({ agrees: true })
  })

  it('takes nothing that its successor found too little of, although there is enough again', async () => {
    await open(shop)
    await accept({ quantity: 4 })
    const events = await pendingEvents()
    const stopped = stoppedBefore(room.store, 'stock', 'bulkWrite')
    const slow = await begin(stopped, events)
    await adjust('broken', -3)
    await succeed(events[0]!.lane)
    expect(await outcomes()).toEqual(['plain:A1 backorder'])
    await adjust('found', 10)
    stopped.goOn()
    await slow.ended
    expect((await milk()).held).toBe(0)
    expect(await outcomes()).toEqual(['plain:A1 backorder'])
    expect(await room.desk.prove()).toMatchObject({ agrees: true })
  })

  it('changes no order that has gone on since, when it stood still before its commit', async () => {
    await open({ graph: plain('sorted', 'any') })
    await accept({})
    const events = await pendingEvents()
    const stopped = stoppedBefore(room.store, 'orders', 'insertMany')
    const slow = await begin(stopped, events)
    const lease = await succeed(events[0]!.lane)
    await accept({ modified: '2', city: '宁波市' })
    await goOn(lease)
    const before = await room.store.orders.findById('plain:A1').lean()
    expect(before?.event).not.toBe(events[0]!._id)
    stopped.goOn()
    await slow.ended
    expect(await room.store.orders.findById('plain:A1').lean()).toEqual(before)
    expect(await room.store.runs.countDocuments()).toBe(2)
  })

  it('leaves an order one run although other rules were published meanwhile', async () => {
    await open({ graph: plain('old') })
    await accept({})
    const events = await pendingEvents()
    const stopped = stoppedBefore(room.store, 'orders', 'insertMany')
    const slow = await begin(stopped, events)
    await room.publish('warehouse', plain('new'))
    await succeed(events[0]!.lane)
    stopped.goOn()
    await slow.ended
    expect(await room.store.runs.countDocuments()).toBe(1)
    const [run] = await room.store.runs.find().lean()
    const order = await room.store.orders.findById('plain:A1').lean()
    expect(order?.outcome).toBe(run!.outcome)
  })

  it('does not mark an event as worked off that a person has sent on its way again', async () => {
    await open({ paused: true })
    await accept({})
    const events = await pendingEvents()
    const stopped = stoppedBefore(room.store, 'events', 'bulkWrite')
    const slow = await begin(stopped, events)
    const lease = await succeed(events[0]!.lane)
    expect((await room.store.events.findOne().lean())?.state).toBe('unclaimed')
    await room.publish('warehouse', plain('late'))
    await room.intake.requeue(events[0]!._id)
    stopped.goOn()
    await slow.ended
    await goOn(lease)
    expect(await outcomes()).toEqual(['plain:A1 late'])
  })

  it('leaves a run as it is that has gone on since', async () => {
    await open({ graph: asking })
    await accept({})
    const first = await leaseOf('first', (await pendingEvents())[0]!.lane)
    await goOn(first)
    await first.release()
    const [waiting] = await room.store.runs.find().lean()
    expect(waiting).toMatchObject({ status: 'waiting', rev: 1 })
    const { _id: run, lane, tokens } = waiting!
    await room.intake.resume([
      {
        kind: 'resume',
        workspace: 'main',
        run,
        key: tokens![0]!.key,
        port: 'yes',
        by: '小王',
        order: 'plain:A1',
        lane,
      },
    ])
    const stopped = stoppedBefore(room.store, 'runs', 'bulkWrite')
    const slow = await begin(stopped, await pendingEvents())
    await succeed(lane)
    const done = await room.store.runs.findById(run).lean()
    const order = await room.store.orders.findById('plain:A1').lean()
    stopped.goOn()
    await slow.ended
    expect(await room.store.runs.findById(run).lean()).toEqual(done)
    expect(await room.store.orders.findById('plain:A1').lean()).toEqual(order)
    expect(done).toMatchObject({ status: 'done', outcome: 'yes', rev: 2 })
  })
})

describe('a batch of several lanes', () => {
  /** Orders of two buyers whose lanes differ. */
  async function twoLanes(): Promise<readonly [EventDoc, EventDoc]> {
    for (let phone = 13_800_000_001; ; phone++) {
      await accept({ id: `P${phone}`, phone: String(phone), quantity: 1 })
      const events = await pendingEvents()
      const other = events.find(each => each.lane !== events[0]!.lane)
      if (other) return [events[0]!, other]
    }
  }

  it('is finished lane by lane when two successors share what it had begun', async () => {
    await open({ stock: { hangzhou: { 'MILK-1': 50 } } })
    const events = await twoLanes()
    const stopped = stoppedBefore(room.store, 'stock', 'bulkWrite')
    const leases = await Promise.all(events.map(each => leaseOf('slow', each.lane, stopped.store)))
    const ended = endOf(workBatch(contextOf(stopped.store), leases, events, null))
    await stopped.reached
    await succeed(events[0].lane)
    stopped.goOn()
    await ended
    await succeed(events[1].lane)
    const ships = await room.store.runs.countDocuments({ outcome: 'ship' })
    expect(ships).toBe(await room.store.events.countDocuments())
    expect((await milk()).held).toBe(ships)
    expect(await room.desk.prove()).toMatchObject({ agrees: true })
  })

  it('writes down for each lane what its runs were told, also where they hold nothing', async () => {
    await open({ stock: { hangzhou: { 'MILK-1': 50 } } })
    const [first, second] = await twoLanes()
    // One ships, the other finds nothing: it is told so, and holds nothing.
    await room.store.events.updateOne(
      { _id: second._id },
      { $set: { body: second.body.replaceAll('MILK-1', 'NONE') } },
    )
    const events = [first, { ...second, body: second.body.replaceAll('MILK-1', 'NONE') }]
    const leases = await Promise.all(events.map(each => leaseOf('slow', each.lane)))
    await workBatch(contextOf(), leases, events, null)
    for (const [at, lease] of leases.entries()) {
      const intent = await lease.intended()
      expect(intent?.events).toContain(events[at]!._id)
      expect(intent?.readings?.flatMap(({ keys }) => keys)).toEqual([
        `${events[at]!._id}/warehouse@1/stock/0`,
      ])
    }
  })
})

const endNode = (id: string) => ({
  id,
  type: 'flow.end',
  params: { outcome: id, orderStatus: id, label: id },
})

/** Decides without asking for anything: received → map → end. */
function plain(outcome: string, orders: 'new' | 'any' = 'new'): WorkflowGraph {
  return {
    nodes: [
      { id: 'received', type: 'order.received', params: { orders } },
      { id: 'map', type: 'data.map', params: { use: 'connection' } },
      endNode(outcome),
      endNode('bad'),
    ],
    edges: [
      { from: 'received', port: 'received', to: 'map' },
      { from: 'map', port: 'ok', to: outcome },
      { from: 'map', port: 'invalid', to: 'bad' },
    ],
  }
}

/** received → map → a person is asked → yes | no. */
const asking: WorkflowGraph = {
  nodes: [
    { id: 'received', type: 'order.received', params: {} },
    { id: 'map', type: 'data.map', params: { use: 'connection' } },
    {
      id: 'ask',
      type: 'task.create',
      params: {
        topic: 'ask',
        title: '请选择',
        detail: '',
        wait: true,
        choices: [
          { port: 'yes', name: '是' },
          { port: 'no', name: '否' },
        ],
      },
    },
    ...['yes', 'no', 'bad'].map(endNode),
  ],
  edges: [
    { from: 'received', port: 'received', to: 'map' },
    { from: 'map', port: 'ok', to: 'ask' },
    { from: 'map', port: 'invalid', to: 'bad' },
    { from: 'ask', port: 'yes', to: 'yes' },
    { from: 'ask', port: 'no', to: 'no' },
  ],
}
