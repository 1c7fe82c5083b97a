import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { MongoClient } from 'mongodb'
import { afterAll, expect, it } from 'vitest'

const RACERS = 2

const dataDir = mkdtempSync(join(tmpdir(), 'store-race-'))
const running = new Set<ChildProcess>()
afterAll(() => {
  for (const racer of running) racer.kill('SIGKILL')
  rmSync(dataDir, { recursive: true, force: true })
})

/** What came of a process that wanted the folder: the URI it serves, or why it does not. */
interface Outcome {
  racer: ChildProcess
  uri?: string
  refusal: string
}

it('gives a folder to one of several processes that start at once; the others name its number', async () => {
  for (const round of ['fresh', 'left by a killed owner']) {
    const outcomes = await Promise.all(Array.from({ length: RACERS }, start))
    const winners = outcomes.filter(({ uri }) => uri)
    expect(winners, round).toHaveLength(1)
    const [winner] = winners
    for (const { uri, refusal } of outcomes)
      if (!uri) expect(refusal, round).toMatch(new RegExp(`in use by process ${winner!.racer.pid}\\b`))
    const client = await new MongoClient(winner!.uri!).connect()
    const rounds = client.db().collection<{ round: string }>('rounds')
    await rounds.insertOne({ round })
    expect(await rounds.distinct('round')).toContain('fresh')
    winner!.racer.kill('SIGKILL')
    await once(winner!.racer, 'exit')
    await client.close()
  }
})

async function start(): Promise<Outcome> {
  const script = fileURLToPath(new URL('embedded-store-victim.ts', import.meta.url))
  const racer = spawn(process.execPath, ['--import', 'tsx', script, dataDir], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.add(racer)
  let told = ''
  let refusal = ''
  racer.stderr.on('data', text => {
    refusal += text
  })
  const serving = new Promise<void>(resolve => {
    racer.stdout.on('data', text => {
      told += text
      if (told.includes('\n')) resolve()
    })
  })
  const ended = once(racer, 'close').then(() => running.delete(racer))
  await Promise.race([serving, ended])
  return { racer, uri: told.trim() || undefined, refusal }
}
