import type { BatchReport } from '../engine/batch-report.ts'
import type { NodeTime } from '../engine/node-times.ts'
import { rateWindow } from './rate-window.ts'
import { emptyTally, type Flow, type NodeTally, type Tally, tallyOf } from './tally.ts'

export interface NodeCounts {
  in: number
  readonly ports: Record<string, number>
  failed: number
  /** Runs that wait here now; absent where there are none. */
  waiting?: number
  /** Mean time of a visit lately, in milliseconds; absent where nothing was measured. */
  meanMs?: number
}

export interface VersionCounts {
  readonly id: string
  readonly version: number
  readonly nodes: Readonly<Record<string, NodeCounts>>
}

/** Live counters of what this process saw and others told it: a few additions per step, whether anybody watches or not. */
export interface Counters {
  accepted(count: number): void
  batch(report: BatchReport): void
  /** What another process did. */
  add(tally: Tally): void
  totals(): Flow
  rates(): Flow
  workflows(): VersionCounts[]
  /** Grows with every change. */
  readonly revision: number
}

/** Versions counted at once; the oldest is forgotten when a workflow is published more often than that. */
const MAX_VERSIONS = 200

/** After so many visits the older half of them counts half: a mean that follows what a node does now. */
const MEAN_OVER = 5_000

const FLOWS = ['accepted', 'decided', 'failed', 'waiting'] as const

export function makeCounters(now: () => number = Date.now): Counters {
  const totals: Flow = { accepted: 0, decided: 0, failed: 0, waiting: 0 }
  const windows = {
    accepted: rateWindow(),
    decided: rateWindow(),
    failed: rateWindow(),
    waiting: rateWindow(),
  }
  const versions = new Map<string, { id: string; version: number; nodes: Record<string, NodeCounts> }>()
  const times = new WeakMap<NodeCounts, NodeTime>()
  let revision = 0

  function nodesOf(key: string): Record<string, NodeCounts> {
    let found = versions.get(key)
    if (!found) {
      const at = key.lastIndexOf('@')
      found = {
        id: key.slice(0, at),
        version: Number(key.slice(at + 1)),
        nodes: Object.create(null) as Record<string, NodeCounts>,
      }
      versions.set(key, found)
      if (versions.size > MAX_VERSIONS) versions.delete(versions.keys().next().value!)
    }
    return found.nodes
  }

  function addNode(nodes: Record<string, NodeCounts>, node: string, more: NodeTally): void {
    nodes[node] ??= { in: 0, ports: Object.create(null) as Record<string, number>, failed: 0 }
    const counts = nodes[node]
    counts.in += more.in
    counts.failed += more.failed
    for (const [port, count] of Object.entries(more.ports))
      counts.ports[port] = (counts.ports[port] ?? 0) + count
    if (more.items > 0) measure(counts, more)
  }

  function measure(counts: NodeCounts, { items, ms }: NodeTime): void {
    const known = times.get(counts) ?? { items: 0, ms: 0 }
    const kept = known.items > MEAN_OVER ? 0.5 : 1
    const sum = { items: known.items * kept + items, ms: known.ms * kept + ms }
    times.set(counts, sum)
    // Microseconds say enough, and long fractions would only fill the socket.
    counts.meanMs = Math.round((sum.ms / sum.items) * 1_000) / 1_000
  }

  function add(tally: Tally): void {
    const at = now()
    for (const flow of FLOWS) {
      if (tally[flow] === 0) continue
      totals[flow] += tally[flow]
      windows[flow].add(tally[flow], at)
    }
    for (const [version, ofNodes] of Object.entries(tally.versions)) {
      const nodes = nodesOf(version)
      for (const [node, more] of Object.entries(ofNodes)) addNode(nodes, node, more)
    }
    revision++
  }

  return {
    accepted: count => add({ ...emptyTally(), accepted: count }),
    batch: report => add(tallyOf(report)),
    add,
    totals: () => ({ ...totals }),
    rates() {
      const at = now()
      return {
        accepted: windows.accepted.perSecond(at),
        decided: windows.decided.perSecond(at),
        failed: windows.failed.perSecond(at),
        waiting: windows.waiting.perSecond(at),
      }
    },
    workflows: () => [...versions.values()],
    get revision() {
      return revision
    },
  }
}
