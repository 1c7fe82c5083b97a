// Prints what the embedded store does with typical work, each beside the bare disk or bare LMDB in the same run:
// `node --import tsx test/bench/store.ts [seconds per line] [part of a name]`. The store's CPU time is that of all
// threads but the first, which runs the driver; Linux only.
import { randomUUID } from 'node:crypto'
import { fdatasyncSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { open } from 'lmdb'
import { type AnyBulkWriteOperation, type Collection, type Db, MongoClient } from 'mongodb'
import { startEmbeddedStore } from '../../server/embedded/embedded.ts'

interface Event {
  _id: string
  lane: number
  seq: number
  state: string
  order: string
  at: Date
  body: string
}

interface Work {
  name: string
  /** How many documents one call handles. */
  each: number
  concurrency: number
  run(at: number): Promise<unknown> | unknown
}

const SECONDS = Number(process.argv[2] ?? 3)
const ONLY = process.argv[3] ?? ''
const MANY = 500
let made = 0
const body = JSON.stringify({ tid: '1', title: 'x'.repeat(60), address: 'y'.repeat(200) })
  .repeat(4)
  .slice(0, 1150)

const folder = mkdtempSync(join(tmpdir(), 'store-bench-'))
const store = await startEmbeddedStore({ dataDir: join(folder, 'store') })
const client = await new MongoClient(store.uri, { maxPoolSize: 64 }).connect()
try {
  for (const work of [...(await storeWork(client.db())), ...rawWork()])
    if (work.name.includes(ONLY)) await measure(work)
} finally {
  await client.close()
  await store.close()
  rmSync(folder, { recursive: true })
}

async function storeWork(db: Db): Promise<Work[]> {
  const events = db.collection<Event>('events')
  const wide = db.collection<Event>('wide')
  const hot = db.collection<{ _id: string; n: number }>('hot')
  await events.createIndexes([{ key: { lane: 1, state: 1, seq: 1 } }, { key: { order: 1, at: -1 } }])
  await wide.createIndexes([
    { key: { lane: 1, state: 1, seq: 1 } },
    { key: { order: 1, at: -1 } },
    { key: { seq: 1 } },
    { key: { at: 1 } },
  ])
  await hot.insertOne({ _id: 'hot', n: 0 })
  const known = Array.from({ length: 20_000 }, someEvent)
  for (let at = 0; at < known.length; at += 2000) await events.insertMany(known.slice(at, at + 2000))
  const ids = (at: number) => slice(known, at).map(event => event._id)
  return [
    many('insertMany 500, 2 indexes', 4, () => events.insertMany(Array.from({ length: MANY }, someEvent))),
    many('insertMany 500, 4 indexes', 4, () => wide.insertMany(Array.from({ length: MANY }, someEvent))),
    one('insertOne', 64, () => events.insertOne(someEvent())),
    { ...one('insertMany 30', 64, () => events.insertMany(Array.from({ length: 30 }, someEvent))), each: 30 },
    one('findOne by index', 16, at => events.findOne({ order: known[at % known.length]!.order })),
    many('find {_id: {$in: 500}}', 2, at => events.find({ _id: { $in: ids(at) } }).toArray()),
    many('updateMany {_id: {$in: 500}} $set', 2, at =>
      events.updateMany({ _id: { $in: ids(at) } }, { $set: { state: `s${at % 7}` } }),
    ),
    many('bulkWrite 500 updateOne', 2, at => events.bulkWrite(updates(ids(at), at), { ordered: false })),
    many('bulkWrite 500 upserts', 2, at => bulkUpserts(events, at)),
    one('findOneAndUpdate, one hot document', 64, () =>
      hot.findOneAndUpdate({ _id: 'hot' }, { $inc: { n: 1 } }, { returnDocument: 'after' }),
    ),
  ]
}

function rawWork(): Work[] {
  const db = open<Buffer, string>(join(folder, 'raw'), {
    encoding: 'binary',
    cache: false,
    overlappingSync: false,
  })
  const fd = openSync(join(folder, 'raw.log'), 'w')
  writeSync(fd, Buffer.alloc(16 * 1024 * 1024))
  const batch = Buffer.alloc(64 * 1024, 1)
  const value = Buffer.alloc(1400, 1)
  return [
    many('bare LMDB: 500 puts in a transaction', 1, () =>
      db.transactionSync(() => {
        for (let i = 0; i < MANY; i++) db.putSync(randomUUID(), value)
      }),
    ),
    one('bare disk: 64 KB overwritten and flushed', 1, at => {
      writeSync(fd, batch, 0, batch.length, (at % 250) * batch.length)
      fdatasyncSync(fd)
    }),
  ]
}

function bulkUpserts(events: Collection<Event>, at: number) {
  return events.bulkWrite(
    Array.from({ length: MANY }, (_, i): AnyBulkWriteOperation<Event> => {
      const { _id, ...rest } = someEvent()
      return {
        updateOne: { filter: { _id: `u${(at * MANY + i) % 50_000}` }, update: { $set: rest }, upsert: true },
      }
    }),
    { ordered: false },
  )
}

function updates(ids: string[], at: number): AnyBulkWriteOperation<Event>[] {
  return ids.map(_id => ({ updateOne: { filter: { _id }, update: { $set: { state: `t${at % 7}` } } } }))
}

function someEvent(): Event {
  const seq = ++made
  return {
    _id: randomUUID(),
    lane: seq % 16,
    seq,
    state: 'pending',
    order: `o${seq}`,
    at: new Date(seq),
    body,
  }
}

function slice(known: Event[], at: number): Event[] {
  const from = (at * MANY) % (known.length - MANY)
  return known.slice(from, from + MANY)
}

function one(name: string, concurrency: number, run: Work['run']): Work {
  return { name, each: 1, concurrency, run }
}

function many(name: string, concurrency: number, run: Work['run']): Work {
  return { name, each: MANY, concurrency, run }
}

async function measure({ name, each, concurrency, run }: Work): Promise<void> {
  let at = 0
  const times: number[] = []
  const end = performance.now() + SECONDS * 1000
  const before = storeCpuMs()
  const began = performance.now()
  async function client(): Promise<void> {
    while (performance.now() < end) {
      const start = performance.now()
      await run(at++)
      times.push(performance.now() - start)
    }
  }
  await Promise.all(Array.from({ length: concurrency }, client))
  const documents = times.length * each
  const seconds = (performance.now() - began) / 1000
  times.sort((a, b) => a - b)
  const percentile = (part: number) =>
    times[Math.min(times.length - 1, Math.floor(times.length * part))]!.toFixed(2)
  console.log(
    name.padEnd(42),
    `${Math.round(documents / seconds)}/s`.padStart(10),
    `p50 ${percentile(0.5)} p99 ${percentile(0.99)} max ${percentile(1)} ms`.padEnd(40),
    `${(((storeCpuMs() - before) * 1000) / documents).toFixed(1)} µs CPU each`.padStart(20),
    memory(),
  )
}

/** CPU time of all threads but this one. */
function storeCpuMs(): number {
  const { user, system } = process.cpuUsage()
  const fields = readFileSync(`/proc/self/task/${process.pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
  const CLOCK_TICK_MS = 10
  return (user + system) / 1000 - (Number(fields[11]) + Number(fields[12])) * CLOCK_TICK_MS
}

function memory(): string {
  const status = readFileSync('/proc/self/status', 'utf8')
  const megabytes = (name: string) =>
    Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1024)
  return `anon ${megabytes('RssAnon')} file ${megabytes('RssFile')} MB`
}
