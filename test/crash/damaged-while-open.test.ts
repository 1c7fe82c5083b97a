import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, statSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { MongoClient } from 'mongodb'
import { afterAll, expect, it, vi } from 'vitest'
import { STORE_VICTIM } from '../support/built-server.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'store-damaged-'))
const victims = new Set<ChildProcess>()
afterAll(() => {
  for (const victim of victims) victim.kill('SIGKILL')
  rmSync(dataDir, { recursive: true, force: true })
})

function start(): ChildProcess {
  const victim = spawn(process.execPath, [STORE_VICTIM, dataDir], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  victims.add(victim)
  return victim
}

it('says what is wrong at the next start where the data file is cut off under a process, which that may end', async () => {
  const data = join(dataDir, 'data.mdb')
  const victim = start()
  const [uri] = await once(createInterface(victim.stdout!), 'line')
  const client = await new MongoClient(uri, { serverSelectionTimeoutMS: 1000, retryReads: false }).connect()
  const rows = client.db().collection('rows')
  await rows.insertMany(Array.from({ length: 300 }, (_, i) => ({ i, text: 'x'.repeat(5000) })))
  await vi.waitUntil(() => statSync(data).size > 300 * 5000, { timeout: 5000, interval: 20 })
  // What is not yet known to be on the disk would be brought back from the log: cut off is what has been for a while.
  await sleep(2_000)
  truncateSync(data, 40_000)
  const ended = once(victim, 'exit')
  // LMDB maps the file: the system ends who reads beyond its end (SIGBUS), and no program can catch that.
  await rows
    .find()
    .toArray()
    .catch(() => undefined)
  victim.kill('SIGKILL')
  await ended
  // Not waited for: its server is gone, which the driver may wait for without end.
  void client.close()

  const next = start()
  let told = ''
  next.stderr!.on('data', text => {
    told += text
  })
  const [code] = await once(next, 'close')
  expect(code).not.toBe(0)
  expect(told).toMatch(/The data in .* is damaged: data\.mdb: .*cut short.*restore the folder from a backup/)
})
