import type { BatchReport } from '../engine/batch-report.ts'
import type { NodeTime } from '../engine/node-times.ts'
import type { RunDoc } from '../store/run-doc.ts'
import { rateWindow } from './rate-window.ts'

export interface NodeCounts {
  in: number
  readonly ports: Record<string, number>
  failed: number
  /** Runs that wait here now; absent where there are none. */
  waiting?: number
  /** Mean time of a visit lately, in milliseconds; absent where nothing was measured. */
  meanMs?: number
}

export interface Flow {
  accepted: number
  decided: number
  failed: number
  waiting: number
}

export interface VersionCounts {
  readonly id: string
  readonly version: number
  readonly nodes: Readonly<Record<string, NodeCounts>>
}

/** Live counters of one process: a few additions per step, whether anybody watches or not. */
export interface Counters {
  accepted(count: number): void
  batch(report: BatchReport): void
  totals(): Flow
  rates(): Flow
  workflows(): VersionCounts[]
  /** Grows with every change. */
  readonly revision: number
}

const STATUS_COUNTER = { done: 'decided', failed: 'failed', waiting: 'waiting' } as const
/** Versions counted at once; the oldest is forgotten when a workflow is published more often than that. */
const MAX_VERSIONS = 200

/** After so many visits the older half of them counts half: a mean that follows what a node does now. */
const MEAN_OVER = 5_000

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

  const count = (kind: keyof Flow, by: number) => {
    totals[kind] += by
    windows[kind].add(by, now())
    revision++
  }

  function nodesOf(run: RunDoc): Record<string, NodeCounts> {
    const key = `${run.workflow}@${run.version}`
    let found = versions.get(key)
    if (!found) {
      found = {
        id: run.workflow,
        version: run.version,
        nodes: Object.create(null) as Record<string, NodeCounts>,
      }
      versions.set(key, found)
      if (versions.size > MAX_VERSIONS) versions.delete(versions.keys().next().value!)
    }
    return found.nodes
  }

  function countSteps(run: RunDoc, { earlierSteps, leftWaiting }: BatchReport): void {
    const nodes = nodesOf(run)
    const waitedAt = leftWaiting.get(run._id)
    for (const [index, { node, ports }] of run.steps.slice(earlierSteps.get(run._id) ?? 0).entries()) {
      nodes[node] ??= { in: 0, ports: Object.create(null) as Record<string, number>, failed: 0 }
      const counts = nodes[node]
      // A run that waited leaves its node by a step of its own: it came in when it began to wait.
      if (index > 0 || node !== waitedAt) counts.in++
      for (const port of ports) counts.ports[port] = (counts.ports[port] ?? 0) + 1
    }
    const failedAt = run.status === 'failed' && run.error ? nodes[run.error.node] : undefined
    if (failedAt) failedAt.failed++
  }

  function measure(version: string, ofNodes: ReadonlyMap<string, NodeTime>): void {
    const nodes = versions.get(version)?.nodes
    for (const [node, { items, ms }] of ofNodes) {
      const counts = nodes?.[node]
      if (!counts) continue
      const known = times.get(counts) ?? { items: 0, ms: 0 }
      const kept = known.items > MEAN_OVER ? 0.5 : 1
      const sum = { items: known.items * kept + items, ms: known.ms * kept + ms }
      times.set(counts, sum)
      // Microseconds say enough, and long fractions would only fill the socket.
      counts.meanMs = Math.round((sum.ms / sum.items) * 1_000) / 1_000
    }
  }

  return {
    accepted: by => count('accepted', by),
    batch(report) {
      for (const run of report.runs) {
        count(STATUS_COUNTER[run.status], 1)
        countSteps(run, report)
      }
      for (const [version, ofNodes] of report.nodeTimes) measure(version, ofNodes)
    },
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
