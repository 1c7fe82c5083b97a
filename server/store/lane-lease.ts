import { hostname } from 'node:os'
import { insertNew } from './insert-new.ts'
import { packIntent, unpackIntent } from './intent.ts'
import type { Intent, LaneDoc } from './lane-doc.ts'
import { LANES } from './lanes.ts'
import type { Store } from './store.ts'
import { type Statement, writeInOrder } from './write-in-order.ts'

/** A lease that stands unchanged for so long ran out. */
const LEASE_MS = 3_500
/** How often who works a lane says so; a store that stands still for a moment costs nobody the lane. */
export const RENEW_MS = 1_000
/** So far the clocks of machines may differ without a lease looking as if it had run out long ago. */
const SKEW_MS = 60_000

/** The lane of stock commands that come from people and files rather than from orders. */
export const DESK_LANE = LANES

/** The lease of a lane was taken by another worker: this one must stop at once. */
export class LaneLostError extends Error {
  override readonly name = 'LaneLostError'
}

/** A lane this worker holds. Every write carries owner and epoch, so a worker that lost the lane changes nothing. */
export interface LaneLease {
  readonly lane: number
  readonly epoch: number
  /** The worker before did not give it back: it may still be alive and about to write. */
  readonly isTakenOver: boolean
  /** What the worker before was about to do when it stopped; null when there was nothing. */
  readonly inherited: Intent | null
  /** What was written down last, read again from the store: after a failure nobody else knows how far it got. */
  intended(): Promise<Intent | null>
  /** Numbers the next stock write of the lane. */
  nextSeq(): number
  /** Writes down what is about to be done, and renews the lease. @throws {LaneLostError} */
  write(intent: Intent): Promise<void>
  /** The same as a part of one write for several lanes, see `writeIntents`. */
  writing(intent: Intent): Statement
  /** @throws {LaneLostError} */
  renew(): Promise<void>
  /** Gives the lane back. The intent stays: finishing a finished one changes nothing. */
  release(): Promise<void>
}

/** Who a worker is: machine, process and start, so that a successor can tell a dead one. */
export const workerName = `${hostname()}:${process.pid}:${Date.now().toString(36)}`

export async function prepareLanes(store: Store): Promise<void> {
  // One more than the orders' lanes: the stock desk's own.
  const lanes = Array.from(
    { length: LANES + 1 },
    (_, lane): LaneDoc => ({ _id: lane, owner: '', epoch: 0, until: new Date(0), seq: 0 }),
  )
  await insertNew(store.lanes, lanes)
}

/** Takes the lane if it is free, its lease ran out, or its owner was a process of this machine that is gone. */
export async function acquireLane(store: Store, lane: number, owner = workerName): Promise<LaneLease | null> {
  const now = Date.now()
  const found = await store.lanes.findById(lane).lean()
  if (!found) return null
  if (found.owner !== '' && !isGone(found.owner) && !ranOut(store, found, now)) return null
  const taken = await store.lanes
    .findOneAndUpdate(
      // As it was found: whoever has renewed it since is alive.
      { _id: lane, epoch: found.epoch, until: found.until },
      { $set: { owner, until: new Date(now + LEASE_MS) }, $inc: { epoch: 1 } },
      { returnDocument: 'after' },
    )
    .lean()
  return taken && leaseOf(store, taken, found.owner !== '')
}

/**
 * Writes down in one go what is about to be done in several lanes.
 * @throws {LaneLostError} when one of them was lost; the others' are written then, and to be finished as they say
 */
export async function writeIntents(store: Store, intents: ReadonlyMap<LaneLease, Intent>): Promise<void> {
  const update = Array.from(intents, ([lease, intent]) => lease.writing(intent))
  const [written] = await writeInOrder([[{ into: store.lanes, update }]], { flush: false })
  if (written!.matched < update.length) throw new LaneLostError('One of the lanes of a batch was taken over.')
}

/** Leases of others as this process saw them last, and since when they look like that. */
const watched = new WeakMap<Store, Map<number, { epoch: number; until: number; since: number }>>()

/**
 * Looks at every lease without taking one. Done now and then by a worker that could do with more lanes some day, it
 * knows at once which leases ran out when the time has come, instead of beginning to watch only then.
 */
export async function watchLanes(store: Store): Promise<void> {
  const now = Date.now()
  for (const lane of await store.lanes.find({}, { intent: 0 }).lean()) ranOut(store, lane, now)
}

/**
 * Whether a lease stood still for too long by the clock of this process. What another machine wrote is not compared
 * with our time, as its clock may differ; only one that ran out long ago by any clock is taken at the first look.
 * Taken too early a lane is only worked less well: whoever had it is refused by its epoch.
 */
function ranOut(store: Store, { _id, epoch, until }: LaneDoc, now: number): boolean {
  const seen = watched.get(store) ?? new Map<number, { epoch: number; until: number; since: number }>()
  watched.set(store, seen)
  const last = seen.get(_id)
  if (until.getTime() < now - SKEW_MS) return true
  if (last?.epoch === epoch && last.until === until.getTime())
    return performance.now() - last.since > LEASE_MS
  seen.set(_id, { epoch, until: until.getTime(), since: performance.now() })
  return false
}

function leaseOf(store: Store, taken: LaneDoc, isTakenOver: boolean): LaneLease {
  const { _id: lane, epoch, owner } = taken
  let seq = taken.seq
  const mine: object = { _id: lane, owner, epoch }
  const until = () => new Date(Date.now() + LEASE_MS)
  const intended = (intent: Intent) => ({ $set: { intent: packIntent(intent), seq, until: until() } })
  async function update(change: Record<string, unknown>): Promise<void> {
    const result = await store.lanes.collection.updateOne(mine, change)
    if (result.matchedCount === 0)
      throw new LaneLostError(`Lane ${lane} was taken over (epoch ${epoch} is past).`)
  }
  return {
    lane,
    epoch,
    isTakenOver,
    inherited: unpackIntent(taken.intent),
    async intended() {
      const found = await store.lanes.findOne(mine as { _id: number }).lean()
      if (!found) throw new LaneLostError(`Lane ${lane} was taken over (epoch ${epoch} is past).`)
      return unpackIntent(found.intent)
    },
    nextSeq: () => ++seq,
    write: intent => update(intended(intent)),
    writing: intent => ({ filter: mine, change: intended(intent) }),
    renew: () => update({ $set: { until: until() } }),
    async release() {
      await store.lanes.collection.updateOne(mine, { $set: { owner: '', until: new Date(0) } })
    },
  }
}

/** True for a worker of this machine whose process has ended; of other machines nothing is known. */
export function isGone(owner: string): boolean {
  const [host, pid] = owner.split(':')
  if (host !== hostname()) return false
  // In a container every start has the same process id: there the start tells them apart.
  if (Number(pid) === process.pid) return owner !== workerName
  try {
    process.kill(Number(pid), 0)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}
