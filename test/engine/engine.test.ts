import { afterEach, describe, expect, it } from 'vitest'
import { laneOf } from '../../server/store/lanes.ts'
import { type EngineRoom, type EngineRoomOptions, openEngineRoom } from '../support/engine-room.ts'
import { aPlainOrder, documentOf, type PlainOrder, warehouseWorkflow } from '../support/warehouse-shop.ts'

let room: EngineRoom | undefined

async function open(options: EngineRoomOptions): Promise<EngineRoom> {
  room = await openEngineRoom(options)
  return room
}

afterEach(async () => {
  await room?.close()
  room = undefined
})

/** Orders of different buyers: number i has phone and id of its own. */
const buyers = (count: number, over: (i: number) => Partial<PlainOrder> = () => ({})) =>
  Array.from({ length: count }, (_, i) =>
    documentOf(aPlainOrder({ id: `A${i}`, phone: `138${String(i).padStart(8, '0')}`, ...over(i) })),
  )

async function outcomes({ store }: EngineRoom): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const { outcome } of await store.runs.find({}, { outcome: 1 }).lean())
    counts[outcome] = (counts[outcome] ?? 0) + 1
  return counts
}

describe('the engine', () => {
  it('sends each order the way the three-row table says', async () => {
    const shop = await open({ stock: { hangzhou: { 'MILK-1': 10 }, ningbo: { 'DIAPER-1': 10 } } })
    await shop.decide([
      ...buyers(1),
      documentOf(aPlainOrder({ id: 'T1', phone: '13900000001', sku: 'DIAPER-1' })),
      documentOf(aPlainOrder({ id: 'P1', phone: '13900000002', sku: 'NONE', urgent: true })),
      documentOf(aPlainOrder({ id: 'B1', phone: '13900000003', sku: 'NONE' })),
    ])
    expect(await outcomes(shop)).toEqual({ ship: 1, transfer: 1, procure: 1, backorder: 1 })
    expect(await shop.store.transfers.findOne().lean()).toMatchObject({
      from: 'ningbo',
      to: 'hangzhou',
      orderId: 'T1',
    })
    expect(await shop.store.tasks.findOne().lean()).toMatchObject({ topic: 'backorder', title: '缺货 B1' })
    expect(await shop.desk.prove()).toMatchObject({ agrees: true })
  })

  it('gives the last units of a product to as many orders as there are, and looks again for the others', async () => {
    const shop = await open({ stock: { hangzhou: { 'MILK-1': 5 }, ningbo: { 'MILK-1': 3 } } })
    await shop.decide(buyers(40))
    expect(await outcomes(shop)).toEqual({ ship: 5, transfer: 3, backorder: 32 })
    expect(await shop.desk.prove()).toMatchObject({ agrees: true })
    const { available, held } = (await shop.store.stock.findById('main/hangzhou/MILK-1').lean())!
    expect({ available, held }).toEqual({ available: 0, held: 5 })
  })

  it('recognises the same buyer and products within three minutes, and not a second later', async () => {
    const shop = await open({ stock: { hangzhou: { 'MILK-1': 10 } } })
    const again = (id: string, orderedAt: string) => documentOf(aPlainOrder({ id, orderedAt }))
    await shop.decide([
      again('A1', '2026-10-01 10:00:00'),
      again('A2', '2026-10-01 10:03:00'),
      again('A3', '2026-10-01 10:03:01'),
      again('A4', '2026-10-01 09:57:00'),
    ])
    const orders = await shop.store.orders.find().sort({ _id: 1 }).lean()
    expect(orders.map(order => [order._id, order.outcome, order.duplicateOf])).toEqual([
      ['plain:A1', 'ship', undefined],
      ['plain:A2', 'duplicate', 'plain:A1'],
      ['plain:A3', 'ship', undefined],
      ['plain:A4', 'duplicate', 'plain:A1'],
    ])
  })

  it('takes the same version of an order once, and a later version as a change', async () => {
    const shop = await open({ stock: { hangzhou: { 'MILK-1': 10 } } })
    const first = documentOf(aPlainOrder())
    const receipts = [
      await shop.intake.accept(shop.connection, [first, first]),
      await shop.intake.accept(shop.connection, [first]),
    ]
    expect(receipts.map(({ accepted, repeated }) => ({ accepted, repeated }))).toEqual([
      { accepted: 1, repeated: 1 },
      { accepted: 0, repeated: 1 },
    ])
    await shop.engine.idle()
    await shop.decide([documentOf(aPlainOrder({ modified: '2' }))])
    expect(await outcomes(shop)).toEqual({ ship: 1 })
    expect((await shop.store.events.find().sort({ seq: 1 }).lean()).map(event => event.state)).toEqual([
      'done',
      'unclaimed',
    ])
  })

  it('keeps what cannot be mapped in quarantine, with every problem named, and works its neighbours', async () => {
    const shop = await open({ stock: { hangzhou: { 'MILK-1': 10 } } })
    await shop.decide([documentOf(aPlainOrder({ id: 'X1', phone: '', quantity: -1 })), ...buyers(2)])
    expect(await outcomes(shop)).toEqual({ rejected: 1, ship: 2 })
    const [quarantined] = await shop.store.quarantine.find().lean()
    expect(quarantined?.problems.map(problem => problem.field).sort()).toEqual(['items/0/quantity', 'phone'])
    expect(JSON.parse(quarantined!.body)).toMatchObject({ id: 'X1' })
  })

  it('works a thousand orders of one lane and of all lanes alike', async () => {
    const shop = await open({ stock: { hangzhou: { 'MILK-1': 100_000 } } })
    await shop.decide(buyers(1_000, i => ({ quantity: 1 + (i % 3) })))
    expect(await outcomes(shop)).toEqual({ ship: 1_000 })
    expect(await shop.store.orders.countDocuments({ status: 'to-ship' })).toBe(1_000)
    expect(await shop.desk.prove()).toMatchObject({ agrees: true })
  })

  it('keeps an order that no workflow wants, and says so', async () => {
    const shop = await open({ paused: true })
    await shop.decide(buyers(1))
    expect(await shop.store.events.find().lean()).toMatchObject([{ state: 'unclaimed', order: 'plain:A0' }])
    expect(await outcomes(shop)).toEqual({})
  })

  it('works such an order when somebody sends it on its way again after publishing', async () => {
    const shop = await open({ paused: true, stock: { hangzhou: { 'MILK-1': 1 } } })
    await shop.decide(buyers(1))
    await shop.publish('warehouse', warehouseWorkflow)
    const { _id } = (await shop.store.events.findOne().lean())!
    expect([await shop.intake.requeue(_id), await shop.intake.requeue(_id)]).toEqual([true, false])
    await shop.engine.idle()
    expect(await outcomes(shop)).toEqual({ ship: 1 })
    expect(await shop.intake.backlog()).toMatchObject({ pending: 0 })
  })

  it('sets an event aside that fails again and again, and works its neighbours', async () => {
    const shop = await open({ stock: { hangzhou: { 'MILK-1': 10 } } })
    const [first, ...others] = buyers(4, () => ({ phone: '13800000000' }))
    await shop.store.events.collection.insertOne({
      _id: 'broken',
      workspace: 'main',
      kind: 'order',
      order: 'plain:broken',
      lane: laneOf('13800000000'),
      seq: 1,
      state: 'pending',
      body: 'this is no JSON',
      receivedAt: new Date(),
    } as object)
    await shop.decide([first, ...others])
    expect(await shop.store.events.findById('broken' as never).lean()).toMatchObject({
      state: 'failed',
      error: expect.stringContaining('JSON'),
    })
    expect(await shop.store.runs.countDocuments()).toBe(4)
  })
})
