import type { BatchReport } from '../engine/batch-report.ts'
import type { RunDoc } from '../store/run-doc.ts'

export interface Flow {
  accepted: number
  decided: number
  failed: number
  waiting: number
}

export interface NodeTally {
  in: number
  ports: Record<string, number>
  failed: number
  /** How many visits took how long, as far as it was measured. */
  items: number
  ms: number
}

/** What happened within a moment, counted: plain JSON, which processes tell one another. */
export interface Tally extends Flow {
  /** Version (`<workflow>@<version>`) → node → counts. */
  versions: Record<string, Record<string, NodeTally>>
}

const STATUS_COUNTER = { done: 'decided', failed: 'failed', waiting: 'waiting' } as const

// Nodes may be named like what every object inherits.
const record = <T>() => Object.create(null) as Record<string, T>

export const emptyTally = (): Tally => ({
  accepted: 0,
  decided: 0,
  failed: 0,
  waiting: 0,
  versions: record(),
})

export function tallyOf(report: BatchReport): Tally {
  const tally = emptyTally()
  // Runs of one version stand together.
  let last: RunDoc | undefined
  let nodes = record<NodeTally>()
  for (const run of report.runs) {
    tally[STATUS_COUNTER[run.status]]++
    if (run.workflow !== last?.workflow || run.version !== last.version)
      nodes = nodesOf(tally, `${run.workflow}@${run.version}`)
    last = run
    countSteps(nodes, run, report)
  }
  for (const [version, ofNodes] of report.nodeTimes) {
    const nodes = tally.versions[version]
    for (const [node, { items, ms }] of ofNodes) {
      const counts = nodes?.[node]
      if (!counts) continue
      counts.items += items
      counts.ms += ms
    }
  }
  return tally
}

/** Adds what happened to a sum. */
export function addTally(sum: Tally, { accepted, decided, failed, waiting, versions }: Tally): void {
  sum.accepted += accepted
  sum.decided += decided
  sum.failed += failed
  sum.waiting += waiting
  for (const [version, ofNodes] of Object.entries(versions)) {
    const nodes = nodesOf(sum, version)
    for (const [node, more] of Object.entries(ofNodes)) {
      const counts = countsOf(nodes, node)
      counts.in += more.in
      counts.failed += more.failed
      counts.items += more.items
      counts.ms += more.ms
      for (const [port, count] of Object.entries(more.ports))
        counts.ports[port] = (counts.ports[port] ?? 0) + count
    }
  }
}

function nodesOf({ versions }: Tally, version: string): Record<string, NodeTally> {
  versions[version] ??= record()
  return versions[version]
}

function countsOf(nodes: Record<string, NodeTally>, node: string): NodeTally {
  nodes[node] ??= { in: 0, ports: record(), failed: 0, items: 0, ms: 0 }
  return nodes[node]
}

function countSteps(
  nodes: Record<string, NodeTally>,
  run: RunDoc,
  { earlierSteps, leftWaiting }: BatchReport,
): void {
  const waitedAt = leftWaiting.get(run._id)
  const earlier = earlierSteps.get(run._id) ?? 0
  for (let index = earlier; index < run.steps.length; index++) {
    const { node, ports } = run.steps[index]!
    const counts = countsOf(nodes, node)
    // A run that waited leaves its node by a step of its own: it came in when it began to wait.
    if (index > earlier || node !== waitedAt) counts.in++
    for (const port of ports) counts.ports[port] = (counts.ports[port] ?? 0) + 1
  }
  const failedAt = run.status === 'failed' && run.error ? nodes[run.error.node] : undefined
  if (failedAt) failedAt.failed++
}
