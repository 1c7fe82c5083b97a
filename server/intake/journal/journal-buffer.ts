import type { EventDoc } from '../../store/event-doc.ts'
import { knownIds } from '../../store/known-ids.ts'
import { LANES } from '../../store/lanes.ts'
import type { Store } from '../../store/store.ts'
import { type Stages, writeInOrder } from '../../store/write-in-order.ts'
import type { Buffer, Worked } from '../buffer.ts'
import { mongoBuffer } from '../mongo-buffer.ts'
import { bsonOf, eventIn, WRITTEN_AS } from './event-bson.ts'
import { type OpenedJournal, openJournal } from './journal.ts'
import { waitingEvents } from './waiting-events.ts'

/** Events that are moved into the store together. */
const MOVED_AT_ONCE = 500
/** How long the journal is left alone after it could not be written. */
const REST_MS = 10_000
/** A lane that was found in the journal and nobody here works by then is somebody else's. */
const CLAIM_MS = 5_000
/** A process that ends gives up all its lanes; then there is nobody to move them for. */
const GIVEN_UP_MS = 200

const ALL_LANES = Array.from({ length: LANES }, (_, lane) => lane)
const NONE: ReadonlySet<EventDoc> = new Set()

interface Settled {
  readonly id: string
  readonly state: Worked['state']
}

interface JournalBufferOptions {
  readonly folder: string
  /** Events went into the store for whoever works these lanes. */
  readonly moved: (lanes: ReadonlySet<number>) => void
  readonly log: { error(details: object, message: string): void }
}

/**
 * The buffer in front of the embedded store, for the process whose own it is: what this process is to work itself
 * waits in a journal, and gets into the store's `events` with everything else its batch leaves behind: written once
 * instead of three times. What other processes are to work, and what was sent on its way again, waits in the store.
 * @throws where there cannot be a journal in the folder
 */
export async function openJournalBuffer(store: Store, options: JournalBufferOptions): Promise<Buffer> {
  const { folder, moved, log } = options
  const { journal, found } = openJournal(folder)
  const stored = mongoBuffer(store)
  const events = waitingEvents({
    read(place) {
      const bson = journal.read(place)
      return { bson, event: eventIn(bson) }
    },
    isAt: journal.isAt,
  })
  const held = new Set<number>()
  /** Events that are being written, with what ends when they are. */
  const underWay = new Map<string, Promise<unknown>>()
  const moving = new Map<number, Promise<void>>()
  let restsUntil = 0
  let isClosed = false

  function settled(id: string): void {
    const place = events.take(id)
    if (place) journal.release(place)
  }

  /** What got into the store beside the journal ends there as it ended here. */
  async function settleThere(twice: readonly Settled[]): Promise<void> {
    const update = twice.map(({ id, state }) => ({
      filter: { _id: id, state: 'pending' },
      change: { $set: { state } },
    }))
    await writeInOrder([[{ into: store.events, update }]])
  }

  /** Those that are in the store: settled, or waiting there. */
  const inStore = (ids: readonly string[]) => knownIds(store.events, ids)

  /** Moves what waits for a lane into the store, unless this process is to work it after all. */
  function move(lane: number): void {
    if (moving.has(lane) || isClosed) return
    const done = moveAll(lane)
      .catch(error => log.error({ err: error, lane }, 'events could not be moved from the journal'))
      .finally(() => {
        moving.delete(lane)
        if (isToMove(lane)) setTimeout(() => isToMove(lane) && move(lane), REST_MS).unref()
      })
    moving.set(lane, done)
  }

  const isToMove = (lane: number) => !held.has(lane) && events.countIn(lane) > 0 && !isClosed

  async function moveAll(lane: number): Promise<void> {
    while (isToMove(lane)) {
      const some = events.first(lane, MOVED_AT_ONCE)
      await stored.append(some)
      for (const { _id } of some) settled(_id)
      moved(new Set([lane]))
    }
  }

  /** What was found is there twice where it got into the store and its place was not noted to be free. */
  async function takeUp({ found }: OpenedJournal): Promise<void> {
    for (let at = 0; at < found.length; at += MOVED_AT_ONCE) {
      const some = found.slice(at, at + MOVED_AT_ONCE)
      const known = await inStore(some.map(({ record }) => record.id))
      for (const { record, place } of some)
        if (known.has(record.id) || events.has(record.id)) journal.release(place)
        else events.add(record.id, record.lane, place)
    }
  }

  /** @returns those that were known already */
  async function keep(fresh: readonly EventDoc[]): Promise<ReadonlySet<EventDoc>> {
    const records = fresh.map(event => ({ id: event._id, lane: event.lane, bson: bsonOf(event) }))
    const writing = journal.append(records)
    // It may fail while the store is asked; that is met where it is awaited.
    writing.catch(() => undefined)
    const known = await inStore(fresh.map(event => event._id)).catch(async error => {
      for (const place of await writing) journal.release(place)
      throw error
    })
    const places = await writing
    const repeated = new Set<EventDoc>()
    for (const [index, event] of fresh.entries()) {
      const { _id: id, lane } = event
      if (known.has(id)) {
        repeated.add(event)
        journal.release(places[index]!)
      } else {
        events.add(id, lane, places[index]!, { event, bson: records[index]!.bson })
        // It was given up meanwhile.
        if (!held.has(lane)) move(lane)
      }
    }
    return repeated
  }

  /** What another call is writing of these. */
  function underWayOf(some: readonly EventDoc[]): Promise<unknown> | undefined {
    if (underWay.size === 0) return undefined
    for (const { _id } of some) {
      const writing = underWay.get(_id)
      if (writing) return writing
    }
    return undefined
  }

  async function keepOrStore(fresh: readonly EventDoc[]): Promise<ReadonlySet<EventDoc>> {
    if (fresh.length === 0) return NONE
    const keeping = keep(fresh)
    const settling = keeping.catch(() => undefined)
    for (const { _id } of fresh) underWay.set(_id, settling)
    try {
      return await keeping.finally(() => {
        for (const { _id } of fresh) underWay.delete(_id)
      })
    } catch (error) {
      // The store says what is wrong with the disk, and takes them where only the journal is in trouble.
      log.error({ err: error }, 'the journal could not be written; events go straight into the store')
      restsUntil = performance.now() + REST_MS
      return intoStore(fresh)
    }
  }

  async function intoStore(fresh: readonly EventDoc[]): Promise<ReadonlySet<EventDoc>> {
    if (fresh.length === 0) return NONE
    const known = await stored.append(fresh)
    return new Set(fresh.filter((_, index) => known[index]))
  }

  await takeUp({ journal, found })
  const claiming = setTimeout(() => {
    for (const lane of ALL_LANES) if (isToMove(lane)) move(lane)
  }, CLAIM_MS).unref()

  return {
    async append(some) {
      // What is being written now is known, or not, in a moment.
      for (let before = underWayOf(some); before; before = underWayOf(some)) await before
      const ours: EventDoc[] = []
      const others: EventDoc[] = []
      const fresh = new Set<string>()
      const isResting = performance.now() < restsUntil
      const isRepeated = some.map(event => {
        if (fresh.has(event._id) || events.has(event._id)) return true
        fresh.add(event._id)
        if (held.has(event.lane) && !isResting) ours.push(event)
        else others.push(event)
        return false
      })
      const [kept, put] = await Promise.all([keepOrStore(ours), intoStore(others)])
      if (kept.size + put.size === 0) return isRepeated
      return some.map((event, index) => isRepeated[index]! || kept.has(event) || put.has(event))
    },

    async next(lanes, limit) {
      const waiting = await stored.next(lanes, limit)
      if (waiting.length === 0) return lanes.flatMap(lane => events.first(lane, limit))
      return lanes.flatMap(lane =>
        [...events.first(lane, limit), ...waiting.filter(each => each.lane === lane && !events.has(each._id))]
          .sort((a, b) => a.seq - b.seq)
          .slice(0, limit),
      )
    },

    async begun(lane, ids, at) {
      const waiting = await stored.begun(lane, ids, at)
      const ours = ids.flatMap(id => events.get(id) ?? []).filter(event => event.lane === lane)
      return [...ours, ...waiting.filter(event => !events.has(event._id))].sort((a, b) => a.seq - b.seq)
    },

    async settle(worked, commit: Stages = []) {
      const insert: (EventDoc | Uint8Array)[] = []
      const inserted: Settled[] = []
      const rest: Worked[] = []
      for (const { events: some, state } of worked) {
        rest.push({ state, events: some.filter(event => !events.has(event._id)) })
        for (const event of some) {
          if (!events.has(event._id)) continue
          insert.push((state === WRITTEN_AS && events.bsonOf(event._id)) || { ...event, state })
          inserted.push({ id: event._id, state })
        }
      }
      const into = store.events
      const stages: Stages = [...commit, [{ into, insert }]]
      const written = await stored.settle(rest, stages)
      if (written.length < stages.flat().length) return written.slice(0, commit.flat().length)
      await settleThere(Array.from(written.at(-1)!.known, index => inserted[index]!))
      for (const { id } of inserted) settled(id)
      return written.slice(0, -1)
    },

    async setAside(event, error, begun) {
      if (events.has(event._id)) {
        await stored.append([event])
        settled(event._id)
      }
      await stored.setAside(event, error, begun)
    },

    requeue: stored.requeue,
    heard: stored.heard,

    hold(lane) {
      held.add(lane)
      stored.hold(lane)
    },

    leave(lane) {
      held.delete(lane)
      stored.leave(lane)
      setTimeout(() => isToMove(lane) && move(lane), GIVEN_UP_MS).unref()
    },

    async count() {
      const there = await stored.count()
      // Counted last: it changes while the store is asked.
      return events.count + there
    },

    async oldestAt() {
      const times = ALL_LANES.flatMap(lane => events.first(lane, 1).map(each => each.receivedAt.getTime()))
      const there = await stored.oldestAt()
      if (there) times.push(there.getTime())
      return times.length > 0 ? new Date(Math.min(...times)) : null
    },

    warnings: stored.warnings,

    async close() {
      if (isClosed) return
      isClosed = true
      clearTimeout(claiming)
      await Promise.all(moving.values())
      await journal.close()
    },
  }
}
