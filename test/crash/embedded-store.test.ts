import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Collection, MongoClient } from 'mongodb'
import { afterAll, expect, it } from 'vitest'
import { STORE_VICTIM } from '../support/built-server.ts'

const ROUNDS = 4
const WRITERS = 8

interface Row {
  _id: string
  writer: number
  key: string
  group: number
  n: number
  state: 'open' | 'done'
}

/** What a writer was told about its rows: `n` as acknowledged; a row in `unsure` may be one step further, or gone. */
interface Ledger {
  acknowledged: Map<string, Pick<Row, 'n' | 'state'>>
  unsure: Set<string>
}

const dataDir = mkdtempSync(join(tmpdir(), 'store-crash-'))
const ledgers: Ledger[] = Array.from({ length: WRITERS }, () => ({
  acknowledged: new Map(),
  unsure: new Set(),
}))
let victim: ChildProcess | undefined
afterAll(() => {
  victim?.kill('SIGKILL')
  rmSync(dataDir, { recursive: true, force: true })
})

it('keeps every acknowledged write through kill -9, again and again', async () => {
  for (let round = 1; round <= ROUNDS; round++) {
    const client = await startVictim()
    const rows = client.db().collection<Row>('rows')
    await rows.createIndex({ key: 1 }, { unique: true })
    await rows.createIndex({ group: 1, n: 1 }, { partialFilterExpression: { state: 'open' } })
    await check(rows)
    const writers = ledgers.map((ledger, writer) => write(rows, writer, round, ledger))
    await sleep(700 + 200 * round)
    await killVictim()
    await Promise.all(writers)
    // Not waited for: its server is gone, which the driver may wait for without end.
    void client.close()
  }
  const client = await startVictim()
  await check(client.db().collection<Row>('rows'))
  await client.close()
  expect(ledgers.reduce((sum, { acknowledged }) => sum + acknowledged.size, 0)).toBeGreaterThan(
    ROUNDS * WRITERS,
  )
})

async function startVictim(): Promise<MongoClient> {
  victim = spawn(process.execPath, [STORE_VICTIM, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [uri] = await once(createInterface(victim.stdout!), 'line')
  return new MongoClient(uri, {
    maxPoolSize: WRITERS * 2,
    serverSelectionTimeoutMS: 500,
    retryReads: false,
  }).connect()
}

async function killVictim(): Promise<void> {
  victim!.kill('SIGKILL')
  await once(victim!, 'exit')
}

/** Inserts batches, changes and removes rows until the server is gone. */
async function write(rows: Collection<Row>, writer: number, round: number, ledger: Ledger): Promise<void> {
  for (let turn = 0; ; turn++) {
    const fresh = Array.from({ length: 20 }, (_, i) => newRow(writer, `${writer}-${round}-${turn}-${i}`))
    try {
      await sure(
        ledger,
        fresh.map(row => row._id),
        () => rows.insertMany(fresh),
      )
      for (const { _id, n, state } of fresh) ledger.acknowledged.set(_id, { n, state })
      const known = [...ledger.acknowledged.keys()].slice(-60)
      const [changed, removed] = [known.filter((_, i) => i % 3 > 0), known.filter((_, i) => i % 30 === 0)]
      await sure(ledger, changed, () =>
        rows.bulkWrite(changed.map(_id => ({ updateOne: { filter: { _id }, update: { $inc: { n: 1 } } } }))),
      )
      for (const _id of changed) ledger.acknowledged.get(_id)!.n++
      await sure(ledger, removed, () => rows.deleteMany({ _id: { $in: removed } }))
      for (const _id of removed) ledger.acknowledged.delete(_id)
      const done = known.at(-1)!
      await sure(ledger, [done], () => rows.findOneAndUpdate({ _id: done }, { $set: { state: 'done' } }))
      ledger.acknowledged.get(done)!.state = 'done'
    } catch (error) {
      expect(victim!.killed, String(error)).toBe(true)
      return
    }
  }
}

function newRow(writer: number, _id: string): Row {
  return { _id, writer, key: `key ${_id}`, group: writer % 3, n: 0, state: 'open' }
}

/** Until the answer comes nobody knows whether a write took place. */
async function sure(ledger: Ledger, ids: string[], work: () => Promise<unknown>): Promise<void> {
  for (const id of ids) ledger.unsure.add(id)
  await work()
  for (const id of ids) ledger.unsure.delete(id)
}

async function check(rows: Collection<Row>): Promise<void> {
  const stored = new Map((await rows.find().toArray()).map(row => [row._id, row]))
  for (const ledger of ledgers) {
    for (const [_id, { n, state }] of ledger.acknowledged) {
      const row = stored.get(_id)
      if (!ledger.unsure.has(_id)) expect([_id, row?.n, row?.state]).toEqual([_id, n, state])
      else if (row) expect([n, n + 1]).toContain(row.n)
    }
    settle(ledger, stored)
  }
  for (const row of stored.values())
    expect(ledgers[row.writer]!.acknowledged.has(row._id), row._id).toBe(true)
  await checkIndexes(rows, [...stored.values()])
}

/** What is stored is the truth about the writes whose answer never came. */
function settle({ acknowledged, unsure }: Ledger, stored: Map<string, Row>): void {
  for (const _id of unsure) {
    const row = stored.get(_id)
    if (row) acknowledged.set(_id, { n: row.n, state: row.state })
    else acknowledged.delete(_id)
  }
  unsure.clear()
}

/** Each index holds each of its documents once, and finds it. */
async function checkIndexes(rows: Collection<Row>, stored: Row[]): Promise<void> {
  const open = stored.filter(row => row.state === 'open')
  const byKey = await rows
    .find({ key: { $gte: '' } })
    .hint('key_1')
    .toArray()
  const byGroup = await rows
    .find({ state: 'open', group: { $gte: 0 } })
    .hint('group_1_n_1')
    .toArray()
  expect(idsOf(byKey)).toEqual(idsOf(stored))
  expect(idsOf(byGroup)).toEqual(idsOf(open))
  expect(await rows.estimatedDocumentCount()).toBe(stored.length)
}

function idsOf(rows: Row[]): string[] {
  return rows.map(row => row._id).sort()
}
