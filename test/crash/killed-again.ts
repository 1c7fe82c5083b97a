import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from '../../server/config.ts'
import { type OpenedStore, openOrEmbed } from '../../server/store/open-or-embed.ts'
import type { OrderDoc } from '../../server/store/order-doc.ts'
import type { Store } from '../../server/store/store.ts'
import { proveLedger } from '../../server/world/prove-ledger.ts'
import { plainConnection, warehouses, warehouseWorkflow } from '../support/warehouse-shop.ts'
import { openReceiver, type Receiver } from './receiver.ts'
import { crashStock, documentsOf, SCARCE_UNITS, type Sent, trafficOf } from './traffic.ts'

/** So many orders are answered before it is over. */
const ENOUGH = 500
/** From so many on they come at a pace: more would show nothing more, and all of them are counted at the end. */
const MANY = 2 * ENOUGH
const POSTERS = 6
const SEED = 20_261_001

/** The product as it is set up here: one process or several, on one buffer or another. */
export interface SetUp {
  /** Where orders are sent. */
  readonly url: string
  start(): Promise<void>
  /**
   * Ends some part of it as a power cut would, and has it come back.
   * @param blow counts from 0
   * @param roll between 0 and 1, from the seed
   */
  strike(blow: number, roll: () => number): Promise<void>
  stop(): Promise<void>
  /** The last its processes printed. */
  said(): string
  /** Ends whatever is left. */
  close(): Promise<void>
}

export interface Story {
  readonly blows: number
  /** @param env settings every process needs */
  readonly setUp: (dataDir: string, env: Readonly<Record<string, string>>) => Promise<SetUp>
  /** What else must hold while orders still pour in. */
  readonly meanwhile?: (setUp: SetUp) => Promise<void>
}

export const freePort = () =>
  new Promise<number>(resolve => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })

/** Orders are sent by clients that never give up while the product is struck again and again; then all is counted. */
export function killedAgainAndAgain(title: string, story: Story): void {
  const traffic = trafficOf(SEED)
  /** Every order that was answered 202, by id. */
  const answered = new Map<string, Sent>()
  let dataDir: string
  let receiver: Receiver
  let server: SetUp
  let opened: OpenedStore
  let store: Store

  async function send(method: string, path: string, body: unknown): Promise<void> {
    const answer = await fetch(`${server.url}${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
  }

  async function openShop(): Promise<void> {
    for (const { _id, name, city, point } of warehouses)
      await send('PUT', `/api/warehouses/${_id}`, { name, city, point })
    for (const [warehouse, skus] of Object.entries(crashStock))
      await send('POST', '/api/stock/receipts', {
        id: `initial-${warehouse}`,
        warehouse,
        lines: Object.entries(skus).map(([sku, quantity]) => ({ sku, quantity })),
      })
    const { _id: id, name, connector, channel, shop, warehouse, identity, mapping } = plainConnection()
    await send('POST', '/api/connections', {
      id,
      name,
      connector,
      channel,
      shop,
      warehouse,
      identity,
      mapping,
    })
    const supplier = {
      id: 'supplier',
      name: '供应商',
      connector: 'supplier',
      channel: 'supplier',
      shop: 'supplier',
    }
    await send('POST', '/api/connections', {
      ...supplier,
      url: `http://127.0.0.1:${receiver.port}/purchases`,
    })
    const created = await fetch(`${server.url}/api/workflows`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: '三仓规则', graph: warehouseWorkflow }),
    })
    const { id: workflow } = (await created.json()) as { id: string }
    await send('POST', `/api/workflows/${workflow}/publish`, { note: '首次发布' })
  }

  /** Posts orders for ever, each until it is answered: a client that never gives up, as platforms are. */
  async function post(until: { over: boolean }): Promise<void> {
    while (!until.over) {
      const batch = Array.from({ length: 1 + Math.floor(traffic.random() * 6) }, traffic.next)
      for (;;) {
        const answer = await fetch(`${server.url}/api/intake/plain`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(documentsOf(batch)),
        }).catch(() => undefined)
        if (answer?.status === 202) break
        await answer?.text()
        await sleep(30)
      }
      for (const sent of batch) {
        answered.set(sent.order.id, sent)
        traffic.acknowledge(sent)
      }
      await sleep(answered.size < MANY ? 10 : 150)
    }
  }

  const list = async (path: string) =>
    ((await (await fetch(`${server.url}${path}`)).json()) as { items: unknown[] }).items

  async function untilSettled(): Promise<void> {
    let left = ''
    for (const deadline = Date.now() + 90_000; Date.now() < deadline; await sleep(200)) {
      const overview = (await (await fetch(`${server.url}/api/overview`)).json()) as { backlog: number }
      const calls = await Promise.all(
        ['planned', 'sent'].map(state => list(`/api/outbox?state=${state}&limit=1`)),
      )
      if (overview.backlog === 0 && calls.flat().length === 0) return
      left = `${overview.backlog} events, ${calls.map(each => each.length).join('+')} calls`
    }
    throw new Error(`Not settled within 90 s: ${left}\n${server.said()}`)
  }

  describe(`killed with SIGKILL again and again while orders pour in, ${title}`, () => {
    beforeAll(async () => {
      dataDir = await mkdtemp(join(tmpdir(), 'orderloom-crash-'))
      receiver = await openReceiver()
      server = await story.setUp(dataDir, { OUTGOING_ALLOW: `127.0.0.1:${receiver.port}` })
      await server.start()
      await openShop()
      const until = { over: false }
      const posters = Array.from({ length: POSTERS }, () => post(until))
      for (let blow = 0; blow < story.blows; blow++) {
        await sleep(100 + traffic.random() * 1_200)
        await server.strike(blow, traffic.random)
      }
      await story.meanwhile?.(server)
      // However slow the machine is, there is something to look at.
      while (answered.size <= ENOUGH) await sleep(50)
      until.over = true
      await Promise.all(posters)
      await untilSettled()
      await server.stop()
      opened = await openOrEmbed(readConfig({ DATA_DIR: dataDir }))
      store = opened.store
    }, 420_000)

    afterAll(async () => {
      await server?.close()
      await opened?.close()
      await receiver?.close()
      if (dataDir) await rm(dataDir, { recursive: true, force: true })
    })

    it('keeps every order that was answered 202, exactly once', async () => {
      const events = await store.events.find({ kind: 'order' }, { order: 1, state: 1 }).lean()
      expect(events.every(event => event.state === 'done')).toBe(true)
      const accepted = events.map(event => event.order.slice('plain:'.length))
      expect(new Set(accepted).size).toBe(accepted.length)
      expect([...answered.keys()].filter(id => !accepted.includes(id))).toEqual([])
    })

    it('gives every order exactly one run and the outcome it must have', async () => {
      const runs = await store.runs.find({}, { order: 1, status: 1, outcome: 1 }).lean()
      expect(new Set(runs.map(run => run.order)).size).toBe(runs.length)
      const outcome = new Map(runs.map(run => [run.order.slice('plain:'.length), run]))
      const wrong = [...answered].filter(([id, { fate }]) => {
        const run = outcome.get(id)
        if (run?.status !== 'done') return true
        return fate === 'scarce' ? !['ship', 'backorder'].includes(run.outcome) : run.outcome !== fate
      })
      expect(wrong.slice(0, 5)).toEqual([])
    })

    it('says of every duplicate which order it repeats', async () => {
      const orders = new Map(
        (await store.orders.find().lean()).map((order): [string, OrderDoc] => [order._id, order as OrderDoc]),
      )
      const duplicates = [...answered.values()].filter(sent => sent.fate === 'duplicate')
      expect(duplicates.length).toBeGreaterThan(10)
      for (const { order, repeats } of duplicates)
        expect(orders.get(`plain:${order.id}`)?.duplicateOf).toBe(`plain:${repeats}`)
    })

    it('holds stock once per shipped or transferred order, and not a unit more', async () => {
      const holds = await store.movements.find({ kind: 'held' }).lean()
      const outcomes = new Map(
        (await store.runs.find({}, { outcome: 1 }).lean()).map(run => [run._id, run.outcome]),
      )
      expect(new Set(holds.map(hold => hold.order)).size).toBe(holds.length)
      expect(holds.every(hold => ['ship', 'transfer'].includes(outcomes.get(hold.run!) ?? ''))).toBe(true)
      expect(holds.length).toBe(
        [...outcomes.values()].filter(each => each === 'ship' || each === 'transfer').length,
      )
      const quantities = new Map(
        [...answered.values()].map(({ order }) => [`plain:${order.id}`, order.quantity]),
      )
      expect(holds.filter(hold => hold.lines[0]!.quantity !== quantities.get(hold.order!))).toEqual([])
    })

    it('never oversells the scarce product, and sells all of it', async () => {
      const scarce = await store.stock.findById('main/hangzhou/SCARCE').lean()
      const wanted = [...answered.values()].filter(sent => sent.fate === 'scarce').length
      expect(scarce?.held).toBe(Math.min(SCARCE_UNITS, wanted))
      expect(await store.stock.countDocuments({ available: { $lt: 0 } })).toBe(0)
    })

    it('ends with a ledger that equals the stock', async () => {
      expect(await proveLedger(store, 'main')).toMatchObject({ agrees: true, differences: [] })
    })

    it('makes one transfer, one task and one purchase where the outcome says so', async () => {
      const count = async (outcome: string) => store.runs.countDocuments({ outcome })
      expect(await store.transfers.countDocuments()).toBe(await count('transfer'))
      expect(await store.tasks.countDocuments({ topic: 'backorder' })).toBe(await count('backorder'))
      expect(await store.purchases.countDocuments()).toBe(await count('procure'))
    })

    it('delivers every purchase, under one idempotency key each', async () => {
      const purchases = (await store.purchases.find({}, { status: 1 }).lean()).map(each => each._id)
      expect(await store.purchases.countDocuments({ status: { $ne: 'confirmed' } })).toBe(0)
      expect([...receiver.deliveries.keys()].sort()).toEqual(purchases.sort())
    })
  })
}
