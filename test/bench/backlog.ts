/**
 * Memory with a long queue: `node --import tsx test/bench/backlog.ts [--backlog 500000] [--seconds 30]`. Sends orders
 * until so many wait while the engine decides 500 a second, goes on selling for a while, then starts the server anew
 * on the same queue and lets it decide as fast as it can. RSS is what the system counts: RssFile, the pages of the
 * store's file that happen to be mapped, is given back when anybody else needs the memory.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { metric } from './api.ts'
import { rate } from './figures.ts'
import { closedLoop, openLoop } from './load.ts'
import { benchOrder } from './orders.ts'
import { type Memory, memoryOf } from './proc.ts'
import { type BenchServer, startBenchServer } from './server.ts'
import { DECIDED, INTAKE, setUpBenchShop } from './shop.ts'

const { values } = parseArgs({
  options: {
    backlog: { type: 'string', default: '500000' },
    seconds: { type: 'string', default: '30' },
    port: { type: 'string', default: '3915' },
  },
})
const wanted = Number(values.backlog)
const seconds = Number(values.seconds)
const port = Number(values.port)
/** A sale that goes on: a little more comes in than is worked off. */
const SALE_PER_SECOND = 600
const LOOK_EVERY_MS = 250
const TOLD_EVERY = 8

const one = () => JSON.stringify(benchOrder())
const hundred = () => JSON.stringify(Array.from({ length: 100 }, benchOrder))
const backlogOf = (server: BenchServer) => metric(server.url, 'orderloom_backlog_events')

/** Looks at the memory all the while. @returns a function that ends it and says what the most was */
function watch(server: BenchServer, phase: string): () => Memory {
  const most = { rss: 0, anon: 0, file: 0 }
  let looks = 0
  const look = () => {
    const now = memoryOf(server.pid)
    for (const name of ['rss', 'anon', 'file'] as const) most[name] = Math.max(most[name], now[name])
    if (looks++ % TOLD_EVERY === 0) console.log(`  ${phase}: ${words(now)}`)
  }
  const timer = setInterval(look, LOOK_EVERY_MS)
  look()
  return () => {
    clearInterval(timer)
    look()
    return most
  }
}

const words = ({ rss, anon, file }: Memory) =>
  `RSS ${rss.toFixed(0)} MB (RssAnon ${anon.toFixed(0)}, RssFile ${file.toFixed(0)})`

const found: string[] = []
const first = await startBenchServer(port, { DRAIN_PER_SECOND: '500' })
let server = first
try {
  await setUpBenchShop(server.url)
  let stop = watch(server, 'filling')
  const began = performance.now()
  let waiting = 0
  while (waiting < wanted) {
    await closedLoop(server.url, INTAKE, 8, 2, hundred)
    waiting = await backlogOf(server)
    console.log(`  ${waiting.toLocaleString('en-US')} wait`)
  }
  found.push(
    `filling to ${waiting} in ${((performance.now() - began) / 1_000).toFixed(0)} s: at most ${words(stop())}`,
  )

  stop = watch(server, 'sale')
  const window = await openLoop(server.url, INTAKE, SALE_PER_SECOND, seconds, one)
  found.push(
    `${rate(window.perSecond)} more for ${seconds} s (p99 ${window.p99Ms.toFixed(1)} ms), ${await backlogOf(server)} wait: at most ${words(stop())}`,
  )

  await server.stop()
  const again = performance.now()
  server = await startBenchServer(port, {}, first.dataDir)
  const startedMs = performance.now() - again
  stop = watch(server, 'draining')
  const before = await metric(server.url, DECIDED)
  await sleep(seconds * 1_000)
  const decided = (await metric(server.url, DECIDED)) - before
  found.push(
    `started anew on the queue in ${(startedMs / 1_000).toFixed(1)} s, then ${rate(decided / seconds)} decided: at most ${words(stop())}`,
  )
} finally {
  await server.remove()
}
for (const line of found) console.log(line)
