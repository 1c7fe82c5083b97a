import type { EventDoc } from '../store/event-doc.ts'
import { insertNew } from '../store/insert-new.ts'
import { LANES } from '../store/lanes.ts'
import type { Store } from '../store/store.ts'
import { type Statement, writeInOrder } from '../store/write-in-order.ts'
import type { Buffer } from './buffer.ts'
import { type LaneQueue, laneQueue } from './lane-queue.ts'

/** The event as it was worked, not as it was sent on its way again since: a worker may learn of that too late. */
const sameEvent = ({ _id, again }: EventDoc): object => ({
  _id,
  state: 'pending',
  again: again ?? { $exists: false },
})

function settling(events: readonly EventDoc[], state: 'done' | 'unclaimed'): Statement[] {
  const change = { $set: { state } }
  const ids = events.filter(event => event.again === undefined).map(event => event._id)
  const sentAgain = events.filter(event => event.again !== undefined)
  const first = { _id: { $in: ids }, state: 'pending', again: { $exists: false } }
  return [
    ...(ids.length > 0 ? [{ filter: first, change, many: true }] : []),
    ...sentAgain.map(event => ({ filter: sameEvent(event), change })),
  ]
}

const PENDING_IN = (lane: number): object => ({ state: 'pending', lane })

/** The buffer in the store itself: pending events are documents of `events`, found by a partial index. */
export function mongoBuffer(store: Store): Buffer {
  const queues = Array.from({ length: LANES }, laneQueue)
  const { collection } = store.events

  async function read(filter: object, limit: number): Promise<EventDoc[]> {
    const found = collection.find(filter, { sort: { seq: 1 }, limit, batchSize: limit + 1 })
    return (await found.toArray()) as unknown as EventDoc[]
  }

  const byLane = (events: readonly EventDoc[]): Map<LaneQueue, EventDoc[]> => {
    const groups = new Map<LaneQueue, EventDoc[]>()
    for (const event of events) {
      const queue = queues[event.lane]!
      const group = groups.get(queue)
      if (group) group.push(event)
      else groups.set(queue, [event])
    }
    return groups
  }

  return {
    async append(events) {
      const groups = byLane(events)
      const idsOf = (group: readonly EventDoc[]) => group.map(event => event._id)
      for (const [queue, group] of groups) queue.storing(idsOf(group))
      try {
        const repeated = await insertNew(store.events, events)
        const known = new Set([...repeated].map(index => events[index]!))
        for (const [queue, group] of groups)
          queue.stored(idsOf(group), known.size === 0 ? group : group.filter(event => !known.has(event)))
        return events.map((_, index) => repeated.has(index))
      } catch (error) {
        for (const [queue, group] of groups) queue.unsure(idsOf(group))
        throw error
      }
    },

    async next(lanes, limit) {
      await Promise.all(lanes.map(lane => queues[lane]!.fill(limit, most => read(PENDING_IN(lane), most))))
      return lanes.flatMap(lane => queues[lane]!.first(limit))
    },

    begun: (lane, ids) => read({ _id: { $in: [...ids] }, ...PENDING_IN(lane) }, ids.length),

    async settle(worked, commit = []) {
      const update = worked.flatMap(({ events, state }) => settling(events, state))
      const settled = { into: store.events, update }
      const written = await writeInOrder([...commit, [settled]])
      const before = commit.flat().length
      if (written.length > before)
        for (const [queue, group] of byLane(worked.flatMap(({ events }) => events)))
          queue.settled(new Set(group.map(event => event._id)))
      return written.slice(0, before)
    },

    async setAside(event, error, begun) {
      const failed = { state: 'failed', error, ...(begun && { begun }) }
      await collection.updateOne(sameEvent(event), { $set: failed })
      queues[event.lane]!.settled(new Set([event._id]))
    },

    async requeue(id) {
      const again = await store.events
        .findOneAndUpdate(
          { _id: id, state: { $in: ['unclaimed', 'failed'] } },
          { $set: { state: 'pending' }, $unset: { error: 1 }, $inc: { again: 1 } },
          { projection: { lane: 1 } },
        )
        .lean()
      if (!again) return null
      queues[again.lane]!.fallBehind()
      return again.lane
    },

    heard(lanes) {
      for (const lane of lanes) queues[lane]!.fallBehind()
    },

    hold: lane => queues[lane]!.forget(),
    leave: lane => queues[lane]!.forget(),

    count: () => store.events.countDocuments({ state: 'pending' }),

    async oldestAt() {
      const oldest = await Promise.all(
        queues.map((_, lane) =>
          store.events.findOne(PENDING_IN(lane), { receivedAt: 1 }).sort({ seq: 1 }).lean(),
        ),
      )
      const times = oldest.flatMap(each => (each ? [each.receivedAt.getTime()] : []))
      return times.length > 0 ? new Date(Math.min(...times)) : null
    },

    warnings: () => [],

    async close() {},
  }
}
