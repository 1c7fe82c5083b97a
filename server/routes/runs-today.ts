import type { Store } from '../store/store.ts'
import { dayOf } from '../world/day.ts'
import { adaptivelyCached } from './adaptive-cache.ts'

export interface DayCounts {
  readonly runs: number
  readonly failed: number
}

/** Runs that finished today (a Shanghai day), by workflow. */
export function runsToday(store: Store): () => Promise<ReadonlyMap<string, DayCounts>> {
  return adaptivelyCached(async () => {
    const groups = await store.runs.aggregate<{ _id: { workflow: string; status: string }; count: number }>([
      { $match: { finishedAt: { $gte: startOfToday() } } },
      { $group: { _id: { workflow: '$workflow', status: '$status' }, count: { $sum: 1 } } },
    ])
    const counts = new Map<string, DayCounts>()
    for (const { _id, count } of groups) {
      const known = counts.get(_id.workflow) ?? { runs: 0, failed: 0 }
      const failed = known.failed + (_id.status === 'failed' ? count : 0)
      counts.set(_id.workflow, { runs: known.runs + count, failed })
    }
    return counts
  })
}

/** China keeps one offset all year. */
const startOfToday = () => new Date(`${dayOf(new Date())}T00:00:00+08:00`)
