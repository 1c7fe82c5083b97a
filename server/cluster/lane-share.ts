import { LANES } from '../store/lanes.ts'
import type { Members } from './members.ts'
import { isWorking } from './role.ts'

/** How the lanes are shared out among the workers that live. */
export interface LaneShare {
  /** How many lanes this worker should hold at most now: its fair part, rounded up. */
  most(): number
  /** Workers alive, this one included (at least 1). */
  workers(): number
}

/**
 * The shares of all workers together are at least all lanes, so that none is left over: a worker takes lanes while
 * it holds fewer than its share, and gives one back when it holds more.
 */
export function laneShare(members: Pick<Members, 'others'>): LaneShare {
  const workers = () => 1 + members.others().filter(each => isWorking(each.role)).length
  return { workers, most: () => Math.ceil(LANES / workers()) }
}
