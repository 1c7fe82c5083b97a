import type { Store } from '../store/store.ts'

/** How many runs wait on each of these versions; the index answers, no run is read. */
export async function parkedRuns(
  store: Store,
  workflow: string,
  versions: readonly number[],
): Promise<ReadonlyMap<number, number>> {
  const counts = await Promise.all(
    versions.map(version => store.runs.countDocuments({ status: 'waiting', workflow, version })),
  )
  return new Map(versions.map((version, index) => [version, counts[index]!]))
}
