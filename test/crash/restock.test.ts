import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from '../../server/config.ts'
import { openOrEmbed } from '../../server/store/open-or-embed.ts'
import type { Store } from '../../server/store/store.ts'
import type { WorkflowGraph } from '../../server/workflow/workflow.ts'
import { proveLedger } from '../../server/world/prove-ledger.ts'
import { aPlainOrder, documentOf, plainConnection, warehouses } from '../support/warehouse-shop.ts'
import { type Victim, victim } from './victim.ts'

const KILLS = 3
/** However slow the machine is, so many returns are answered before it is over. */
const ENOUGH = 50
const POSTERS = 3
const AT_FIRST = 100

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

/** Returns that were answered 202: id → pieces. */
const answered = new Map<string, number>()
let count = 0
let dataDir: string
let server: Victim
let opened: Awaited<ReturnType<typeof openOrEmbed>>
let store: Store

const freePort = () =>
  new Promise<number>(resolve => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })

const send = (method: string, path: string, body: unknown) =>
  fetch(`${server.url}${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

async function demand(method: string, path: string, body: unknown): Promise<{ id: string }> {
  const answer = await send(method, path, body)
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as { id: string }
}

async function setUp(): Promise<void> {
  const [{ _id: warehouse, name, city, point }] = warehouses as [(typeof warehouses)[number]]
  await demand('PUT', `/api/warehouses/${warehouse}`, { name, city, point })
  const lines = [{ sku: 'MILK-1', quantity: AT_FIRST }]
  await demand('POST', '/api/stock/receipts', { id: 'initial', warehouse, lines })
  const { _id: id, connector, channel, shop, identity, mapping } = plainConnection()
  const { fields } = mapping as { fields: readonly unknown[] }
  const withKind = { fields: [...fields, { to: 'kind', from: 'kind' }] }
  const connection = { id, name: '退货', connector, channel, shop, warehouse, identity, mapping: withKind }
  await demand('POST', '/api/connections', connection)
  const { id: workflow } = await demand('POST', '/api/workflows', { name: '退货入库', graph })
  await demand('POST', `/api/workflows/${workflow}/publish`, { note: '首次发布' })
}

/** Posts returns for ever, each until it is answered, and now and then one that was answered before. */
async function post(until: { over: boolean }): Promise<void> {
  while (!until.over) {
    const n = count++
    const order = aPlainOrder({
      id: `R${n}`,
      phone: `139${String(n).padStart(8, '0')}`,
      quantity: 1 + (n % 3),
    })
    const again = n % 10 === 9 ? [aPlainOrder({ ...order, id: `R${n}` })] : []
    const batch = [order, ...again].map(each => ({ ...documentOf(each), kind: 'return' }))
    for (;;) {
      const answer = await send('POST', '/api/intake/plain', batch).catch(() => undefined)
      if (answer?.status === 202) break
      await answer?.text()
      await sleep(30)
    }
    answered.set(order.id, order.quantity)
    await sleep(5)
  }
}

async function untilSettled(): Promise<void> {
  let before = -1
  for (const deadline = Date.now() + 90_000; Date.now() < deadline; await sleep(300)) {
    const { backlog } = (await (await fetch(`${server.url}/api/overview`)).json()) as { backlog: number }
    const { items } = (await (await fetch(`${server.url}/api/stock?sku=MILK-1`)).json()) as {
      items: { available: number }[]
    }
    const available = items[0]?.available ?? 0
    if (backlog === 0 && available === before) return
    before = available
  }
  throw new Error('The returns were not put back within 90 s.')
}

describe('killed with SIGKILL again and again while returns are put back into stock', () => {
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'orderloom-restock-'))
    server = victim(dataDir, await freePort(), {})
    await server.start()
    await setUp()
    const until = { over: false }
    const posters = Array.from({ length: POSTERS }, () => post(until))
    for (let kill = 0; kill < KILLS; kill++) {
      await sleep(150 + kill * 170)
      await server.kill()
      await server.start()
    }
    while (answered.size <= ENOUGH) await sleep(50)
    until.over = true
    await Promise.all(posters)
    await untilSettled()
    await server.stop()
    opened = await openOrEmbed(readConfig({ DATA_DIR: dataDir }))
    store = opened.store
  }, 240_000)

  afterAll(async () => {
    await server?.kill()
    await opened?.close()
    if (dataDir) await rm(dataDir, { recursive: true, force: true })
  })

  it('gives every return that was answered one run that put it back', async () => {
    const runs = await store.runs.find({}, { order: 1, outcome: 1 }).lean()
    expect(new Set(runs.map(run => run.order)).size).toBe(runs.length)
    expect(runs.every(run => run.outcome === 'restocked')).toBe(true)
    const known = new Set(runs.map(run => run.order))
    expect([...answered.keys()].filter(id => !known.has(`plain:${id}`))).toEqual([])
  })

  it('adds the units of every return once, none twice and none left behind', async () => {
    const returned = await store.movements.find({ kind: 'returned' }).lean()
    expect(returned.length).toBe(await store.runs.countDocuments())
    expect(await store.restocks.countDocuments()).toBe(0)
    const wrong = returned.filter(
      each => each.lines[0]!.quantity !== (answered.get(each.order!.slice('plain:'.length)) ?? -1),
    )
    expect(wrong.map(each => each.order)).toEqual([])
    const units = [...answered.values()].reduce((sum, quantity) => sum + quantity, AT_FIRST)
    expect((await store.stock.findById('main/hangzhou/MILK-1').lean())?.available).toBe(units)
  })

  it('ends with a ledger that equals the stock', async () => {
    expect(await proveLedger(store, 'main')).toMatchObject({ agrees: true, differences: [] })
  })
})
