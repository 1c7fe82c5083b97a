import type { EventDoc } from '../../store/event-doc.ts'
import { LANES } from '../../store/lanes.ts'
import type { Store } from '../../store/store.ts'
import type { RedisLog } from './client.ts'
import { type Entry, eventOf } from './entry.ts'
import type { LaneStreams, Leaving } from './lane-streams.ts'

/** An event and the id of its entry in the stream. */
interface Waiting {
  readonly event: EventDoc
  readonly entry: string
}

/** What this process was given of a lane and has not settled, by event id. */
interface Memory {
  readonly lane: number
  /** What was given to others before has been taken over; until then nothing is known of the lane. */
  isClaimed: boolean
  readonly waiting: Map<string, Waiting>
}

const blank = (lane: number): Memory => ({ lane, isClaimed: false, waiting: new Map() })

/** Reads the lanes' streams in order, and remembers what was read until it is settled. */
export interface LaneReader {
  next(lanes: readonly number[], limit: number): Promise<EventDoc[]>
  begun(lane: number, ids: readonly string[]): Promise<EventDoc[]>
  /** Takes events out of their streams after `store` has written how they ended. */
  leave(events: readonly Pick<EventDoc, '_id' | 'lane'>[], store: () => Promise<unknown>): Promise<void>
  forget(lane: number): void
}

export function laneReader(store: Store, streams: LaneStreams, log: RedisLog): LaneReader {
  const memories = Array.from({ length: LANES }, (_, lane) => blank(lane))

  // Replaced rather than emptied: what is still being read for the old one must not get into the new one.
  const forget = (lane: number) => {
    memories[lane] = blank(lane)
  }

  /** The lane's entries that are not remembered yet. */
  async function read(memory: Memory, limit: number): Promise<readonly Entry[]> {
    const { lane, waiting } = memory
    let left: readonly Entry[] = []
    if (!memory.isClaimed) {
      left = await streams.claim(lane)
      memory.isClaimed = true
    }
    const room = limit - waiting.size - left.length
    if (room <= 0) return left
    const fresh = await streams.read(lane, room)
    if (fresh) return [...left, ...fresh]
    // Another process had become the reader. The lease is ours, or we would not be asked: take over.
    waiting.clear()
    memory.isClaimed = false
    return read(memory, limit)
  }

  /**
   * Remembers entries, but for those whose event stands settled in the store: repeated after a long time, or
   * settled by somebody who could not take them out of the stream any more. @returns whether there were such
   */
  async function admit(read: readonly (readonly [Memory, readonly Entry[]])[]): Promise<boolean> {
    const fresh: [Memory, Waiting][] = []
    const leaving: Leaving[] = []
    for (const [memory, entries] of read)
      for (const entry of entries) {
        const { lane, waiting } = memory
        const event = eventOf(lane, entry)
        if (!event) {
          log.error({ lane, entry }, 'an entry in Redis is no event and was removed')
          leaving.push({ lane, event: '', entry: entry[0] })
        } else if (waiting.get(event._id)?.entry !== entry[0])
          fresh.push([memory, { event, entry: entry[0] }])
      }
    const stored = await findStored(fresh.map(([, { event }]) => event._id))
    for (const [{ lane, waiting }, { event, entry }] of fresh) {
      const before = stored.get(event._id)
      const isSettled = before !== undefined && before.state !== 'pending'
      if (isSettled || waiting.has(event._id)) leaving.push({ lane, event: event._id, entry })
      else {
        const again = before?.begun ? { ...event, begun: before.begun } : event
        waiting.set(event._id, { event: again, entry })
      }
    }
    if (leaving.length > 0) await streams.settle(leaving)
    return leaving.length > 0
  }

  async function findStored(ids: readonly string[]): Promise<ReadonlyMap<string, EventDoc>> {
    if (ids.length === 0) return new Map()
    const projection = { state: 1, begun: 1 }
    const found = store.events.collection.find({ _id: { $in: ids } } as object, { projection })
    const documents = (await found.toArray()) as unknown as EventDoc[]
    return new Map(documents.map(document => [document._id, document]))
  }

  /** After a failure it is not known what was read or settled: the lane is claimed and compared with the store anew. */
  async function orForget<T>(of: readonly Memory[], what: () => Promise<T>): Promise<T> {
    try {
      return await what()
    } catch (error) {
      for (const { lane } of of) forget(lane)
      throw error
    }
  }

  const fill = (of: readonly Memory[], limit: number) =>
    orForget(of, async () => {
      let again = true
      while (again)
        again = await admit(
          await Promise.all(of.map(async memory => [memory, await read(memory, limit)] as const)),
        )
    })

  return {
    async next(lanes, limit) {
      const of = lanes.map(lane => memories[lane]!)
      await fill(of, limit)
      return of.flatMap(({ waiting }) => inOrder(waiting.values()).slice(0, limit))
    },
    async begun(lane, ids) {
      const memory = memories[lane]!
      await fill([memory], 0)
      const missing = ids.filter(id => !memory.waiting.has(id))
      if (missing.length > 0)
        await orForget([memory], async () => {
          await admit([[memory, await streams.find(lane, missing)]])
        })
      return inOrder(ids.flatMap(id => memory.waiting.get(id) ?? []))
    },
    leave(events, write) {
      const of = new Set(events.map(({ lane }) => memories[lane]!))
      return orForget([...of], async () => {
        await write()
        await streams.settle(
          events.map(({ _id, lane }) => ({
            lane,
            event: _id,
            entry: memories[lane]!.waiting.get(_id)?.entry,
          })),
        )
        for (const { _id, lane } of events) memories[lane]!.waiting.delete(_id)
      })
    },
    forget,
  }
}

/** Several processes accept: entries may stand in another order than their events were accepted in. */
const inOrder = (waiting: Iterable<Waiting>): EventDoc[] =>
  Array.from(waiting, each => each.event).sort((a, b) => a.seq - b.seq)
