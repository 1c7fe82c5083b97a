import type { BatchReport } from '../engine/batch-report.ts'
import type { RunDoc } from '../store/run-doc.ts'
import { rateWindow } from './rate-window.ts'

export interface NodeCounts {
  in: number
  readonly ports: Record<string, number>
  failed: number
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

export function makeCounters(now: () => number = Date.now): Counters {
  const totals: Flow = { accepted: 0, decided: 0, failed: 0, waiting: 0 }
  const windows = {
    accepted: rateWindow(),
    decided: rateWindow(),
    failed: rateWindow(),
    waiting: rateWindow(),
  }
  const versions = new Map<string, { id: string; version: number; nodes: Record<string, NodeCounts> }>()
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

  function countSteps(run: RunDoc, earlier: number): void {
    const nodes = nodesOf(run)
    for (const [index, { node, ports, note }] of run.steps.slice(earlier).entries()) {
      nodes[node] ??= { in: 0, ports: Object.create(null) as Record<string, number>, failed: 0 }
      const counts = nodes[node]
      // A run that waited leaves its node by a step of its own: it came in when it began to wait.
      const leaves = earlier > 0 && index === 0 && note !== undefined && 'by' in note
      if (!leaves) counts.in++
      for (const port of ports) counts.ports[port] = (counts.ports[port] ?? 0) + 1
    }
    const failedAt = run.status === 'failed' && run.error ? nodes[run.error.node] : undefined
    if (failedAt) failedAt.failed++
  }

  return {
    accepted: by => count('accepted', by),
    batch(report) {
      for (const run of report.runs) {
        count(STATUS_COUNTER[run.status], 1)
        countSteps(run, report.earlierSteps.get(run._id) ?? 0)
      }
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
