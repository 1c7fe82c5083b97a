import type { EventDoc } from '../../store/event-doc.ts'
import { insertNew } from '../../store/insert-new.ts'
import { workerName } from '../../store/lane-lease.ts'
import type { Store } from '../../store/store.ts'
import { writeInOrder } from '../../store/write-in-order.ts'
import type { Buffer } from '../buffer.ts'
import { connect, disconnect, type RedisClient, type RedisLog } from './client.ts'
import { demandUsable, type RedisWarning } from './keeping.ts'
import { laneReader } from './lane-reader.ts'
import { type LaneStreams, laneStreams } from './lane-streams.ts'
import { asking } from './unreachable.ts'
import { watchRedis } from './watch.ts'

/** An event that is repeated later than this is not answered as repeated; it is recognised when it is to be worked. */
const REMEMBER_MS = 24 * 3_600_000
const PATIENCE_MS = 10_000
const MOVED_AT_ONCE = 1_000

export interface RedisBuffer extends Buffer {
  warnings(): RedisWarning[]
}

export interface RedisBufferOptions {
  readonly workspace: string
  readonly log: RedisLog
  /** Name of this process among those that read; its own by default. */
  readonly consumer?: string
  /** How long the id of a settled event is kept in Redis. */
  readonly rememberMs?: number
  /** How long Redis may take to be reached at the start. */
  readonly patienceMs?: number
}

/**
 * The buffer in Redis: one stream per lane, read by one consumer group. What is worked off leaves Redis for the
 * store's `events`, so that streams are as long as the backlog. How durable `append` is, is up to how Redis is set
 * up; `warnings` tells where that is too little. Everything throws errors.BufferUnreachable while Redis is away.
 * @throws {Error} when Redis cannot be reached, is too old or a cluster
 */
export async function openRedisBuffer(
  url: string,
  store: Store,
  options: RedisBufferOptions,
): Promise<RedisBuffer> {
  const {
    workspace,
    log,
    rememberMs = REMEMBER_MS,
    consumer = workerName,
    patienceMs = PATIENCE_MS,
  } = options
  const clients: RedisClient[] = []
  const open = async (name: string) => {
    const client = await connect(url, { name, log, patienceMs })
    clients.push(client)
    return client
  }
  try {
    // Two connections: what is accepted must not wait behind long answers to the engine.
    const accepting = await open('orderloom-accept')
    const working = await open('orderloom-work')
    await demandUsable(accepting)
    const streams = laneStreams({ accepting, working, workspace, consumer, rememberMs })
    const watch = await asking(() => watchRedis(accepting, streams.counter, log))
    await movePending(store, streams)
    const close = async () => {
      watch.close()
      await Promise.all(clients.map(disconnect))
    }
    return { ...bufferOf(store, streams, watch.added, log), warnings: watch.warnings, close }
  } catch (error) {
    await Promise.all(clients.map(disconnect))
    throw error
  }
}

/**
 * Events that are pending in the store belong into the streams: sent on their way again by a process that ended
 * before they got there, or left from when the store itself was the buffer.
 */
async function movePending(store: Store, streams: LaneStreams): Promise<void> {
  let after = {}
  for (;;) {
    const found = await store.events
      .find({ state: 'pending', ...after })
      .sort({ lane: 1, seq: 1 })
      .limit(MOVED_AT_ONCE)
      .lean<EventDoc[]>()
    if (found.length > 0) await streams.appendAgain(found)
    if (found.length < MOVED_AT_ONCE) return
    const { lane, seq } = found.at(-1)!
    after = { $or: [{ lane: { $gt: lane } }, { lane, seq: { $gt: seq } }] }
  }
}

function bufferOf(
  store: Store,
  streams: LaneStreams,
  added: (total: number) => void,
  log: RedisLog,
): Omit<Buffer, 'close' | 'warnings'> {
  const { collection } = store.events
  const reader = laneReader(store, streams, log)
  return {
    async append(events) {
      const { known, total } = await streams.append(events)
      added(total)
      return events.map((_, index) => known.has(index))
    },
    next: reader.next,
    begun: reader.begun,
    async settle(worked, commit = []) {
      const events = worked.flatMap(each => each.events)
      const documents = worked.flatMap(each =>
        each.events.map(({ begun: _begun, ...event }): EventDoc => ({ ...event, state: each.state })),
      )
      const written = await writeInOrder(commit)
      if (written.length < commit.flat().length || events.length === 0) return written
      await reader.leave(events, async () => {
        const known = await insertNew(store.events, documents)
        const update = Array.from(known, index => {
          const { _id, state } = documents[index]!
          return { filter: { _id }, change: { $set: { state }, $unset: { begun: 1 } } }
        })
        await writeInOrder([[{ into: store.events, update }]])
      })
      return written
    },
    setAside({ begun: _begun, ...event }, error, begun) {
      const failed: EventDoc = { ...event, state: 'failed', error, ...(begun && { begun }) }
      return reader.leave([event], () =>
        collection.replaceOne({ _id: event._id } as object, failed, { upsert: true }),
      )
    },
    async requeue(id) {
      const filter: object = { _id: id, state: { $in: ['unclaimed', 'failed'] } }
      const before = await store.events
        .findOneAndUpdate(filter, { $set: { state: 'pending' }, $unset: { error: 1 } })
        .lean<EventDoc>()
      if (!before) return null
      try {
        added(await streams.appendAgain([before]))
      } catch (error) {
        const { state, error: reason } = before
        const back = { state, ...(reason !== undefined && { error: reason }) }
        await collection.updateOne({ _id: id, state: 'pending' } as object, { $set: back })
        throw error
      }
      return before.lane
    },
    // What others appended is found by reading on.
    heard() {},
    hold: reader.forget,
    leave: reader.forget,
    count: streams.count,
    oldestAt: streams.oldestAt,
  }
}
