import { alternately } from './alternating.ts'
import { ECHO, startEcho } from './echo.ts'
import { type Figure, latencies, medianOf, rate, share } from './figures.ts'
import { closedLoop, openLoop, type Window } from './load.ts'
import { benchOrder } from './orders.ts'
import { startBenchServer } from './server.ts'
import { INTAKE, setUpBenchShop } from './shop.ts'

const CONCURRENCY = 64
const one = () => JSON.stringify(benchOrder())

export interface Plan {
  readonly port: number
  readonly seconds: number
  readonly repeats: number
}

/** How many orders a second the engine works off meanwhile: the seed's rate, and next to nothing. */
export const DRAINS = [
  { perSecond: 500, words: '引擎每秒处理 500 单 / engine draining 500/s' },
  { perSecond: 1, words: '引擎几乎不动 / engine all but idle' },
]

/** One order per request, durable, beside a Fastify route that parses the same body and does nothing else. */
export async function acceptFigures(plan: Plan): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const { perSecond, words } of DRAINS) {
    const echo = await startEcho(plan.port + 1)
    const server = await startBenchServer(plan.port, { DRAIN_PER_SECOND: String(perSecond) })
    try {
      await setUpBenchShop(server.url)
      const both = (window: (url: string, path: string) => Promise<Window>) =>
        alternately(
          [
            { pids: [echo.pid], window: () => window(echo.url, ECHO) },
            { pids: [server.pid], window: () => window(server.url, INTAKE) },
          ],
          plan.repeats,
        )
      const [echoPeak = [], acceptPeak = []] = await both((url, path) =>
        closedLoop(url, path, CONCURRENCY, plan.seconds, one),
      )
      const peak = medianOf(acceptPeak, each => each.perSecond)
      const echoRate = medianOf(echoPeak, each => each.perSecond)
      const half = Math.round(peak / 2)
      const [echoHalf = [], acceptHalf = []] = await both((url, path) =>
        openLoop(url, path, half, plan.seconds, one),
      )
      figures.push(
        {
          what: `受理，每次一单 / accepted, one order a request — ${words}`,
          value: `${rate(peak)}   p50 / p95 / p99 ${latencies(acceptPeak)}`,
          baseline: `${share(peak, echoRate)} of a Fastify echo route (${rate(echoRate)}, ${latencies(echoPeak)})`,
        },
        {
          what: `峰值一半时的受理 / accepting at half that rate (${rate(half)}) — ${words}`,
          value: `p50 / p95 / p99 ${latencies(acceptHalf)}`,
          baseline: `p99 ${timesOf(acceptHalf, echoHalf)} that of the echo route at the same rate (${latencies(echoHalf)})`,
        },
        ...refusals(acceptPeak, acceptHalf),
      )
    } finally {
      await server.remove()
      await echo.stop()
    }
  }
  return figures
}

function timesOf(windows: readonly Window[], base: readonly Window[]): string {
  const p99 = (of: readonly Window[]) => medianOf(of, each => each.p99Ms)
  return `${(p99(windows) / p99(base)).toFixed(1)} ×`
}

function refusals(...all: readonly (readonly Window[])[]): Figure[] {
  const refused = all.flat().reduce((sum, each) => sum + each.refused, 0)
  return refused > 0 ? [{ what: '被拒绝的请求 / requests refused', value: String(refused) }] : []
}
