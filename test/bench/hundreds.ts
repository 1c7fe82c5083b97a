import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MongoClient } from 'mongodb'
import { startEmbeddedStore } from '../../server/embedded/embedded.ts'
import { DRAINS, type Plan } from './accept.ts'
import { type Figure, latencies, medianOf, rate, share } from './figures.ts'
import { closedLoop, median, type Window } from './load.ts'
import { benchOrder } from './orders.ts'
import { startBenchServer } from './server.ts'
import { INTAKE, setUpBenchShop, untilDrained } from './shop.ts'

const CLIENTS = 8
const INSERTED_AT_ONCE = 500
const hundred = () => JSON.stringify(Array.from({ length: 100 }, benchOrder))

const FULL_SPEED = { perSecond: 0, words: '引擎全速处理 / the engine deciding as fast as it can' }

/** 100 orders per request beside plain insertMany calls on a store of the same kind, window by window in turn. */
export async function hundredFigures(plan: Plan): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const drain of [DRAINS[0]!, FULL_SPEED]) figures.push(await hundredFigure(plan, drain))
  return figures
}

async function hundredFigure(
  { port, seconds, repeats }: Plan,
  { perSecond: drained, words }: (typeof DRAINS)[number],
): Promise<Figure> {
  const folder = await mkdtemp(join(tmpdir(), 'orderloom-bench-'))
  const embedded = await startEmbeddedStore({ dataDir: folder })
  const client = await new MongoClient(embedded.uri).connect()
  const raw = client.db().collection<{ _id: string; body: string }>('raw')
  const server = await startBenchServer(port, { DRAIN_PER_SECOND: String(drained) })
  const inserted: number[] = []
  const accepted: Window[] = []
  try {
    await setUpBenchShop(server.url)
    for (let repeat = 0; repeat <= repeats; repeat++) {
      const perSecond = await insertWindow(seconds, documents =>
        raw.insertMany(documents, { ordered: false }),
      )
      const window = await closedLoop(server.url, INTAKE, CLIENTS, seconds, hundred)
      if (drained === 0) await untilDrained(server.url)
      if (repeat === 0) continue
      inserted.push(perSecond)
      accepted.push(window)
    }
  } finally {
    await server.remove()
    await client.close()
    await embedded.close()
    await rm(folder, { recursive: true, force: true })
  }
  const floor = median(inserted)
  const hundreds = medianOf(accepted, each => each.perSecond * 100)
  return {
    what: `受理，每次一百单 / accepted, 100 orders a request — ${words}`,
    value: `${rate(hundreds)}   p50 / p95 / p99 ${latencies(accepted)}`,
    baseline: `${share(hundreds, floor)} of raw insertMany of ${INSERTED_AT_ONCE} (${rate(floor)})`,
  }
}

let insertedSoFar = 0

async function insertWindow(
  seconds: number,
  insert: (documents: { _id: string; body: string }[]) => Promise<unknown>,
): Promise<number> {
  const started = performance.now()
  const before = insertedSoFar
  while (performance.now() - started < seconds * 1_000)
    await insert(
      Array.from({ length: INSERTED_AT_ONCE }, () => ({
        _id: String(insertedSoFar++),
        body: JSON.stringify(benchOrder()),
      })),
    )
  return (insertedSoFar - before) / ((performance.now() - started) / 1_000)
}
