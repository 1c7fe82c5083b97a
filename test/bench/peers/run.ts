/**
 * Our server beside Node-RED and n8n on one machine in one run, by the order harness with its oracle:
 *
 *     PEERS_HOME=<folder> node --import tsx test/bench/peers/run.ts [--seconds 10] [--repeats 3] [--concurrency 64] [--only ours]
 *
 * PEERS_HOME holds node-red/, n8n/ and node24/ (npm packages); a peer that is not there is left out, and said so.
 * PEERS_HARNESS is the harness with its packages installed; ../shared/bench/peers beside this checkout where absent.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { median } from '../load.ts'
import { cpuMs } from '../proc.ts'
import { type BenchServer, startBenchServer } from '../server.ts'
import { auditOrders } from './audit.ts'
import { completedCounter } from './completed.ts'
import { setUpPeerShop } from './set-up.ts'

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '10' },
    warmup: { type: 'string', default: '20' },
    repeats: { type: 'string', default: '3' },
    concurrency: { type: 'string', default: '64' },
    port: { type: 'string', default: '3980' },
    only: { type: 'string', default: '' },
  },
})

const HARNESS = resolve(
  process.env.PEERS_HARNESS ?? fileURLToPath(new URL('../../../../shared/bench/peers', import.meta.url)),
)
const HOME = resolve(process.env.PEERS_HOME ?? 'peers')
const CONCURRENCY = Number(values.concurrency)
const BASE_TIME = Date.UTC(2026, 0, 1)
/** More than any target takes in a run: the stream ends by time. */
const ORDERS = 2_000_000

/** What the harness prints of a run, as far as it is read here. */
interface LoadResult {
  readonly acceptedPerSecond: number
  readonly completedPerSecond: number
  readonly latencyMs: { readonly p50: number; readonly p99: number }
  readonly total: {
    readonly sent: number
    readonly accepted: number
    readonly errors: number
    readonly wrong: number
    readonly unchecked: number
  }
  readonly duplicates: { readonly sent: number; readonly caught: number }
  readonly oversold: number
  readonly confusion: Readonly<Record<string, number>>
  readonly serverCpuMsPerOrder: number | null
  /** Cores the machine used besides target and client; more than a little, and the run says little. */
  readonly resources: { readonly otherCpu: number; readonly stealCpu: number } | null
  readonly backlog: {
    readonly completedPerSecondToDrained: number
    readonly neverFinished: number
  } | null
}

/** One measured run of a target. */
interface Row {
  readonly accepted: number
  readonly decided: number
  readonly p50: number
  readonly p99: number
  readonly sent: number
  readonly errors: number
  readonly wrong: number
  readonly duplicates: { readonly sent: number; readonly caught: number }
  readonly oversold: number
  /** CPU time of the target per order, all its threads together: what hardly changes on a busy machine. */
  readonly cpuMs: number
  readonly otherCpu: number
  readonly remarks: readonly string[]
}

interface Target {
  readonly name: string
  /** Why it cannot take part; absent where it can. */
  readonly absent?: string
  run(seed: number): Promise<Row>
}

async function load(target: string, seed: number): Promise<LoadResult> {
  const child = spawn(
    process.execPath,
    [
      join(HARNESS, 'loadgen.js'),
      ...['--target', target, '--seed', String(seed), '--base-time', new Date(BASE_TIME).toISOString()],
      ...['--concurrency', String(CONCURRENCY), '--duration', values.seconds, '--warmup', values.warmup],
      ...['--orders', String(ORDERS)],
    ],
    { env: { ...process.env, PEERS_HOME: HOME }, stdio: ['ignore', 'pipe', 'inherit'] },
  )
  let output = ''
  child.stdout.setEncoding('utf8').on('data', chunk => (output += chunk))
  const [code] = (await once(child, 'close')) as [number | null]
  if (code !== 0) throw new Error(`The harness ended with ${code} for ${target}: ${output}`)
  return JSON.parse(output) as LoadResult
}

function rowOf(result: LoadResult, remarks: readonly string[] = []): Row {
  const { total, latencyMs, backlog } = result
  const said = [...remarks]
  for (const [what, count] of Object.entries(result.confusion)) said.push(`${count} × ${what}`)
  if (backlog && backlog.neverFinished > 0) said.push(`${backlog.neverFinished} never finished`)
  return {
    accepted: result.acceptedPerSecond,
    // Accepting may run ahead: what counts is the rate until the last one is decided.
    decided: backlog ? backlog.completedPerSecondToDrained : result.completedPerSecond,
    p50: latencyMs.p50,
    p99: latencyMs.p99,
    sent: total.sent,
    errors: total.errors,
    wrong: total.wrong,
    duplicates: result.duplicates,
    oversold: result.oversold,
    cpuMs: result.serverCpuMsPerOrder ?? 0,
    otherCpu: result.resources ? result.resources.otherCpu + result.resources.stealCpu : 0,
    remarks: said,
  }
}

function peer(spec: string, name: string, needs: readonly string[]): Target {
  const missing = needs.filter(each => !existsSync(join(HOME, each)))
  return {
    name,
    ...(missing.length > 0 && { absent: `${missing.join(', ')} not found in PEERS_HOME` }),
    run: async seed => rowOf(await load(spec, seed)),
  }
}

/** @param settings the file beside this one that describes how our server answers */
function ours(name: string, settings: string, isEarly: boolean): Target {
  return {
    name,
    async run(seed) {
      const server = await startBenchServer(Number(values.port))
      const folder = await mkdtemp(join(tmpdir(), 'orderloom-peers-'))
      try {
        return await measureOurs(server, join(folder, 'target.json'), seed)
      } finally {
        await server.remove()
        await rm(folder, { recursive: true, force: true })
      }
    },
  }

  async function measureOurs(server: BenchServer, file: string, seed: number): Promise<Row> {
    await setUpPeerShop(server.url)
    const counter = isEarly ? await completedCounter(server.url) : undefined
    const target = {
      ...(JSON.parse(readFileSync(new URL(settings, import.meta.url), 'utf8')) as object),
      url: server.url,
      pid: server.pid,
      ...(counter && { completedUrl: counter.url }),
    }
    await writeFile(file, JSON.stringify(target))
    const cpuBefore = cpuMs(server.pid)
    const result = await load(file, seed)
    const perOrder = (cpuMs(server.pid) - cpuBefore) / result.total.accepted
    await counter?.close()
    await server.stop()
    const audit = await auditOrders(server.dataDir, {
      harness: HARNESS,
      seed,
      baseTime: BASE_TIME,
      concurrency: CONCURRENCY,
      count: result.total.sent,
    })
    const row = rowOf(result, audit.examples)
    const undecided =
      isEarly || result.total.unchecked === 0 ? [] : [`${result.total.unchecked} not decided in time`]
    return {
      ...row,
      cpuMs: perOrder,
      wrong: Math.max(row.wrong, audit.wrong),
      duplicates: audit.duplicates,
      oversold: audit.oversold,
      remarks: [...row.remarks, ...undecided, ...(audit.lost > 0 ? [`${audit.lost} lost`] : [])],
    }
  }
}

const NODE_RED = ['node24/node_modules/node/bin/node', 'node-red/node_modules/node-red/red.js']
const N8N = ['node24/node_modules/node/bin/node', 'n8n/node_modules/n8n/bin/n8n']
const targets: readonly Target[] = [
  peer('node-red:lowcode:memory', 'node-red, in memory', NODE_RED),
  peer('node-red:lowcode:file', 'node-red, context file', NODE_RED),
  peer('n8n2:lowcode:save', 'n8n', N8N),
  ours('ours, answering early', './ours-early.json', true),
  ours('ours, answering with the decision', './ours-waiting.json', false),
].filter(each => each.name.includes(values.only))

const rows = new Map<string, Row[]>()
for (const { name, absent } of targets) if (absent) console.log(`left out: ${name}: ${absent}`)
for (let repeat = 1; repeat <= Number(values.repeats); repeat++)
  for (const target of targets) {
    if (target.absent) continue
    const row = await target.run(repeat)
    rows.set(target.name, [...(rows.get(target.name) ?? []), row])
    const notes = row.remarks.length > 0 ? `  [${row.remarks.join('; ')}]` : ''
    console.log(`#${repeat} ${target.name}: decided ${Math.round(row.decided)}/s${notes}`)
  }

const middle = (name: string, figure: (row: Row) => number) => median((rows.get(name) ?? []).map(figure))
const sum = (name: string, figure: (row: Row) => number) =>
  (rows.get(name) ?? []).reduce((total, row) => total + figure(row), 0)
const nodeRed = Math.max(
  0,
  ...[...rows.keys()]
    .filter(name => name.startsWith('node-red'))
    .map(name => middle(name, row => row.decided)),
)
const n8n = rows.has('n8n') ? middle('n8n', row => row.decided) : 0

console.log(
  `\nMedians of ${values.repeats} runs of ${values.seconds} s after ${values.warmup} s of warming up, ${CONCURRENCY} connections, one order a request, about 1 KB.\n`,
)
console.log(
  '| target | decided/s | × Node-RED | × n8n | accepted/s | p50 ms | p99 ms | orders | wrong | duplicates caught | oversold | errors | CPU ms/order | other cores busy |',
)
console.log('|---|---|---|---|---|---|---|---|---|---|---|---|---|---|')
for (const name of rows.keys()) {
  const decided = middle(name, row => row.decided)
  const times = (base: number) => (base > 0 ? (decided / base).toFixed(2) : '-')
  const cells = [
    name,
    Math.round(decided),
    times(nodeRed),
    times(n8n),
    Math.round(middle(name, row => row.accepted)),
    middle(name, row => row.p50).toFixed(1),
    middle(name, row => row.p99).toFixed(1),
    sum(name, row => row.sent),
    sum(name, row => row.wrong),
    `${sum(name, row => row.duplicates.caught)}/${sum(name, row => row.duplicates.sent)}`,
    sum(name, row => row.oversold),
    sum(name, row => row.errors),
    middle(name, row => row.cpuMs).toFixed(2),
    middle(name, row => row.otherCpu).toFixed(1),
  ]
  console.log(`| ${cells.join(' | ')} |`)
}
