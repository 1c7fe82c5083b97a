import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import alibaba1688 from '../../connectors/alibaba1688/connector.ts'
import { alibaba1688Simulator } from '../../connectors/alibaba1688/simulator.ts'
import { type SimulatorServer, serveSimulators } from '../../connectors/simulators/serve.ts'
import { type Connections, openConnections } from '../../server/connections/connections.ts'
import type { ConnectionDoc } from '../../server/store/connection-doc.ts'
import type { OutboxDoc } from '../../server/store/outbox-doc.ts'
import { outboxSender } from '../../server/world/live/outbox-sender.ts'
import { openStoreRoom, type StoreRoom } from '../support/store-room.ts'
import { plainConnection } from '../support/warehouse-shop.ts'
import { authorise } from './support/authorise.ts'

const KEY = 'run-1/buy/0'

let room: StoreRoom
let server: SimulatorServer
let connections: Connections
let simulator: ReturnType<typeof alibaba1688Simulator>
let onOrder: () => void

beforeAll(async () => {
  room = await openStoreRoom()
})
afterAll(() => room.close())

beforeEach(async () => {
  const { store } = room
  await Promise.all([
    store.connections.deleteMany({}),
    store.secrets.deleteMany({}),
    store.outbox.deleteMany({}),
    store.tasks.deleteMany({}),
  ])
  onOrder = () => {}
  simulator = alibaba1688Simulator({
    perSecond: 100_000,
    onCall(api) {
      if (api === 'alibaba.trade.fastCreateOrder') onOrder()
    },
  })
  server = await serveSimulators([simulator], 0)
  connections = openConnections({
    store: room.store,
    intake: room.intake,
    connectors: new Map([[alibaba1688.id, alibaba1688]]),
    config: { ...room.config, outgoingAllow: [new URL(server.url).host] },
    workspace: 'main',
    recordParcels: async () => {},
    log: { warn: () => {} },
  })
  const { settings, credentials } = simulator.access(server.url)
  const connection: ConnectionDoc = plainConnection({
    _id: 'source',
    name: '1688',
    connector: alibaba1688.id,
    settings: { ...settings, lookAgainMs: 20, orderTimeoutMs: 150 },
  })
  await room.store.connections.create(connection)
  await connections.secrets.change('source', { ...credentials })
  const context = await connections.desk.pollContext(connection, new AbortController().signal)
  await authorise({ connector: alibaba1688, context })
})
afterEach(async () => {
  await connections.close()
  await server.close()
})

const planned = (over: Partial<OutboxDoc> = {}): OutboxDoc => ({
  _id: KEY,
  workspace: 'main',
  kind: 'purchase',
  action: 'purchase',
  order: 'shop:4123',
  run: 'run-1',
  connection: 'source',
  url: '',
  body: { purchase: KEY, orderId: '4123', lines: [{ sku: 'MUG-350', quantity: 2 }], urgent: false },
  state: 'planned',
  attempts: 0,
  nextAt: new Date(0),
  createdAt: new Date(),
  ...over,
})

/** Sends what is due, a few times over, as time goes by. */
async function sweep(): Promise<void> {
  for (let sweeps = 0; sweeps < 3; sweeps++) {
    await room.store.outbox.updateMany({ state: 'planned' }, { $set: { nextAt: new Date(0) } })
    const sender = outboxSender(
      room.store,
      { post: async () => expect.fail('nothing goes to an address'), close: async () => {} },
      {
        workspace: 'main',
        actions: connections.actions,
        log: { error: details => expect.fail(JSON.stringify(details)) },
      },
    )
    await sender.sweep()
  }
}

const stored = () => room.store.outbox.findById(KEY).lean()
const made = () => simulator.suppliers.purchases().map(({ id }) => id)
const answer = { purchaseId: '2820000000000000001', totalFen: 3_300, postFen: 800 }

describe('a purchase that goes out to 1688', () => {
  it('is made once, and its number is kept', async () => {
    await room.store.outbox.create(planned())
    await sweep()
    expect(await stored()).toMatchObject({ state: 'confirmed', answer })
    expect(made()).toEqual([answer.purchaseId])
  })

  it('is made once although the answer never came', async () => {
    onOrder = () => simulator.faults.add('timeout-after')
    await room.store.outbox.create(planned())
    await sweep()
    expect(await stored()).toMatchObject({ state: 'confirmed', answer })
    expect(made()).toEqual([answer.purchaseId])
    expect(await room.store.tasks.countDocuments()).toBe(0)
  })

  it('is made once although the process was killed when it was made', async () => {
    await room.store.outbox.create(planned())
    await sweep()
    // As the store stands when it happens: it was being sent, by somebody who is no more.
    await room.store.outbox.updateOne(
      { _id: KEY },
      { $set: { state: 'sent', owner: 'gone:1:x', nextAt: new Date(0) }, $unset: { answer: 1 } },
    )
    await sweep()
    expect(await stored()).toMatchObject({ state: 'confirmed', answer })
    expect(made()).toEqual([answer.purchaseId])
  })

  it('is made after all when the process was killed before it was', async () => {
    await room.store.outbox.create(planned({ state: 'sent', owner: 'gone:1:x', attempts: 1 }))
    await sweep()
    expect(await stored()).toMatchObject({ state: 'confirmed', answer })
    expect(made()).toEqual([answer.purchaseId])
  })

  it('is left to a person where 1688 cannot be asked either', async () => {
    onOrder = () => {
      simulator.faults.add('timeout-after')
      simulator.faults.add('wrong-signature', 50)
    }
    await room.store.outbox.create(planned())
    await sweep()
    expect(await stored()).toMatchObject({ state: 'unknown' })
    expect(made()).toHaveLength(1)
    expect((await room.store.tasks.findOne().lean())?.topic).toBe('outbox-unknown')
  })

  it('becomes a task in words when the seller has run out', async () => {
    await room.store.outbox.create(
      planned({ body: { ...planned().body, lines: [{ sku: 'MUG-350', quantity: 999 }] } }),
    )
    await sweep()
    expect(await stored()).toMatchObject({ state: 'failed' })
    expect((await room.store.tasks.findOne().lean())?.detail).toContain('商品库存不足')
    expect(made()).toEqual([])
  })
})
