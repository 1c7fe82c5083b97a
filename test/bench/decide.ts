import type { Plan } from './accept.ts'
import { metric } from './api.ts'
import { type Figure, rate } from './figures.ts'
import { closedLoop, median } from './load.ts'
import { benchOrder } from './orders.ts'
import { cpuMs } from './proc.ts'
import { type BenchServer, startBenchServer } from './server.ts'
import { DECIDED, INTAKE, setUpBenchShop, untilDrained } from './shop.ts'

const one = () => JSON.stringify(benchOrder())
const hundred = () => JSON.stringify(Array.from({ length: 100 }, benchOrder))

/** One round: orders sent for a while, and then waited for until the last one is decided. */
export interface Round {
  readonly decidedPerSecond: number
  /** CPU time of the server per decided order, all its threads together. */
  readonly cpuMsPerOrder: number
}

export async function decideRound(
  server: BenchServer,
  clients: number,
  seconds: number,
  body: () => string,
): Promise<Round> {
  const before = await metric(server.url, DECIDED)
  const cpuBefore = cpuMs(server.pid)
  const started = performance.now()
  await closedLoop(server.url, INTAKE, clients, seconds, body)
  await untilDrained(server.url)
  const elapsed = (performance.now() - started) / 1_000
  const decided = (await metric(server.url, DECIDED)) - before
  return {
    decidedPerSecond: decided / elapsed,
    cpuMsPerOrder: (cpuMs(server.pid) - cpuBefore) / decided,
  }
}

/** A round with 100 orders in each request. */
export const roundOfHundreds = (server: BenchServer, seconds: number): Promise<Round> =>
  decideRound(server, 4, seconds, hundred)

/** End to end: accept → map → dedup → decide → hold → run recorded, until the last order is decided. */
export async function decideFigures({ port, seconds, repeats }: Plan): Promise<Figure[]> {
  const server = await startBenchServer(port)
  const singles: Round[] = []
  const hundreds: Round[] = []
  try {
    await setUpBenchShop(server.url)
    for (let repeat = 0; repeat <= repeats; repeat++) {
      const single = await decideRound(server, 64, seconds, one)
      const hundredfold = await roundOfHundreds(server, seconds)
      if (repeat === 0) continue
      singles.push(single)
      hundreds.push(hundredfold)
    }
  } finally {
    await server.remove()
  }
  const told = (rounds: readonly Round[]) =>
    `${rate(median(rounds.map(each => each.decidedPerSecond)))}   ${median(rounds.map(each => each.cpuMsPerOrder)).toFixed(3)} ms CPU per order`
  return [
    { what: '端到端，每次一单 / decided end to end, one order a request (64 clients)', value: told(singles) },
    { what: '端到端，每次一百单 / decided end to end, 100 orders a request', value: told(hundreds) },
  ]
}
