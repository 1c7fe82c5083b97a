import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type HotStock, hotStock } from '../../server/hot/hot-stock.ts'
import { type SaleDesk, saleDesk } from '../../server/hot/sale-desk.ts'
import { orderIdOf } from '../../server/store/order-key.ts'
import { type OutboxSender, outboxSender } from '../../server/world/live/outbox-sender.ts'
import { type OutgoingCalls, outgoingCalls } from '../../server/world/live/outgoing-call.ts'
import { readPlaces } from '../../server/world/live/places.ts'
import { type EngineRoom, openEngineRoom } from '../support/engine-room.ts'
import { noActions } from '../support/no-actions.ts'
import { eventually } from '../support/store-room.ts'
import { aPlainOrder, documentOf, plainConnection } from '../support/warehouse-shop.ts'
import { hotWorkflow } from './hot-shop.ts'

interface Call {
  readonly path: string
  readonly key: string
  readonly body: Readonly<Record<string, unknown>>
}

const log = { error: (details: object, message: string) => console.error(message, details) }

describe('a spike in a running shop', () => {
  let room: EngineRoom
  let hot: HotStock
  let desk: SaleDesk
  let outbox: OutboxSender
  let calling: OutgoingCalls
  let calls: Call[]
  let close: () => Promise<void>

  beforeEach(async () => {
    calls = []
    const server = createServer(async (request, response) => {
      let text = ''
      for await (const part of request) text += String(part)
      const key = String(request.headers['idempotency-key'])
      calls.push({ path: String(request.url), key, body: JSON.parse(text) as Call['body'] })
      response.writeHead(200).end('{}')
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    const address = `127.0.0.1:${(server.address() as AddressInfo).port}`

    room = await openEngineRoom({ stock: { hangzhou: { 'MILK-1': 40 }, ningbo: { 'MILK-1': 5 } } })
    const { store, context, intake, engine } = room
    await store.connections.create([
      plainConnection({ _id: 'pdd', name: '拼多多店', url: `http://${address}/pdd` }),
      plainConnection({ _id: 'tb', name: '淘宝店', url: `http://${address}/tb` }),
      plainConnection({ _id: 'old', name: '旧店', url: `http://${address}/old`, enabled: false }),
    ])
    await room.publish('hot', hotWorkflow())
    await room.refresh()
    desk = saleDesk(store, context.places, 'main')
    calling = outgoingCalls([address])
    outbox = outboxSender(store, calling, { workspace: 'main', actions: noActions, log })
    hot = hotStock({ ...context, desk, raise: intake.signal, log, lookEveryMs: 50 })
    engine.onBatch(hot.count)
    hot.start()
    close = async () => {
      await hot.stop()
      await outbox.stop()
      await room.close()
      await calling.close()
      server.closeAllConnections()
      server.close()
    }
  })

  afterEach(() => close())

  const orders = (count: number, quantity: number) =>
    Array.from({ length: count }, (_, n) =>
      documentOf(
        aPlainOrder({
          id: `H${n}`,
          phone: `1380000${String(1_000 + n)}`,
          quantity,
          orderedAt: '2026-10-01 10:00:00',
        }),
      ),
    )

  const hotRuns = () => room.store.runs.find({ workflow: 'hot' }).lean()

  async function spike(): Promise<void> {
    await room.decide(orders(35, 2))
    await eventually('the spike is noticed', async () => (await hotRuns()).length > 0)
    await room.engine.idle()
    await outbox.sweep()
  }

  it('takes the SKU off sale at every shop, once each, within seconds, and warns to restock', async () => {
    const began = Date.now()
    await spike()
    expect(Date.now() - began).toBeLessThan(15_000)
    expect(calls.map(({ path, body }) => [path, body.action, body.sku]).sort()).toEqual([
      ['/pdd', 'freeze', 'MILK-1'],
      ['/tb', 'freeze', 'MILK-1'],
    ])
    expect(new Set(calls.map(({ key }) => key)).size).toBe(2)
    const tasks = await room.store.tasks.find({ topic: { $in: ['replenish', 'freeze-by-hand'] } }).lean()
    expect(tasks.map(({ topic, assignee, orderId }) => [topic, assignee, orderId]).sort()).toEqual([
      ['freeze-by-hand', '运营', 'MILK-1'],
      ['replenish', '采购', 'MILK-1'],
    ])
    // 22 orders of 2 units fit into 45: one unit is left, in the second warehouse.
    expect(tasks.find(({ topic }) => topic === 'replenish')?.detail).toContain('杭州仓 0 件、宁波仓 1 件')
    expect(tasks.find(({ topic }) => topic === 'freeze-by-hand')?.title).toContain('测试店铺')
    expect(await desk.frozen()).toMatchObject([
      {
        sku: 'MILK-1',
        run: (await hotRuns())[0]!._id,
        places: [
          { connection: 'pdd', how: 'call' },
          { connection: 'plain', how: 'hand' },
          { connection: 'tb', how: 'call' },
        ],
      },
    ])
  })

  it('starts no run of an orders workflow, and orders start none of the other', async () => {
    await spike()
    const runs = await room.store.runs.find({}, { workflow: 1, event: 1 }).lean()
    for (const { workflow, event } of runs)
      expect(event.startsWith('signal:'), event).toBe(workflow === 'hot')
    expect(runs.filter(each => each.workflow === 'hot')).toHaveLength(1)
    expect(runs.filter(each => each.workflow === 'warehouse')).toHaveLength(35)
  })

  it('calls again under the same key when the sender died before the answer', async () => {
    await spike()
    const dead = { owner: 'gone-host-1-0', nextAt: new Date(Date.now() - 120_000) }
    await room.store.outbox.updateMany({ kind: 'freeze' }, { $set: { state: 'sent', ...dead } })
    await outbox.sweep()
    await room.store.outbox.updateMany({ state: 'planned' }, { $set: { nextAt: new Date() } })
    await outbox.sweep()
    expect(calls).toHaveLength(4)
    expect(new Set(calls.map(({ key }) => key)).size).toBe(2)
    expect(await room.store.outbox.countDocuments({ kind: 'freeze', state: 'confirmed' })).toBe(2)
  })

  it('is undone by a person once, however often they click, at the shops it was done at', async () => {
    await spike()
    calls.length = 0
    const lifted = await Promise.all([desk.putBack('MILK-1', '小李'), desk.putBack('MILK-1', '小李')])
    expect(lifted[0]).toMatchObject({ action: 'unfreeze', by: '小李' })
    await outbox.sweep()
    expect(calls.map(({ path, body }) => [path, body.action]).sort()).toEqual([
      ['/pdd', 'unfreeze'],
      ['/tb', 'unfreeze'],
    ])
    const tasks = await room.store.tasks.find({ topic: 'unfreeze-by-hand' }).lean()
    expect(tasks.map(({ order, orderId }) => [orderIdOf(order), orderId])).toEqual([['MILK-1', 'MILK-1']])
    expect(await desk.frozen()).toEqual([])
    await expect(desk.putBack('MILK-1', '小李')).rejects.toMatchObject({ code: 'NOT_FROZEN' })
  })

  it('counts in the process that works the orders, so what was counted last is shared when it stops', async () => {
    await room.decide(orders(35, 2))
    await hot.stop()
    expect(await room.store.events.countDocuments({ kind: 'signal' })).toBe(1)
  })
})

describe('a SKU off sale', () => {
  it('for a while is put back when the time is over, and one a run put back is no longer listed', async () => {
    const room = await openEngineRoom({ paused: true })
    const { store } = room
    const places = readPlaces(store, 'main')
    await places.refresh()
    const desk = saleDesk(store, places, 'main')
    const at = new Date('2026-10-01T02:00:00Z')
    const line = {
      workspace: 'main',
      reason: '',
      run: 'r1',
      by: '',
      places: [{ connection: 'plain', name: '测试店铺', how: 'hand' as const }],
      at,
    }
    const until = new Date('2026-10-01T03:00:00Z')
    await store.freezes.create([
      { ...line, _id: 'a', sku: 'A', action: 'freeze', until },
      { ...line, _id: 'b', sku: 'B', action: 'freeze' },
      { ...line, _id: 'c', sku: 'B', action: 'unfreeze', at: new Date(at.getTime() + 1) },
      { ...line, _id: 'd', sku: 'D', action: 'freeze' },
    ])
    const skus = async () => (await desk.frozen()).map(each => each.sku).sort()
    await desk.sweep(new Date(until.getTime() - 1))
    expect(await skus()).toEqual(['A', 'D'])
    await desk.sweep(until)
    await desk.sweep(until)
    expect(await skus()).toEqual(['D'])
    expect(await store.freezes.findById('a/lift').lean()).toMatchObject({ action: 'unfreeze', by: 'timer' })
    await room.close()
  })
})
