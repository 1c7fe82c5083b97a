import type { EventDoc } from '../store/event-doc.ts'
import type { LaneLease } from '../store/lane-lease.ts'
import { type BatchContext, workBatch } from './batch.ts'
import type { BatchReport } from './batch-report.ts'
import { type LaneWorker, laneWorker, oneOfEach } from './lane-worker.ts'

/**
 * Works several lanes of one process together: their events share batches, because a batch of eight lanes costs
 * little more than a batch of one. A lane that has something to finish or to find out is worked alone until it has.
 */
export interface Crew {
  readonly lanes: readonly number[]
  join(lease: LaneLease): void
  /** Takes a lane out, between two turns. @returns its lease */
  leave(lane: number): LaneLease | undefined
  /** Works at most `limit` events. @returns the report, or null when nothing is pending */
  turn(limit: number): Promise<BatchReport | null>
}

export function createCrew(context: BatchContext): Crew {
  const workers = new Map<number, LaneWorker>()

  /** What can be worked together now; the rest of a lane waits behind an event that must be worked alone. */
  function together(events: readonly EventDoc[]): { events: EventDoc[]; alone: number | undefined } {
    const closed = new Set<number>()
    let alone: number | undefined
    const open = events.filter(({ lane, begun }) => {
      if (begun !== undefined && !closed.has(lane)) {
        alone ??= lane
        closed.add(lane)
      }
      return !closed.has(lane)
    })
    return { events: oneOfEach(open), alone }
  }

  return {
    get lanes() {
      return [...workers.keys()]
    },
    join(lease) {
      context.buffer.hold(lease.lane)
      workers.set(lease.lane, laneWorker(context, lease))
    },
    leave(lane) {
      const worker = workers.get(lane)
      workers.delete(lane)
      context.buffer.leave(lane)
      return worker?.lease
    },
    async turn(limit) {
      // Lanes may leave while this turn waits for the store.
      const crew = new Map(workers)
      if (crew.size === 0) return null
      for (const worker of crew.values()) {
        const report = worker.isAlone && (await worker.turn(limit))
        if (report) return report
      }
      const pending = await context.buffer.next([...crew.keys()], Math.ceil(limit / crew.size))
      const { events: open, alone } = together(pending)
      if (open.length === 0) return alone === undefined ? null : crew.get(alone)!.turn(limit)
      // In the order of acceptance across the lanes: the last units go to those that came first.
      const events = open.sort((a, b) => a.seq - b.seq).slice(0, limit)
      const drawn = [...new Set(events.map(event => event.lane))].map(lane => crew.get(lane)!)
      try {
        return await workBatch(
          context,
          drawn.map(worker => worker.lease),
          events,
          null,
        )
      } catch (error) {
        for (const worker of drawn) worker.failed()
        throw error
      }
    },
  }
}
