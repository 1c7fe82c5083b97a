import type { Intent } from '../../store/lane-doc.ts'
import { type LaneLease, writeIntents } from '../../store/lane-lease.ts'
import type { Store } from '../../store/store.ts'

/** The lanes whose events a batch works, as far as the world needs them. */
export interface BatchLanes {
  readonly all: readonly number[]
  /** The lane a run is worked in. */
  of(run: string): number
  /** Grows with every worker that takes the lane. */
  epoch(lane: number): number
  /** Numbers the next stock write of a lane. */
  nextSeq(lane: number): number
  /** Writes down what is about to be done in each lane. @throws LaneLostError when one was lost meanwhile */
  write(intents: ReadonlyMap<number, Intent>): Promise<void>
}

/**
 * @param leases of all lanes the batch's events are in
 * @param laneOfRun lanes of the batch's runs; needed only where there are several
 */
export function batchLanes(
  store: Store,
  leases: readonly LaneLease[],
  laneOfRun: ReadonlyMap<string, number>,
): BatchLanes {
  const byLane = new Map(leases.map(lease => [lease.lane, lease]))
  const only = leases[0]!.lane
  return {
    all: [...byLane.keys()],
    of: run => (byLane.size === 1 ? only : laneOfRun.get(run)!),
    epoch: lane => byLane.get(lane)!.epoch,
    nextSeq: lane => byLane.get(lane)!.nextSeq(),
    write: intents =>
      writeIntents(store, new Map(Array.from(intents, ([lane, intent]) => [byLane.get(lane)!, intent]))),
  }
}
