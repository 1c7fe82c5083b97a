import { MongoNetworkError, MongoServerSelectionError } from 'mongodb'
import { errors } from '../errors.ts'
import { NotYetKnownError } from '../intake/buffer.ts'
import type { EventDoc } from '../store/event-doc.ts'
import { insertNew } from '../store/insert-new.ts'
import { packIntent, unpackIntent } from '../store/intent.ts'
import type { Intent } from '../store/lane-doc.ts'
import { type LaneLease, LaneLostError } from '../store/lane-lease.ts'
import { runOf } from '../world/live/answers.ts'
import { batchLanes } from '../world/live/batch-lanes.ts'
import { movementOf } from '../world/live/commit.ts'
import { openLiveBatch } from '../world/live/live-batch.ts'
import { type BatchContext, workBatch } from './batch.ts'
import type { BatchReport } from './batch-report.ts'

/** Works what is pending in one lane, batch by batch: alone, or together with other lanes (see lane-pool.ts). */
export interface LaneWorker {
  readonly lease: LaneLease
  /** It has something to finish or to find out, which no other lane may be drawn into. */
  readonly isAlone: boolean
  /** Works at most `limit` events. @returns the report, or null when nothing is pending */
  turn(limit: number): Promise<BatchReport | null>
  /** A batch failed that held events of this lane: how far it came is to be read in the store. */
  failed(): void
}

/** One event failed again and again and no longer holds up the others; a person can send it on its way again. */
export class SetAsideError extends Error {
  override readonly name = 'SetAsideError'
}

/** A batch that failed so often is worked event by event, and an event that then fails so often is set aside. */
const PATIENCE = 3

export function laneWorker(context: BatchContext, lease: LaneLease): LaneWorker {
  let inherited = lease.inherited
  /** A batch failed: how far it had come is written in the store, and finished from there. */
  let isUnsure = false
  let failures = 0
  /** Events still to be worked one by one after a batch failed repeatedly. */
  let singles = 0

  async function next(limit: number): Promise<EventDoc[]> {
    const most = singles > 0 ? 1 : limit
    if (isUnsure) {
      inherited = await lease.intended()
      isUnsure = false
    }
    if (inherited) {
      const begun = await context.buffer.begun(lease.lane, inherited.events, inherited.at)
      if (begun.length > 0) return oneOfEach(begun).slice(0, most)
      inherited = null
    }
    return oneOfEach(await context.buffer.next([lease.lane], most))
  }

  return {
    lease,
    get isAlone() {
      return isUnsure || inherited !== null || singles > 0
    },
    failed() {
      isUnsure = true
    },
    async turn(limit) {
      const { events: pending, begun } = apart(await next(limit))
      if (pending.length === 0) {
        singles = 0
        return null
      }
      try {
        const report = await workBatch(context, [lease], pending, inherited ?? begun)
        failures = 0
        singles = Math.max(0, singles - 1)
        return report
      } catch (error) {
        isUnsure = true
        if (error instanceof LaneLostError || isOutage(error) || ++failures < PATIENCE) throw error
        failures = 0
        if (singles === 0) singles = pending.length
        else {
          singles--
          await setAside(context, lease, pending[0]!, error)
          throw new SetAsideError(`Event ${pending[0]!._id} was set aside.`, { cause: error })
        }
        throw error
      }
    },
  }
}

/** The store or the buffer is out of reach: that is nobody's event's fault. */
const isOutage = (error: unknown) =>
  error instanceof MongoNetworkError ||
  error instanceof MongoServerSelectionError ||
  error instanceof errors.BufferUnreachable ||
  error instanceof NotYetKnownError

/**
 * Takes an event out of the way, with what it had begun: its holds are in the ledger, so that the stock stays its
 * sum, and sent again it goes on from there.
 */
async function setAside(
  { store, buffer, places, workspace }: BatchContext,
  lease: LaneLease,
  event: EventDoc,
  error: unknown,
): Promise<void> {
  const inherited = await lease.intended()
  const isOwn = ({ key }: { readonly key: string }) =>
    key.startsWith(`${event._id}/`) || runOf(key) === event.resume?.run
  if (!inherited) return buffer.setAside(event, String(error), undefined)
  const { at: now, plans } = inherited
  const lanes = batchLanes(store, [lease], new Map())
  const scope = { store, places, workspace, lanes, events: [], plans, now, inherited }
  const { holds } = await openLiveBatch(scope, [])
  const own = holds.list().filter(isOwn)
  await insertNew(
    store.movements,
    own.filter(({ held }) => held).map(hold => movementOf(hold, { workspace, now })),
  )
  const begun: Intent = {
    seq: 0,
    at: now,
    events: [event._id],
    plans,
    answers: inherited.answers.filter(isOwn),
    readings: (inherited.readings ?? []).map(({ keys, ...reading }) => ({
      ...reading,
      keys: keys.filter(key => isOwn({ key })),
    })),
    holds: own,
    deltas: [],
  }
  await buffer.setAside(event, String(error), packIntent(begun))
}

/** An event that was begun once is worked alone, from where it was left. */
export function apart(pending: readonly EventDoc[]): { events: readonly EventDoc[]; begun: Intent | null } {
  const [first] = pending
  if (first?.begun) return { events: [first], begun: unpackIntent(first.begun) }
  const until = pending.findIndex(({ begun }) => begun !== undefined)
  return { events: until === -1 ? pending : pending.slice(0, until), begun: null }
}

/** Two events of one order never share a batch: the second sees what the first did. */
export function oneOfEach(events: readonly EventDoc[]): EventDoc[] {
  const seen = new Set<string>()
  return events.filter(({ order, resume }) => {
    const what = resume?.run ?? order
    if (seen.has(what)) return false
    seen.add(what)
    return true
  })
}
