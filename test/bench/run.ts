// `npm run bench [-- seconds]`: orders accepted and decided per second, each beside a baseline of the same run.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { MongoClient } from 'mongodb'
import { startEmbeddedStore } from '../../server/embedded/embedded.ts'
import { victim } from '../crash/victim.ts'
import { plainConnection, warehouses, warehouseWorkflow } from '../support/warehouse-shop.ts'
import { closedLoop, median } from './load.ts'
import { benchOrder, benchStock } from './orders.ts'

const SECONDS = Number(process.argv[2] ?? 4)
const REPEATS = 5
const CONCURRENCY = 64
const PORT = 3911
const ECHO_PORT = 3912
const DECIDED = 'orderloom_runs_total{status="done"}'

const rows: { what: string; value: string; baseline?: string }[] = []
const rate = (value: number) => `${Math.round(value).toLocaleString('en-US')}/s`
const share = (value: number, of: number) => `${Math.round((value / of) * 100)}%`

/** Documents per second of plain insertMany calls of 500, on the same store, as the floor under everything. */
async function insertManyRate(): Promise<number> {
  const dataDir = await mkdtemp(join(tmpdir(), 'orderloom-bench-'))
  const embedded = await startEmbeddedStore({ dataDir })
  const client = await new MongoClient(embedded.uri).connect()
  const collection = client.db().collection<{ _id: string }>('raw')
  const rates: number[] = []
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    const started = performance.now()
    let count = 0
    while (performance.now() - started < SECONDS * 1_000) {
      const batch = Array.from({ length: 500 }, (_, i) => ({
        _id: `${repeat}-${count + i}`,
        body: JSON.stringify(benchOrder()),
      }))
      await collection.insertMany(batch)
      count += 500
    }
    rates.push(count / ((performance.now() - started) / 1_000))
  }
  await client.close()
  await embedded.close()
  await rm(dataDir, { recursive: true, force: true })
  return median(rates)
}

async function echoWindows(body: () => string) {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', new URL('./echo-server.ts', import.meta.url).pathname],
    {
      env: { ...process.env, PORT: String(ECHO_PORT) },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  await once(child.stdout, 'data')
  const windows = []
  for (let repeat = 0; repeat < REPEATS; repeat++)
    windows.push(await closedLoop(`http://127.0.0.1:${ECHO_PORT}`, '/echo', CONCURRENCY, SECONDS, body))
  child.kill()
  return windows
}

const one = () => JSON.stringify(benchOrder())
const hundred = () => JSON.stringify(Array.from({ length: 100 }, benchOrder))

console.log(`Each figure: median of ${REPEATS} windows of ${SECONDS} s.`)
const raw = await insertManyRate()
const echoOne = median((await echoWindows(one)).map(each => each.perSecond))

const dataDir = await mkdtemp(join(tmpdir(), 'orderloom-bench-'))
const server = victim(dataDir, PORT, {})
await server.start()

async function api<T>(method: string, path: string, body?: unknown): Promise<T> {
  const answer = await fetch(`${server.url}${path}`, {
    method,
    ...(body !== undefined && {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`)
  return text === '' ? (undefined as T) : JSON.parse(text)
}

for (const { _id, name, city, point } of warehouses)
  await api('PUT', `/api/warehouses/${_id}`, { name, city, point })
for (const [warehouse, skus] of Object.entries(benchStock()))
  await api('POST', '/api/stock/receipts', {
    id: `initial-${warehouse}`,
    warehouse,
    lines: Object.entries(skus).map(([sku, quantity]) => ({ sku, quantity })),
  })
const { _id: id, name, connector, channel, shop, warehouse, identity, mapping } = plainConnection()
await api('POST', '/api/connections', { id, name, connector, channel, shop, warehouse, identity, mapping })
await api('POST', '/api/connections', {
  id: 'supplier',
  name: '供应商',
  connector: 'supplier',
  channel: 'supplier',
  shop: 'supplier',
})
const { id: workflow } = await api<{ id: string }>('POST', '/api/workflows', {
  name: '三仓规则',
  graph: warehouseWorkflow,
})

/** One value of the server's own metrics: cheap to read however much is stored. */
async function metric(name: string): Promise<number> {
  const text = await (await fetch(`${server.url}/metrics`)).text()
  const line = text.split('\n').find(each => each.startsWith(`${name} `))
  if (!line) throw new Error(`There is no metric ${name}.`)
  return Number(line.slice(name.length + 1))
}

async function untilDrained(): Promise<void> {
  while ((await metric('orderloom_backlog_events')) > 0) await sleep(50)
}

// Accepting alone: no workflow is published yet.
const acceptOne = []
const acceptHundred = []
for (let repeat = 0; repeat < REPEATS; repeat++) {
  acceptOne.push(await closedLoop(server.url, '/api/intake/plain', CONCURRENCY, SECONDS, one))
  await untilDrained()
}
for (let repeat = 0; repeat < REPEATS; repeat++) {
  acceptHundred.push(await closedLoop(server.url, '/api/intake/plain', 8, SECONDS, hundred))
  await untilDrained()
}
rows.push({
  what: '受理(每次一单) / accepted, one order a request',
  value: rate(median(acceptOne.map(each => each.perSecond))),
  baseline: `${share(median(acceptOne.map(each => each.perSecond)), echoOne)} of a Fastify echo route (${rate(echoOne)})`,
})
rows.push({
  what: '受理 p50 / p99',
  value: `${median(acceptOne.map(each => each.p50Ms)).toFixed(1)} / ${median(acceptOne.map(each => each.p99Ms)).toFixed(1)} ms`,
})
const hundreds = median(acceptHundred.map(each => each.perSecond * 100))
rows.push({
  what: '受理(每次一百单) / accepted, 100 orders a request',
  value: rate(hundreds),
  baseline: `${share(hundreds, raw)} of raw insertMany of 500 (${rate(raw)})`,
})

// End to end: accepting and deciding at the same time, until the last order is decided.
await api('POST', `/api/workflows/${workflow}/publish`, { note: 'bench' })
const decided = []
for (let repeat = 0; repeat < REPEATS; repeat++) {
  const before = await metric(DECIDED)
  const started = performance.now()
  await closedLoop(server.url, '/api/intake/plain', 4, SECONDS, hundred)
  await untilDrained()
  decided.push(((await metric(DECIDED)) - before) / ((performance.now() - started) / 1_000))
}
rows.push({
  what: '端到端 / decided end to end (accept → map → dedup → decide → hold → run recorded)',
  value: rate(median(decided)),
  baseline: `${share(median(decided), raw)} of raw insertMany (${rate(raw)})`,
})
await server.stop()
await rm(dataDir, { recursive: true, force: true })

for (const { what, value, baseline } of rows)
  console.log(`${what}\n    ${value}${baseline ? `   ${baseline}` : ''}`)
