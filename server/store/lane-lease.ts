import { hostname } from 'node:os'
import { insertNew } from './insert-new.ts'
import { packIntent, unpackIntent } from './intent.ts'
import type { Intent, LaneDoc } from './lane-doc.ts'
import { LANES } from './lanes.ts'
import type { Store } from './store.ts'

const LEASE_MS = 12_000

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
  /** What the worker before was about to do when it stopped; null when there was nothing. */
  readonly inherited: Intent | null
  /** What was written down last, read again from the store: after a failure nobody else knows how far it got. */
  intended(): Promise<Intent | null>
  /** Numbers the next stock write of the lane. */
  nextSeq(): number
  /** Writes down what is about to be done, and renews the lease. @throws {LaneLostError} */
  write(intent: Intent): Promise<void>
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
  if (found.until.getTime() > now && found.owner !== '' && !isGone(found.owner)) return null
  const taken = await store.lanes
    .findOneAndUpdate(
      { _id: lane, epoch: found.epoch },
      { $set: { owner, until: new Date(now + LEASE_MS) }, $inc: { epoch: 1 } },
      { returnDocument: 'after' },
    )
    .lean()
  return taken && leaseOf(store, taken)
}

function leaseOf(store: Store, taken: LaneDoc): LaneLease {
  const { _id: lane, epoch, owner } = taken
  let seq = taken.seq
  const mine: object = { _id: lane, owner, epoch }
  const until = () => new Date(Date.now() + LEASE_MS)
  async function update(change: Record<string, unknown>): Promise<void> {
    const result = await store.lanes.collection.updateOne(mine, change)
    if (result.matchedCount === 0)
      throw new LaneLostError(`Lane ${lane} was taken over (epoch ${epoch} is past).`)
  }
  return {
    lane,
    epoch,
    inherited: unpackIntent(taken.intent),
    async intended() {
      const found = await store.lanes.findOne(mine as { _id: number }).lean()
      if (!found) throw new LaneLostError(`Lane ${lane} was taken over (epoch ${epoch} is past).`)
      return unpackIntent(found.intent)
    },
    nextSeq: () => ++seq,
    write: intent => update({ $set: { intent: packIntent(intent), seq, until: until() } }),
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
