import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ParcelReport, ParcelState } from '../../connectors/kit/parcel.ts'
import { phoneTailOf } from '../../server/parcels/parcels-of-orders.ts'
import { lastEvents } from '../../server/simulate/choose-events.ts'
import { testEvents } from '../../server/simulate/test-events.ts'
import type { OutboxDoc } from '../../server/store/outbox-doc.ts'
import { plainConnection } from '../support/warehouse-shop.ts'
import { aShippedOrder, openParcelRoom, type ParcelRoom, watcher } from './parcel-room.ts'

const SF1 = 'sf:SF0000000000001'
let room: ParcelRoom
beforeAll(async () => {
  room = await openParcelRoom()
})
beforeEach(() => room.reset())
afterAll(() => room.close())

const report = (...nodes: [state: ParcelState, at: string, text?: string][]): ParcelReport => ({
  carrier: 'sf',
  waybill: 'SF0000000000001',
  nodes: nodes.map(([state, at, text = state]) => ({ state, at: new Date(at), text, code: state })),
})
const tasks = async () =>
  (await room.store.tasks.find().sort({ createdAt: 1 }).lean()).map(each => each.title)
const runs = () => room.store.runs.find().lean()

describe('which parcels are followed', () => {
  it('are those of orders that went out, from the batch that worked them or at the latest from the next look', async () => {
    const [one, other] = [aShippedOrder(), aShippedOrder({ waybill: 'SF0000000000002' })]
    await room.keep(one, other)
    room.parcels.onBatch({ orders: new Map([[one._id, one]]) })
    await room.parcels.stop()
    expect(await room.store.parcels.countDocuments()).toBe(1)
    await room.sweep()
    await room.sweep()
    expect(
      (await room.store.parcels.find().sort({ _id: 1 }).lean()).map(each => [each._id, each.orders]),
    ).toEqual([
      [SF1, [one._id]],
      ['sf:SF0000000000002', [other._id]],
    ])
  })

  it('may hold several orders that were packed together', async () => {
    const [one, other] = [aShippedOrder(), aShippedOrder()]
    await room.keep(one)
    await room.sweep()
    await room.keep(other)
    await room.sweep()
    expect((await room.parcel(SF1))?.orders).toEqual([one._id, other._id])
  })

  it('are none of orders that are over, or that went out by nobody we know of', async () => {
    await room.keep(
      aShippedOrder({ status: 'signed' }),
      aShippedOrder({ status: 'closed' }),
      aShippedOrder({ carrier: undefined }),
      aShippedOrder({ waybill: ' ' }),
    )
    await room.sweep()
    expect(await room.store.parcels.countDocuments()).toBe(0)
  })

  it('are found however many orders bear the same instant', async () => {
    await room.keep(
      ...Array.from({ length: 520 }, (_, index) =>
        aShippedOrder({ carrier: 'unknown', waybill: `W${index}` }),
      ),
    )
    await room.sweep()
    expect(await room.store.parcels.countDocuments()).toBe(520)
  })

  it('are those a shop was told of, and those a carrier fetches back', async () => {
    const order = aShippedOrder({ waybill: undefined, carrier: undefined, phone: '138****8000' })
    await room.keep(order)
    const call = { _id: 'k', order: order._id, action: 'ship' } as OutboxDoc
    await room.parcels.onConfirmed({ ...call, body: { carrier: 'sf', waybill: 'SF0000000000001' } })
    await room.parcels.onConfirmed({
      ...call,
      action: 'reverse',
      body: { from: { phone: '13800000009' } },
      answer: { orderId: 'k', carrier: 'sf', waybill: 'SF8000000000001' },
    })
    await room.parcels.onConfirmed({ ...call, action: 'reverse', body: {}, answer: { isAwaitingSf: true } })
    await room.parcels.onConfirmed({ ...call, action: 'stock', body: {} })
    expect(
      (await room.store.parcels.find().sort({ _id: 1 }).lean()).map(each => [
        each._id,
        each.leg,
        each.phoneTail,
      ]),
    ).toEqual([
      [SF1, 'out', '8000'],
      ['sf:SF8000000000001', 'return', '0009'],
    ])
  })
})

describe('the last digits of a phone', () => {
  it.each([
    ['13800138000', '8000'],
    ['138****8000', '8000'],
    ['+86 138-0013-8000', '8000'],
    ['18412345678-1234', '5678'],
    ['0571-88888888', '8888'],
    ['~AgAAAAB1234==~1~', undefined],
    ['***********', undefined],
    ['', undefined],
  ])('of "%s" are %s', (phone, tail) => {
    expect(phoneTailOf(phone)).toBe(tail)
  })
})

describe('what a carrier says', () => {
  beforeEach(async () => {
    await room.keep(aShippedOrder())
    room.now = new Date('2026-10-03T02:00:00Z')
    await room.sweep()
  })

  it('is kept in the order it happened, whatever the order and however often it is said', async () => {
    await room.parcels.record([report(['in-transit', '2026-10-03T05:00:00Z'])])
    await room.parcels.record([report(['collected', '2026-10-03T03:00:00Z'])])
    const before = await room.parcel(SF1)
    await room.parcels.record([
      report(['in-transit', '2026-10-03T05:00:00Z'], ['collected', '2026-10-03T03:00:00Z']),
    ])
    const parcel = await room.parcel(SF1)
    expect(parcel?.nodes.map(node => node.state)).toEqual(['collected', 'in-transit'])
    expect(parcel).toMatchObject({ state: 'in-transit', lastMovedAt: new Date('2026-10-03T05:00:00Z') })
    expect(parcel?.rev).toBe(before?.rev)
  })

  it('is kept as far as the newest fifty steps', async () => {
    const steps = Array.from({ length: 60 }, (_, minute): [ParcelState, string] => [
      'in-transit',
      `2026-10-03T05:${String(minute).padStart(2, '0')}:00Z`,
    ])
    await room.parcels.record([report(...steps)])
    const nodes = (await room.parcel(SF1))!.nodes
    expect(nodes).toHaveLength(50)
    expect(nodes.at(-1)?.at).toEqual(new Date('2026-10-03T05:59:00Z'))
  })

  it('is taken for a parcel known under another name of the carrier, and passed over for a parcel nobody sent', async () => {
    await room.parcels.record([
      { ...report(['signed', '2026-10-03T05:00:00Z']), carrier: 'shunfengkuaiyun' },
      { ...report(['signed', '2026-10-03T05:00:00Z']), waybill: 'SF0000000000999' },
    ])
    expect((await room.parcel(SF1))?.state).toBe('signed')
    expect(await room.store.parcels.countDocuments()).toBe(1)
  })

  it('is all there when several processes hear parts of it at the same time', async () => {
    const others = [room.parcels, room.another(), room.another()]
    await Promise.all(
      others.flatMap((parcels, process) =>
        [0, 1].map(part =>
          parcels.record([report(['in-transit', `2026-10-03T0${3 + process}:0${part}:00Z`])]),
        ),
      ),
    )
    expect((await room.parcel(SF1))?.nodes).toHaveLength(6)
  })

  it('follows a parcel on its way back, until its sender has it again', async () => {
    room.sf.parcels.move('SF0000000000001', 'returning')
    await room.later(1)
    const back = 'sf:SF9000000000001'
    expect(await room.parcel(SF1)).toMatchObject({ state: 'returning', returnParcel: back })
    expect(await room.parcel(back)).toMatchObject({ leg: 'back', original: SF1 })
    expect((await room.parcel(SF1))?.nextAskAt).toBeUndefined()
    room.sf.parcels.move('SF9000000000001', 'signed', new Date('2026-10-03T02:30:00Z'))
    await room.later(1)
    expect((await room.parcel(back))?.state).toBe('returned')
    room.sf.parcels.move('SF9000000000001', 'signed', new Date('2026-10-03T04:30:00Z'))
    await room.parcels.record([{ ...report(['signed', '2026-10-03T04:30:00Z']), waybill: 'SF9000000000001' }])
    expect((await room.parcel(SF1))?.state).toBe('returned')
  })
})

describe('asking carriers', () => {
  it('asks ten numbers a call, the carrier itself where it is connected, and nobody about carriers nobody speaks for', async () => {
    const orders = Array.from({ length: 23 }, (_, index) =>
      aShippedOrder({ waybill: `SF1${String(index).padStart(12, '0')}` }),
    )
    await room.keep(
      ...orders,
      aShippedOrder({ carrier: 'yto', waybill: 'YT0000000000001' }),
      aShippedOrder({ carrier: 'pigeon', waybill: 'P1' }),
    )
    room.kuaidi100.parcels.move('YT0000000000001', 'signed')
    for (const { order } of orders) room.sf.parcels.move(order.waybill!, 'collected')
    await room.sweep()
    expect(
      room.calls
        .filter(call => call.connection === 'sf')
        .map(call => call.numbers)
        .sort(),
    ).toEqual([10, 10, 3])
    expect(room.calls.filter(call => call.connection === 'kuaidi100').map(call => call.numbers)).toEqual([1])
    expect(await room.store.parcels.countDocuments({ state: 'collected' })).toBe(23)
    expect(await room.parcel('yto:YT0000000000001')).toMatchObject({
      state: 'signed',
      connection: 'kuaidi100',
    })
    expect((await room.parcel('pigeon:P1'))?.askedAt).toBeUndefined()
  })

  it('asks about a number every half hour at most, and not at all when it arrived', async () => {
    await room.keep(
      aShippedOrder({ carrier: 'yto', waybill: 'YT0000000000001' }),
      aShippedOrder({ carrier: 'yto', waybill: 'YT0000000000002' }),
    )
    room.kuaidi100.parcels.move('YT0000000000002', 'signed')
    for (let quarters = 0; quarters < 12; quarters++) await room.later(0.25)
    // One of them six times within three hours, the one that arrived once.
    expect(room.calls).toHaveLength(7)
    expect(room.kuaidi100.locked()).toEqual([])
  })

  it('gives up a parcel nothing was heard of for a month', async () => {
    await room.keep(aShippedOrder())
    await room.sweep()
    await room.later(29 * 24)
    expect((await room.parcel(SF1))?.nextAskAt).toBeDefined()
    await room.later(2 * 24)
    const { doneAt, nextAskAt, state } = (await room.parcel(SF1))!
    expect({ doneAt, nextAskAt, state }).toEqual({ doneAt: room.now, nextAskAt: undefined, state: 'waiting' })
  })

  it('asks about a parcel once though two processes look at the same time', async () => {
    await room.keep(aShippedOrder())
    await room.sweep()
    room.calls.length = 0
    room.now = new Date(room.now.getTime() + 3_600_000)
    const stop = new AbortController().signal
    await Promise.all([room.parcels.sweep(stop), room.another().sweep(stop)])
    expect(room.calls.reduce((sum, call) => sum + call.numbers, 0)).toBe(1)
  })

  it('says on the connection what is wrong with the carrier, and takes it back when it is well again', async () => {
    await room.keep(aShippedOrder())
    room.sf.faults.add('wrong-signature', 1)
    await room.sweep()
    const failed = await room.store.connections.findById('sf').lean()
    expect(failed?.fault).toMatchObject({
      class: 'credentials',
      code: 'A1006',
      zh: expect.stringMatching(/请/),
    })
    expect((await room.parcel(SF1))?.askedAt).toBeUndefined()
    room.sf.parcels.move('SF0000000000001', 'collected')
    await room.later(0.5)
    expect((await room.parcel(SF1))?.state).toBe('collected')
    expect((await room.store.connections.findById('sf').lean())?.fault).toBeUndefined()
  })

  it('asks another account of the same carrier where the first knows nothing, and stays with the one that does', async () => {
    await room.store.connections.create(plainConnection({ _id: 'sf-two', name: '顺丰二部', connector: 'sf' }))
    await room.keep(aShippedOrder())
    for (let times = 0; times < 3; times++) await room.later(1)
    expect(room.calls.map(call => call.connection)).toEqual(['sf', 'sf-two', 'sf'])
    room.sf.parcels.move('SF0000000000001', 'collected')
    for (let times = 0; times < 2; times++) await room.later(1)
    expect(room.calls.slice(3).map(call => call.connection)).toEqual(['sf-two', 'sf-two'])
  })

  it('lets no carrier that fails hold up the others, however many parcels wait for it', async () => {
    await room.keep(
      ...Array.from({ length: 520 }, (_, index) =>
        aShippedOrder({ waybill: `SF1${String(index).padStart(12, '0')}` }),
      ),
    )
    room.sf.faults.add('wrong-signature', 999)
    await room.sweep()
    await room.keep(aShippedOrder({ carrier: 'yto', waybill: 'YT0000000000001' }))
    room.kuaidi100.parcels.move('YT0000000000001', 'signed')
    await room.later(0.05)
    expect((await room.parcel('yto:YT0000000000001'))?.state).toBe('signed')
    room.sf.faults.clear()
    for (let sweeps = 0; sweeps < 3; sweeps++) await room.later(0.5)
    expect(await room.store.parcels.countDocuments({ askedAt: { $exists: false } })).toBe(0)
  })

  it('keeps why a carrier tells nothing of a parcel, until it does', async () => {
    room.kuaidi100.parcels.expect('YT0000000000001', ['0000'])
    room.kuaidi100.parcels.expect('7500000000001', ['0000'])
    await room.keep(aShippedOrder({ carrier: 'zto', waybill: '7500000000001' }))
    room.kuaidi100.parcels.move('7500000000001', 'collected')
    await room.sweep()
    expect((await room.parcel('zto:7500000000001'))?.refused).toBe('验证码错误')
    await room.parcels.record([
      { ...report(['collected', '2026-10-03T05:00:00Z']), carrier: 'zto', waybill: '7500000000001' },
    ])
    expect((await room.parcel('zto:7500000000001'))?.refused).toBeUndefined()
  })
})

describe('workflows a parcel begins', () => {
  it('begin once when it gets to a state they wait for, with its order at hand', async () => {
    await room.publish('exceptions', watcher('parcel.moved', { states: ['exception'] }))
    await room.publish('arrivals', watcher('parcel.moved', { states: ['signed'] }))
    const order = aShippedOrder()
    await room.keep(order)
    await room.sweep()
    room.sf.parcels.move('SF0000000000001', 'exception')
    await room.later(0.5)
    await room.later(0.5)
    expect(await tasks()).toEqual([`异常 ${order.order.orderId}`])
    expect(await runs()).toMatchObject([{ workflow: 'exceptions', order: order._id, outcome: 'watched' }])
    const [task] = await room.store.tasks.find().lean()
    expect(task).toMatchObject({ order: order._id, orderId: order.order.orderId })
    expect(task?.detail).toBe('顺丰速运 SF0000000000001 快件派送不成功(电话无人接听),待再次派送 0 小时')
  })

  it('begin again when it gets there again, and not while it stays there', async () => {
    await room.publish('exceptions', watcher('parcel.moved', { states: ['exception'] }))
    await room.keep(aShippedOrder())
    await room.sweep()
    await room.parcels.record([report(['exception', '2026-10-03T05:00:00Z'])])
    await room.parcels.record([report(['exception', '2026-10-03T06:00:00Z', 'still'])])
    await room.parcels.record([report(['out-for-delivery', '2026-10-03T07:00:00Z'])])
    await room.parcels.record([report(['exception', '2026-10-03T08:00:00Z', 'again'])])
    await room.engine.idle()
    expect(await tasks()).toHaveLength(2)
  })

  it('begin once although the process dies before it wrote the move down', async () => {
    await room.publish('exceptions', watcher('parcel.moved', { states: ['exception'] }))
    await room.keep(aShippedOrder())
    await room.sweep()
    const before = (await room.parcel(SF1))!
    const said = report(['exception', '2026-10-03T05:00:00Z'])
    await room.parcels.record([said])
    await room.store.parcels.replaceOne({ _id: SF1 }, before)
    await Promise.all([room.parcels.record([said]), room.another().record([said])])
    await room.engine.idle()
    expect(await tasks()).toHaveLength(1)
  })

  it('write what came of it on the order, and leave its decision as it is', async () => {
    const graph = watcher('parcel.moved', { states: ['signed'] })
    await room.publish('arrived', {
      nodes: [
        graph.nodes[0]!,
        { id: 'end', type: 'flow.end', params: { outcome: 'signed', orderStatus: 'signed' } },
      ],
      edges: [{ from: 'parcel', port: 'moved', to: 'end' }],
    })
    const order = aShippedOrder()
    const newer = aShippedOrder({ waybill: 'SF0000000000002' }, { seq: Number.MAX_SAFE_INTEGER })
    await room.keep(order, newer)
    for (const waybill of ['SF0000000000001', 'SF0000000000002']) room.sf.parcels.move(waybill, 'signed')
    await room.sweep()
    const { status, outcome, run, event } = (await room.store.orders.findById(order._id).lean())!
    expect({ status, outcome, run, event }).toEqual({
      status: 'signed',
      outcome: 'ship',
      run: order.run,
      event: order.event,
    })
    // What the order itself said later counts more.
    expect((await room.store.orders.findById(newer._id).lean())?.status).toBe('shipped')
    expect(await room.store.orders.countDocuments()).toBe(2)
  })

  it('begin for each order in the parcel, and for buyers who send something back only where they look at that', async () => {
    await room.publish('out', watcher('parcel.moved', { states: ['signed'] }))
    await room.publish('back', watcher('parcel.moved', { states: ['signed'], which: 'return' }))
    await room.keep(
      aShippedOrder(),
      aShippedOrder(),
      aShippedOrder({ kind: 'return', waybill: 'SF0000000000002' }),
    )
    for (const waybill of ['SF0000000000001', 'SF0000000000002']) room.sf.parcels.move(waybill, 'signed')
    await room.sweep()
    expect((await runs()).map(run => run.workflow).sort()).toEqual(['back', 'out', 'out'])
  })
})

describe('trying a workflow of parcels on what happened', () => {
  it('takes the last signals about parcels, whatever else was signalled, and finds the order in them', async () => {
    await room.publish('exceptions', watcher('parcel.moved', { states: ['exception'] }))
    const order = aShippedOrder()
    await room.keep(order)
    room.sf.parcels.move('SF0000000000001', 'exception')
    await room.sweep()
    await room.intake.signal([
      { workspace: 'main', key: 'MILK-1#hot/1', body: { workflow: 'hot', sku: 'MILK-1' } },
    ])
    await room.engine.idle()
    const { store, context } = room
    const plan = context.plans.live().find(each => each.workflow === 'exceptions')!
    const events = await lastEvents(store, 5, 'signal', 'order')
    expect(events.map(event => event.order)).toEqual([order._id])
    expect((await lastEvents(store, 5, 'signal')).map(event => event._id)).toEqual(['signal:MILK-1#hot/1'])
    const result = await testEvents({ ...context, store }, plan, events, { isWhole: true })
    expect(result).toMatchObject({ total: 1, runs: [{ status: 'done', orderId: order.order.orderId }] })
    expect(await tasks()).toHaveLength(1)
  })
})

describe('a parcel that stands still', () => {
  beforeEach(async () => {
    await room.publish('stalls', watcher('parcel.stalled', { stillHours: 72 }))
    await room.keep(aShippedOrder())
    room.sf.parcels.move('SF0000000000001', 'in-transit')
    await room.sweep()
  })

  it('is told once, as soon as the time is over by the word of its carrier', async () => {
    await room.later(71.9)
    expect(await tasks()).toEqual([])
    await room.later(0.5)
    const told = await tasks()
    expect(told).toHaveLength(1)
    expect(told[0]).toMatch(/^运输中 P/)
    await room.later(3)
    await room.later(100)
    expect(await tasks()).toHaveLength(1)
  })

  it('is asked about just when the time is over, though it is asked about seldom by then', async () => {
    // Every two hours by then; the last question before the time is over makes the next one come in time.
    await room.later(70.5)
    expect((await room.parcel(SF1))?.nextAskAt).toEqual(new Date('2026-10-06T02:00:00Z'))
    await room.later(1.5)
    expect(await tasks()).toHaveLength(1)
  })

  it('is told again when it moved and stands still once more', async () => {
    await room.later(73)
    room.sf.parcels.move('SF0000000000001', 'in-transit')
    await room.later(2)
    await room.later(60)
    expect(await tasks()).toHaveLength(1)
    await room.later(20)
    expect(await tasks()).toHaveLength(2)
  })

  it('is not taken for one while nobody hears from its carrier', async () => {
    room.sf.faults.add('wrong-signature', 99)
    await room.later(73)
    expect(await tasks()).toEqual([])
    room.sf.faults.clear()
    room.sf.parcels.move('SF0000000000001', 'signed')
    await room.later(1)
    expect(await tasks()).toEqual([])
  })

  it('is one as well when it never was collected', async () => {
    await room.keep(aShippedOrder({ waybill: 'SF0000000000002' }, { updatedAt: room.now }))
    await room.later(0)
    await room.later(72.5)
    expect(await tasks()).toHaveLength(2)
    expect((await room.store.tasks.find().lean()).some(task => task.detail.includes('SF0000000000002'))).toBe(
      true,
    )
  })
})
