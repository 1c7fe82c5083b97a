/**
 * What an order costs when many are stored already: `node --import tsx test/bench/million.ts [--stored 1000000]
 * [--few 10000] [--seconds 4] [--repeats 5] [--folder <folder>]`. Fills two stores (the larger takes minutes; kept
 * in `folder` where one is given, and used again), then decides orders on both in turn.
 */
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { alternately } from './alternating.ts'
import { type Round, roundOfHundreds } from './decide.ts'
import { rate } from './figures.ts'
import { fillStore } from './fill.ts'
import { median } from './load.ts'
import { startBenchServer } from './server.ts'
import { setUpBenchShop } from './shop.ts'

const { values } = parseArgs({
  options: {
    stored: { type: 'string', default: '1000000' },
    few: { type: 'string', default: '10000' },
    seconds: { type: 'string', default: '4' },
    repeats: { type: 'string', default: '5' },
    port: { type: 'string', default: '3913' },
    folder: { type: 'string' },
  },
})
const port = Number(values.port)
const kept = values.folder === undefined ? undefined : resolve(values.folder)
const folder = kept ?? (await mkdtemp(join(tmpdir(), 'orderloom-million-')))

/** @returns a data folder with so many orders in it */
async function filled(stored: number): Promise<string> {
  const dataDir = join(folder, String(stored))
  const mark = join(dataDir, 'filled')
  if (existsSync(mark)) return dataDir
  await rm(dataDir, { recursive: true, force: true })
  await mkdir(dataDir, { recursive: true })
  const server = await startBenchServer(port, {}, dataDir)
  await setUpBenchShop(server.url)
  await roundOfHundreds(server, 3)
  await server.stop()
  const began = performance.now()
  const seconds = () => `${Math.round((performance.now() - began) / 1_000)} s`
  await fillStore(dataDir, stored, count =>
    console.log(`  ${count.toLocaleString('en-US')} stored, ${seconds()}`),
  )
  await writeFile(mark, '')
  return dataDir
}

try {
  const [few, many] = [Number(values.few), Number(values.stored)]
  const folders = [await filled(few), await filled(many)]
  const servers = [
    await startBenchServer(port, {}, folders[0]),
    await startBenchServer(port + 1, {}, folders[1]),
  ]
  const seconds = Number(values.seconds)
  try {
    const rounds = await alternately<Round>(
      servers.map(server => ({ pids: [server.pid], window: () => roundOfHundreds(server, seconds) })),
      Number(values.repeats),
    )
    const cost = rounds.map(each => median(each.map(round => round.cpuMsPerOrder)))
    for (const [index, stored] of [few, many].entries())
      console.log(
        `${stored.toLocaleString('en-US')} stored: ${cost[index]!.toFixed(3)} ms CPU per order, ${rate(median(rounds[index]!.map(each => each.decidedPerSecond)))} decided`,
      )
    console.log(`cost with many ÷ cost with few: ${(cost[1]! / cost[0]!).toFixed(2)}`)
  } finally {
    for (const server of servers) await server.stop()
  }
} finally {
  if (kept === undefined) await rm(folder, { recursive: true, force: true })
}
