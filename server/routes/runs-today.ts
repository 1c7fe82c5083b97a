import type { Store } from '../store/store.ts'
import { dayOf } from '../world/day.ts'
import { adaptivelyCached } from './adaptive-cache.ts'

export interface DayCounts {
  readonly runs: number
  readonly failed: number
}

/** Runs that finished today (a Shanghai day), by workflow. Indexes have the counts; only failed runs are looked at. */
export function runsToday(store: Store): () => Promise<ReadonlyMap<string, DayCounts>> {
  return adaptivelyCached(async () => {
    const published = await store.versions.find({}, { workflow: 1, version: 1 }).lean()
    const versions = new Map<string, number[]>()
    for (const { workflow, version } of published)
      versions.set(workflow, [...(versions.get(workflow) ?? []), version])
    const finishedAt = { $gte: startOfToday() }
    const counts = Array.from(versions, async ([workflow, all]): Promise<[string, DayCounts]> => {
      const [runs, failed] = await Promise.all([
        store.runs.countDocuments({ workflow, version: { $in: all }, finishedAt }),
        store.runs.countDocuments({ status: 'failed', workflow, finishedAt }),
      ])
      return [workflow, { runs, failed }]
    })
    return new Map(await Promise.all(counts))
  })
}

/** China keeps one offset all year. */
const startOfToday = () => new Date(`${dayOf(new Date())}T00:00:00+08:00`)
