import type { EventDoc } from '../store/event-doc.ts'
import type { LaneLease } from '../store/lane-lease.ts'
import { type BatchContext, workBatch } from './batch.ts'
import type { BatchReport } from './batch-report.ts'
import { type LaneWorker, laneWorker, oneOfEach } from './lane-worker.ts'

/**
 * The lanes this process holds. A turn works events of several lanes as one batch, because a batch of eight lanes
 * costs little more than a batch of one; several turns may be under way, each with lanes of its own. A lane that has
 * something to finish or to find out is worked alone until it has.
 */
export interface LanePool {
  join(lease: LaneLease): void
  /** The lane was lost. A turn that works it goes on; its writes are refused. */
  leave(lane: number): void
  /** Takes out those of the lanes that no turn works now. @returns their leases */
  giveUp(isGivenUp: (lane: number) => boolean): LaneLease[]
  /**
   * Works at most `limit` events of lanes that no other turn works.
   * @param isWanted the lanes to look at; all where it is absent
   * @returns the report, or null when nothing is pending in them
   */
  turn(limit: number, isWanted?: (lane: number) => boolean): Promise<BatchReport | null>
}

export function createLanePool(context: BatchContext): LanePool {
  const workers = new Map<number, LaneWorker>()
  /** Lanes that a turn works, also when they were lost and taken anew meanwhile: the turn must end first. */
  const busy = new Set<number>()

  function leave(lane: number): void {
    workers.delete(lane)
    context.buffer.leave(lane)
  }

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

  /** Works with lanes that no other turn gets meanwhile. */
  async function holding<T>(lanes: Set<number>, does: () => Promise<T>): Promise<T> {
    for (const lane of lanes) busy.add(lane)
    try {
      return await does()
    } finally {
      for (const lane of lanes) busy.delete(lane)
    }
  }

  /** @param drawn the lanes of this turn; those without events are left to others at once */
  async function workTogether(drawn: Set<number>, limit: number): Promise<BatchReport | null> {
    function keepOnly(lanes: ReadonlySet<number>): void {
      for (const lane of drawn) if (!lanes.has(lane) && drawn.delete(lane)) busy.delete(lane)
    }
    // Lanes may be lost while this turn waits for the store.
    const crew = new Map(workers)
    const pending = await context.buffer.next([...drawn], Math.ceil(limit / drawn.size))
    const { events: open, alone } = together(pending)
    if (open.length === 0) {
      if (alone === undefined) return null
      keepOnly(new Set([alone]))
      return crew.get(alone)!.turn(limit)
    }
    // In the order of acceptance across the lanes: the last units go to those that came first.
    const events = open.sort((a, b) => a.seq - b.seq).slice(0, limit)
    keepOnly(new Set(events.map(event => event.lane)))
    const drawnWorkers = Array.from(drawn, lane => crew.get(lane)!)
    try {
      return await workBatch(
        context,
        drawnWorkers.map(worker => worker.lease),
        events,
        null,
      )
    } catch (error) {
      for (const worker of drawnWorkers) worker.failed()
      throw error
    }
  }

  return {
    join(lease) {
      context.buffer.hold(lease.lane)
      workers.set(lease.lane, laneWorker(context, lease))
    },
    leave,
    giveUp(isGivenUp) {
      const given = [...workers.values()]
        .map(worker => worker.lease)
        .filter(({ lane }) => !busy.has(lane) && isGivenUp(lane))
      for (const { lane } of given) leave(lane)
      return given
    },
    async turn(limit, isWanted = () => true) {
      const free = () => [...workers.keys()].filter(lane => !busy.has(lane) && isWanted(lane))
      for (const lane of free()) {
        const worker = workers.get(lane)
        if (!worker?.isAlone || busy.has(lane)) continue
        const report = await holding(new Set([lane]), () => worker.turn(limit))
        if (report) return report
      }
      const drawn = new Set(free().filter(lane => !workers.get(lane)!.isAlone))
      return drawn.size === 0 ? null : holding(drawn, () => workTogether(drawn, limit))
    },
  }
}
