import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { type Db, MongoClient } from 'mongodb'
import type { Contender } from '../alternating.ts'
import { cpuMs, type Memory, memoryOf } from '../proc.ts'
import { type Event, eventOf, idOf, SALES, STOCKS, saleOf, stockOf } from './documents.ts'
import type { Operation, StoreData } from './operation.ts'

/** What one window saw. */
export interface Side {
  /** Documents a second. */
  readonly perSecond: number
  /** CPU time of the process per document, in microseconds; the driver's is not in it. */
  readonly cpuUs: number
}

/** One of those that are compared: a store, or raw LMDB, in a process of its own. */
export interface Measured {
  contender(operation: Operation, seconds: number): Contender<Side>
  memory(): Memory
  stop(): Promise<void>
}

/** @param checkout where the sources of the store are */
export async function startStore(
  folder: string,
  stored: number,
  checkout: string,
): Promise<Measured & { db: Db }> {
  const child = start('store-process.ts', [folder, `${checkout}/server/embedded/embedded.ts`])
  const uri = await firstMessage<string>(child)
  const client = await new MongoClient(uri, { maxPoolSize: 64 }).connect()
  let made = 0
  const data: StoreData = { db: client.db(), stored, fresh: () => stored + made++ }
  const started = new Map<string, (at: number) => Promise<unknown>>()
  let at = 0

  async function window({ name, store, concurrency, each }: Operation, seconds: number): Promise<Side> {
    const run = started.get(name) ?? store(data)
    started.set(name, run)
    const cpuBefore = cpuMs(child.pid!)
    const began = performance.now()
    const end = began + seconds * 1000
    let calls = 0
    async function caller(): Promise<void> {
      for (; performance.now() < end; calls++) await run(at++)
    }
    await Promise.all(Array.from({ length: concurrency }, caller))
    const ms = performance.now() - began
    const cpuUs = ((cpuMs(child.pid!) - cpuBefore) * 1000) / (calls * each)
    await removeMade(data.db, stored, made)
    made = 0
    return { perSecond: (calls * each) / (ms / 1000), cpuUs }
  }

  return {
    db: data.db,
    contender: (operation, seconds) => ({ pids: [child.pid!], window: () => window(operation, seconds) }),
    memory: () => memoryOf(child.pid!),
    async stop() {
      await client.close()
      await end(child)
    },
  }
}

export async function startRaw(
  folder: string,
  stored: number,
): Promise<Measured & { fill(): Promise<unknown> }> {
  const child = start('raw-process.ts', [folder, String(stored)])
  await firstMessage(child)
  async function ask(message: object): Promise<Side> {
    const answered = firstMessage<{ answer: Side }>(child)
    child.send(message)
    return (await answered).answer
  }
  return {
    contender: ({ name }, seconds) => ({ pids: [child.pid!], window: () => ask({ name, seconds }) }),
    fill: () => ask({ fill: true }),
    memory: () => memoryOf(child.pid!),
    stop: () => end(child),
  }
}

/** Makes what the operations work on. */
export async function fillStore(db: Db, stored: number): Promise<void> {
  const events = db.collection<Event>('events')
  await events.createIndexes([{ key: { lane: 1, state: 1, seq: 1 } }, { key: { order: 1 } }])
  await db.collection('sales').createIndex({ sku: 1 })
  await inBulk(stored, async seqs => events.insertMany(seqs.map(eventOf)))
  await inBulk(STOCKS, async all => db.collection<{ _id: string }>('stocks').insertMany(all.map(stockOf)))
  await inBulk(SALES, async all => db.collection<{ _id: number }>('sales').insertMany(all.map(saleOf)))
}

async function removeMade(db: Db, stored: number, made: number): Promise<void> {
  const events = db.collection<Event>('events')
  await inBulk(made, all => events.deleteMany({ _id: { $in: all.map(n => idOf(stored + n)) } }))
}

async function inBulk(count: number, work: (numbers: number[]) => Promise<unknown>): Promise<void> {
  const BULK = 2000
  for (let from = 0; from < count; from += BULK)
    await work(Array.from({ length: Math.min(BULK, count - from) }, (_, i) => from + i))
}

function start(file: string, args: string[]): ChildProcess {
  return fork(fileURLToPath(new URL(file, import.meta.url)), args, { execArgv: ['--import', 'tsx'] })
}

async function end(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit')
  child.disconnect()
  await gone
}

/** Rejects where the process ends instead. */
async function firstMessage<T>(child: ChildProcess): Promise<T> {
  const settled = new AbortController()
  const { signal } = settled
  try {
    const ended = once(child, 'exit', { signal }).then(([code]) => {
      throw new Error(`a process of the benchmark ended with code ${code}`)
    })
    const [message] = await Promise.race([once(child, 'message', { signal }), ended])
    return message
  } finally {
    settled.abort()
  }
}
