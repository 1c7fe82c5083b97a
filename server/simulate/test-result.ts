import type { Plan } from '../engine/plan.ts'
import type { PlaceNames } from './effect-words.ts'
import { type LiveRun, liveOutcomeOf, outcomeOf, type TestRun, testRunOf } from './test-run.ts'
import type { TrialRun } from './try-events.ts'

/** So many runs are shown whole. */
const MOST_DETAILED = 50
/** Runs shown when there are more: those that came out otherwise, at most so many. */
const MOST_CHANGED = 200

/** What a test came to. */
export interface TestResult {
  readonly at: string
  readonly runs: readonly TestRun[]
  readonly total: number
  readonly outcomes: readonly { readonly outcome: string; readonly count: number; readonly before: number }[]
  readonly changed: number
  readonly failed: number
  readonly nodes: Readonly<
    Record<string, { readonly in: number; readonly ports: Readonly<Record<string, number>> }>
  >
  readonly tookMs: number
}

/** @param live the live run of each event that had one, by event id */
export function testResultOf(
  tried: readonly TrialRun[],
  plan: Plan,
  names: PlaceNames,
  live: ReadonlyMap<string, LiveRun>,
): Omit<TestResult, 'at' | 'tookMs'> {
  const changed = tried.filter(trial => {
    const before = live.get(trial.event._id)
    return before !== undefined && liveOutcomeOf(trial, before) !== outcomeOf(trial)
  })
  const shown = new Set(tried.length <= MOST_DETAILED ? tried : changed.slice(-MOST_CHANGED))
  for (let at = tried.length - 1; at >= 0 && shown.size < MOST_DETAILED; at--) shown.add(tried[at]!)
  const isDetailed = tried.length <= MOST_DETAILED
  return {
    runs: tried
      .filter(trial => shown.has(trial))
      .map(trial => testRunOf(trial, plan, names, { live: live.get(trial.event._id), isDetailed })),
    total: tried.length,
    outcomes: outcomesOf(tried, live),
    changed: changed.length,
    failed: tried.filter(({ run }) => run.status === 'failed').length,
    nodes: visitsOf(tried),
  }
}

function outcomesOf(tried: readonly TrialRun[], live: ReadonlyMap<string, LiveRun>): TestResult['outcomes'] {
  const counts = new Map<string, { outcome: string; count: number; before: number }>()
  const at = (outcome: string) => {
    const known = counts.get(outcome) ?? { outcome, count: 0, before: 0 }
    counts.set(outcome, known)
    return known
  }
  for (const trial of tried) {
    at(outcomeOf(trial)).count++
    const before = live.get(trial.event._id)
    if (before) at(liveOutcomeOf(trial, before)).before++
  }
  return [...counts.values()].sort((a, b) => b.count - a.count || b.before - a.before)
}

function visitsOf(tried: readonly TrialRun[]): TestResult['nodes'] {
  const nodes = Object.create(null) as Record<string, { in: number; ports: Record<string, number> }>
  for (const { run } of tried)
    for (const { node, ports } of run.steps) {
      nodes[node] ??= { in: 0, ports: Object.create(null) as Record<string, number> }
      const counts = nodes[node]
      counts.in++
      for (const port of ports) counts.ports[port] = (counts.ports[port] ?? 0) + 1
    }
  return nodes
}
