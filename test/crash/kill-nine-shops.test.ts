import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { alibaba1688Simulator } from '../../connectors/alibaba1688/simulator.ts'
import { douyinSimulator } from '../../connectors/douyin/simulator.ts'
import { type SimulatorServer, serveSimulators } from '../../connectors/simulators/serve.ts'
import type { Simulator } from '../../connectors/simulators/simulator.ts'
import { taobaoSimulator } from '../../connectors/taobao/simulator.ts'
import { wechatSimulator } from '../../connectors/wechat/simulator.ts'
import { readConfig } from '../../server/config.ts'
import { type OpenedStore, openOrEmbed } from '../../server/store/open-or-embed.ts'
import type { WorkflowGraph } from '../../server/workflow/workflow.ts'
import { freePort } from './killed-again.ts'
import { type Victim, victim } from './victim.ts'

const KILLS = 2
const ORDERS_PER_BLOW = 80
/** Of these every one is bought from the supplier. */
const BOUGHT_PER_BLOW = 3
const SKU = 'MUG-350'

const graph: WorkflowGraph = {
  nodes: [
    { id: 'received', type: 'order.received', params: { connections: ['taobao'] } },
    { id: 'map', type: 'data.map', params: { use: 'connection' } },
    {
      id: 'is-mug',
      type: 'logic.condition',
      params: { when: { '==': [{ var: 'order.buyerNote' }, '代采'] } },
    },
    { id: 'buy', type: 'purchase.create', params: { supplier: 'alibaba-1688' } },
    { id: 'bought', type: 'flow.end', params: { outcome: 'bought', orderStatus: 'bought', label: '已采购' } },
    { id: 'kept', type: 'flow.end', params: { outcome: 'kept', orderStatus: 'kept', label: '有货' } },
    { id: 'bad', type: 'flow.end', params: { outcome: 'bad', orderStatus: 'bad', label: '有误' } },
  ],
  edges: [
    { from: 'received', port: 'received', to: 'map' },
    { from: 'map', port: 'ok', to: 'is-mug' },
    { from: 'map', port: 'invalid', to: 'bad' },
    { from: 'is-mug', port: 'yes', to: 'buy' },
    { from: 'is-mug', port: 'no', to: 'kept' },
    { from: 'buy', port: 'created', to: 'bought' },
  ],
}

describe('a server killed again and again while it polls shops and buys from a supplier', () => {
  const shops: readonly Simulator[] = [taobaoSimulator(), douyinSimulator(), wechatSimulator()]
  let makeOrder = () => {}
  const supplier = alibaba1688Simulator({
    onCall: api => api === 'alibaba.trade.fastCreateOrder' && makeOrder(),
  })
  let platforms: SimulatorServer
  let dataDir: string
  let server: Victim
  let opened: OpenedStore

  async function call(method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
    const answer = await fetch(`${server.url}${path}`, {
      method,
      ...(body !== undefined && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    })
    const text = await answer.text()
    if (answer.status >= 400) throw new Error(`${method} ${path}: ${answer.status} ${text}`)
    return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>)
  }

  /** Adds a connection; its owner signs in where the platform wants that. */
  async function connect(simulator: Simulator, mustSignIn: boolean, more: object = {}): Promise<void> {
    const { settings, credentials } = simulator.access(platforms.url)
    const { id } = simulator
    const own = { ...settings, ...more }
    await call('POST', '/api/connections', {
      id,
      connector: id,
      settings: own,
      credentials,
      enabled: false,
    })
    if (mustSignIn) {
      const { url } = await call('POST', `/api/connections/${id}/authorize`, {})
      const page = await (await fetch(String(url))).text()
      const back = /href="([^"]+)"/.exec(page)![1]!.replaceAll('&amp;', '&')
      await fetch(back, { redirect: 'manual' })
    }
    await call('PUT', `/api/connections/${id}`, { enabled: true })
  }

  function placeOrders(): void {
    const now = Date.now()
    for (const { shop } of shops)
      for (let number = 0; number < ORDERS_PER_BLOW; number++)
        shop!.place({ at: new Date(now - number * 300), buyerNote: '' })
    const [taobao] = shops
    for (let number = 0; number < BOUGHT_PER_BLOW; number++)
      taobao!.shop!.place({
        at: new Date(now - number * 300),
        lines: [{ sku: SKU, quantity: 2 }],
        buyerNote: '代采',
      })
  }

  const placed = () => shops.flatMap(({ id, shop }) => shop!.all().map(order => `${id}:${order.id}`)).sort()
  const bought = () => shops[0]!.shop!.all().filter(({ buyerNote }) => buyerNote === '代采').length

  async function untilDone(): Promise<void> {
    const wanted = placed().length
    let left = ''
    for (const deadline = Date.now() + 90_000; Date.now() < deadline; await sleep(200)) {
      const { orders, backlog } = await call('GET', '/api/overview')
      const open = await Promise.all(
        ['planned', 'sent'].map(state => call('GET', `/api/outbox?state=${state}&limit=200`)),
      )
      const calls = open.reduce((sum, { items }) => sum + (items as unknown[]).length, 0)
      if (backlog === 0 && calls === 0 && supplier.suppliers.purchases().length >= bought()) {
        const taobaoOrders = shops[0]!.shop!.all().length
        if (Number(orders) >= taobaoOrders && (await accepted()) >= wanted) return
      }
      left = `${orders} orders, ${backlog} waiting, ${calls} calls, ${await accepted()} of ${wanted} accepted`
    }
    throw new Error(`It never came to rest: ${left}\n${server.said()}`)
  }

  const accepted = async () => Number((await call('GET', '/api/overview')).accepted)

  beforeAll(async () => {
    platforms = await serveSimulators([...shops, supplier], 0)
    dataDir = await mkdtemp(join(tmpdir(), 'orderloom-shops-'))
    server = victim(dataDir, await freePort(), {
      OUTGOING_ALLOW: new URL(platforms.url).host,
      POLL_EVERY_SECONDS: '1',
    })
    await server.start()
    await connect(supplier, true, { lookAgainMs: 50, orderTimeoutMs: 1_000 })
    for (const shop of shops) await connect(shop, shop.id === 'taobao', { callsPerSecond: 50 })
    const created = await call('POST', '/api/workflows', { name: '代采', graph })
    await call('POST', `/api/workflows/${created.id}/publish`, { note: '首次发布' })
    for (let blow = 0; blow < KILLS; blow++) {
      placeOrders()
      // The supplier's order is made, and before the answer is out the server is gone.
      const struck = new Promise<void>(resolve => {
        makeOrder = () => setTimeout(() => resolve(server.kill()), 20)
      })
      await Promise.race([struck, sleep(20_000)])
      makeOrder = () => {}
      await server.kill()
      await server.start()
    }
    placeOrders()
    await untilDone()
    await server.stop()
    opened = await openOrEmbed(readConfig({ DATA_DIR: dataDir }))
  }, 200_000)

  afterAll(async () => {
    await opened?.close()
    await server?.kill()
    await platforms?.close()
    await rm(dataDir, { recursive: true, force: true })
  })

  it('has every order of every shop, each once', async () => {
    const events = await opened.store.events.find({ kind: 'order' }, { order: 1 }).lean()
    expect(events.map(({ order }) => order).sort()).toEqual(placed())
  })

  it('has bought everything that was to be bought, each once, whatever became of the answer', async () => {
    const keys = supplier.suppliers.purchases().map(({ outOrderId }) => outOrderId)
    expect(new Set(keys).size).toBe(keys.length)
    expect(keys.length).toBe(bought())
    const purchases = await opened.store.purchases.find().lean()
    expect(purchases.map(({ status }) => status)).toEqual(purchases.map(() => 'confirmed'))
    const told = purchases.map(({ answer }) => String(answer?.purchaseId)).sort()
    expect(told).toEqual(
      supplier.suppliers
        .purchases()
        .map(({ id }) => id)
        .sort(),
    )
  })

  it('follows the goods of every purchase', async () => {
    expect(await opened.store.parcels.countDocuments({ leg: 'in' })).toBe(bought())
  })

  it('asks no person about anything', async () => {
    expect(await opened.store.tasks.find().lean()).toEqual([])
  })
})
