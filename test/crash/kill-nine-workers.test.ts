import { join } from 'node:path'
import { MongoClient } from 'mongodb'
import { expect } from 'vitest'
import { findOwner } from '../../server/store/find-owner.ts'
import { LANES } from '../../server/store/lanes.ts'
import { eventually } from '../support/store-room.ts'
import { freePort, killedAgainAndAgain, type SetUp } from './killed-again.ts'
import { type Victim, victim } from './victim.ts'

interface Processes extends SetUp {
  readonly dataDir: string
  readonly workers: readonly Victim[]
  /** Those that do not serve the store to the others. */
  guests(): Promise<Victim[]>
}

/** A web process and two workers on one data folder; whichever was first serves the store to the others. */
async function webAndWorkers(dataDir: string, env: Readonly<Record<string, string>>): Promise<Processes> {
  const web = victim(dataDir, await freePort(), { ...env, ROLE: 'web' })
  const workers = [
    victim(dataDir, await freePort(), { ...env, ROLE: 'worker' }),
    victim(dataDir, await freePort(), { ...env, ROLE: 'worker' }),
  ]
  const all = [web, ...workers]
  const start = async () => void (await Promise.all(all.map(each => each.start())))
  async function guests(): Promise<Victim[]> {
    const owner = await findOwner(join(dataDir, 'store'))
    return all.filter(each => each.pid !== Number(owner?.name.split(':')[1]))
  }

  return {
    dataDir,
    url: web.url,
    workers,
    start,
    async strike(_blow, roll) {
      const struck = all[Math.floor(roll() * all.length)]!
      await struck.kill()
      // Without whoever serves the store the others leave, and are started again as well.
      await start()
    },
    guests,
    async stop() {
      await Promise.all((await guests()).map(each => each.stop()))
      await Promise.all(all.map(each => each.stop()))
    },
    said: () => all.map(each => each.said()).join('\n---\n'),
    async close() {
      await Promise.all(all.map(each => each.kill()))
    },
  }
}

const runsOf = async ({ url }: Victim): Promise<number> => {
  const text = await (await fetch(`${url}/metrics`)).text()
  return Number(/^orderloom_runs_total\{status="done"\} (\d+)$/m.exec(text)?.[1] ?? 0)
}

/** How many lanes of orders a process holds, read in the store as the others share it. */
async function lanesOf(dataDir: string, { pid }: Victim): Promise<number> {
  const owner = await findOwner(join(dataDir, 'store'))
  const client = await new MongoClient(owner!.uri).connect()
  try {
    return await client
      .db()
      .collection<{ _id: number; owner: string }>('lanes')
      .countDocuments({ _id: { $lt: LANES }, owner: new RegExp(`:${pid}:`) })
  } finally {
    await client.close()
  }
}

/** Both workers work; one that stands still is stood in for within seconds, and does no harm when it wakes up. */
async function oneStandsStill({ dataDir, workers, guests }: Processes): Promise<void> {
  const each = async (what: (worker: Victim) => Promise<number>) => Promise.all(workers.map(what))
  await eventually('both decide orders', async () => (await each(runsOf)).every(runs => runs > 0), 30_000)
  const mayFreeze = await guests()
  const frozen = workers.find(worker => mayFreeze.includes(worker))!
  const other = workers.find(worker => worker !== frozen)!
  frozen.freeze()
  const since = Date.now()
  await eventually('the other holds all lanes', async () => (await lanesOf(dataDir, other)) === LANES, 20_000)
  expect(Date.now() - since).toBeLessThan(10_000)
  // It works on in lanes that are no longer its own.
  frozen.thaw()
  await eventually(
    'it has its share again',
    async () => (await lanesOf(dataDir, frozen)) === LANES / 2,
    20_000,
  )
}

let processes: Processes
killedAgainAndAgain('a web process and two workers', {
  blows: 2,
  setUp: async (dataDir, env) => {
    processes = await webAndWorkers(dataDir, env)
    return processes
  },
  meanwhile: () => oneStandsStill(processes),
})
