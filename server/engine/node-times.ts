import type { Watcher } from './walk.ts'

/** How long a node worked on how many items. */
export interface NodeTime {
  items: number
  ms: number
}

/** Times of the nodes of a batch: version (`<workflow>@<version>`) → node → time. */
export type NodeTimes = ReadonlyMap<string, ReadonlyMap<string, NodeTime>>

/** Adds up what the walk measures. */
export function measureNodes(): Required<Pick<Watcher, 'worked'>> & { readonly times: NodeTimes } {
  const times = new Map<string, Map<string, NodeTime>>()
  return {
    times,
    worked(plan, node, items, ms) {
      const ofPlan = times.get(plan.id) ?? new Map<string, NodeTime>()
      times.set(plan.id, ofPlan)
      const time = ofPlan.get(node)
      if (time) {
        time.items += items
        time.ms += ms
      } else ofPlan.set(node, { items, ms })
    },
  }
}
