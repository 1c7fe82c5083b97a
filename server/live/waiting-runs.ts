import type { Store } from '../store/store.ts'
import type { NodeCounts, VersionCounts } from './counters.ts'

/** Runs that wait, by node; of each version by its id, `<workflow>@<version>`. */
export type WaitingRuns = ReadonlyMap<string, ReadonlyMap<string, number>>

/** Counts where runs wait now, whichever process let them begin to. Reads every run that waits, and no other. */
export async function readWaitingRuns(store: Store): Promise<WaitingRuns> {
  const groups = await store.runs.aggregate<{
    _id: { workflow: string; version: number; node: string }
    count: number
  }>([
    { $match: { status: 'waiting' } },
    { $project: { workflow: 1, version: 1, node: '$tokens.node' } },
    { $unwind: '$node' },
    {
      $group: {
        _id: { workflow: '$workflow', version: '$version', node: '$node' },
        count: { $sum: 1 },
      },
    },
  ])
  const found = new Map<string, Map<string, number>>()
  for (const { _id, count } of groups) {
    const id = `${_id.workflow}@${_id.version}`
    const nodes = found.get(id) ?? new Map<string, number>()
    found.set(id, nodes.set(_id.node, count))
  }
  return found
}

/** The counts of a message with the runs that wait added; also of versions nothing came by lately. */
export function withWaiting(counted: readonly VersionCounts[], waiting: WaitingRuns): VersionCounts[] {
  if (waiting.size === 0) return [...counted]
  const rest = new Map(waiting)
  const told = counted.map(each => {
    const id = `${each.id}@${each.version}`
    const nodes = rest.get(id)
    rest.delete(id)
    return nodes ? { ...each, nodes: addWaiting(each.nodes, nodes) } : each
  })
  for (const [id, nodes] of rest) {
    const at = id.lastIndexOf('@')
    told.push({ id: id.slice(0, at), version: Number(id.slice(at + 1)), nodes: addWaiting({}, nodes) })
  }
  return told
}

function addWaiting(
  counts: Readonly<Record<string, NodeCounts>>,
  waiting: ReadonlyMap<string, number>,
): Readonly<Record<string, NodeCounts>> {
  const nodes: Record<string, NodeCounts> = Object.assign(Object.create(null), counts)
  for (const [node, count] of waiting)
    nodes[node] = { ...(nodes[node] ?? { in: 0, ports: {}, failed: 0 }), waiting: count }
  return nodes
}
