import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Collection, type Db, MongoClient } from 'mongodb'
import { afterAll, expect, it } from 'vitest'
import { STORE_VICTIM } from '../support/built-server.ts'

const ROUNDS = 3
const WRITERS = 4
/** Documents that one statement changes: whole or not at all. */
const BATCH = 25
/** So many that a statement is done in parts, between which the process may be killed. */
const MANY = 2500

interface Row {
  _id: string
  batch: string
  key: string
  n: number
  tags: number[]
}

interface Counter {
  _id: string
  n: number
}

/** A batch as its writer was told it is; `unsure` is what was under way when the answers ended. */
interface Batch {
  n: number
  unsure?: 'insert' | 'update' | 'delete'
}

/** How often something was counted up for sure, and how often perhaps. */
interface Count {
  sure: number
  unsure: number
}

const dataDir = mkdtempSync(join(tmpdir(), 'store-statements-'))
const batches = new Map<string, Batch>()
const counters = new Map<string, Count>()
const sweeps: Count = { sure: 0, unsure: 0 }
let victim: ChildProcess | undefined
afterAll(() => {
  victim?.kill('SIGKILL')
  rmSync(dataDir, { recursive: true, force: true })
})

it('keeps statements on many documents, upserts and unique keys whole through kill -9', async () => {
  for (let round = 1; round <= ROUNDS; round++) {
    const client = await startVictim()
    const db = client.db()
    if (round === 1) await prepare(db)
    await check(db)
    const writers = Array.from({ length: WRITERS }, (_, writer) => write(db, `${writer}-${round}`))
    const sweeper = sweep(db)
    await sleep(300 + 200 * round)
    // However slow the machine is, there is something to look at: each kill leaves few in doubt.
    const sure = () => [...batches.values()].filter(each => !each.unsure).length
    while (sure() <= (round + 1) * WRITERS || sweeps.sure === 0) await sleep(20)
    victim!.kill('SIGKILL')
    await Promise.all([...writers, sweeper, once(victim!, 'exit')])
    await client.close()
  }
  const client = await startVictim()
  await check(client.db())
  await client.close()
  expect(batches.size).toBeGreaterThan(ROUNDS * WRITERS)
  expect(sweeps.sure).toBeGreaterThan(0)
})

async function startVictim(): Promise<MongoClient> {
  victim = spawn(process.execPath, [STORE_VICTIM, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [uri] = await once(createInterface(victim.stdout!), 'line')
  return new MongoClient(uri, {
    maxPoolSize: WRITERS + 2,
    serverSelectionTimeoutMS: 500,
    retryReads: false,
  }).connect()
}

const rowsOf = (db: Db) => db.collection<Row>('rows')
const countersOf = (db: Db) => db.collection<Counter>('counters')
const manyOf = (db: Db) => db.collection<{ _id: number; n: number }>('many')

async function prepare(db: Db): Promise<void> {
  await rowsOf(db).createIndexes([
    { key: { key: 1 }, unique: true },
    { key: { batch: 1, n: -1 } },
    { key: { tags: 1 } },
    { key: { n: 1 }, name: 'few', partialFilterExpression: { n: { $gt: 2 } } },
  ])
  await db.createCollection('counters')
  await manyOf(db).insertMany(Array.from({ length: MANY }, (_, _id) => ({ _id, n: 0 })))
  await manyOf(db).createIndex({ n: 1 })
}

/** One client after the other of its statements, until the server is gone. */
async function write(db: Db, name: string): Promise<void> {
  const rows = rowsOf(db)
  try {
    for (let turn = 0; ; turn++) {
      const batch = `${name}-${turn}`
      await unsureOf(batch, 'insert', () => rows.insertMany(rowsIn(batch)))
      await refuseTaken(rows, batch)
      const older = `${name}-${Math.floor(turn / 2)}`
      if (batches.has(older)) {
        await unsureOf(older, 'update', () =>
          rows.updateMany({ batch: older }, { $inc: { n: 1 }, $push: { tags: turn } }),
        )
        batches.get(older)!.n++
      }
      if (turn % 5 === 4) {
        const gone = `${name}-${turn - 3}`
        await unsureOf(gone, 'delete', () => rows.deleteMany({ batch: gone }))
        batches.delete(gone)
      }
      for (const _id of ['hot', `own ${name}`, `new ${batch}`]) await countUp(db, _id)
    }
  } catch (error) {
    expect(victim!.killed, String(error)).toBe(true)
  }
}

function rowsIn(batch: string): Row[] {
  return Array.from({ length: BATCH }, (_, i) => ({
    _id: `${batch}-${i}`,
    batch,
    key: `key ${batch}-${i}`,
    n: 0,
    tags: [i, i + 1],
  }))
}

/** A key that is taken is refused, and what stands behind it in an ordered insert is not done. */
async function refuseTaken(rows: Collection<Row>, batch: string): Promise<void> {
  const [first] = rowsIn(batch)
  const refused = rows.insertMany([
    { ...first!, _id: `${batch} again` },
    { ...first!, _id: `${batch} behind`, key: `${batch} behind` },
  ])
  await expect(refused).rejects.toThrow(victim!.killed ? /./ : /E11000/)
}

async function countUp(db: Db, _id: string): Promise<void> {
  const count = counters.get(_id) ?? { sure: 0, unsure: 0 }
  counters.set(_id, count)
  count.unsure++
  await countersOf(db).findOneAndUpdate({ _id }, { $inc: { n: 1 } }, { upsert: true })
  count.unsure--
  count.sure++
}

async function sweep(db: Db): Promise<void> {
  try {
    for (;;) {
      sweeps.unsure++
      await manyOf(db).updateMany({}, { $inc: { n: 1 } })
      sweeps.unsure--
      sweeps.sure++
    }
  } catch (error) {
    expect(victim!.killed, String(error)).toBe(true)
  }
}

async function unsureOf(batch: string, what: Batch['unsure'], work: () => Promise<unknown>): Promise<void> {
  const known = batches.get(batch) ?? { n: 0 }
  batches.set(batch, { ...known, unsure: what })
  await work()
  batches.set(batch, known)
}

async function check(db: Db): Promise<void> {
  await checkBatches(db)
  await checkCounters(db)
  await checkMany(db)
  for (const name of ['rows', 'counters', 'many']) await checkIndexes(db, name)
}

async function checkBatches(db: Db): Promise<void> {
  const stored = new Map<string, Row[]>()
  for (const row of await rowsOf(db).find().toArray())
    stored.set(row.batch, [...(stored.get(row.batch) ?? []), row])
  for (const batch of stored.keys()) expect(batches.has(batch), batch).toBe(true)
  for (const [batch, { n, unsure }] of batches) {
    const found = stored.get(batch) ?? []
    const values = new Set(found.map(row => row.n))
    const told = `${batch} ${n} ${unsure}: ${found.length} with ${[...values]}`
    if (unsure === 'insert' || unsure === 'delete') expect([0, BATCH], told).toContain(found.length)
    else expect(found.length, told).toBe(BATCH)
    // All of a statement or nothing of it: they are all the same.
    expect(values.size, told).toBeLessThan(2)
    for (const value of values) expect(unsure === 'update' ? [n, n + 1] : [n], told).toContain(value)
    for (const { tags } of found) expect(tags.length, told).toBe(2 + found[0]!.n)
    if (found.length === 0) batches.delete(batch)
    else batches.set(batch, { n: found[0]!.n })
  }
}

async function checkCounters(db: Db): Promise<void> {
  const stored = new Map((await countersOf(db).find().toArray()).map(({ _id, n }) => [_id, n]))
  for (const [_id, { sure, unsure }] of counters) {
    const n = stored.get(_id) ?? 0
    expect(n, _id).toBeGreaterThanOrEqual(sure)
    expect(n, _id).toBeLessThanOrEqual(sure + unsure)
    counters.set(_id, { sure: n, unsure: 0 })
  }
}

/** A statement done in parts may have been cut off between them, but never within a document. */
async function checkMany(db: Db): Promise<void> {
  const { sure, unsure } = sweeps
  expect(await manyOf(db).countDocuments()).toBe(MANY)
  for (const n of await manyOf(db).distinct('n')) {
    expect(n).toBeGreaterThanOrEqual(sure)
    expect(n).toBeLessThanOrEqual(sure + unsure)
  }
}

/** Every index holds each document it should, once for each of its keys, in order. */
async function checkIndexes(db: Db, name: string): Promise<void> {
  expect(await db.command({ validate: name, full: true }), name).toMatchObject({ valid: true, errors: [] })
  const collection = db.collection(name)
  const stored = await collection.find().toArray()
  expect(await collection.estimatedDocumentCount()).toBe(stored.length)
  for (const index of await collection.indexes()) {
    const filter = index.partialFilterExpression ?? {}
    const expected = stored.filter(row => !index.partialFilterExpression || row.n > 2)
    const found = await collection.find(filter).hint(index.name!).toArray()
    expect(found.map(({ _id }) => String(_id)).sort(), `${name} by ${index.name}`).toEqual(
      expected.map(({ _id }) => String(_id)).sort(),
    )
  }
}
