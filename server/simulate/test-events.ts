import type { Plan, Plans } from '../engine/plan.ts'
import type { EventDoc } from '../store/event-doc.ts'
import type { RunDoc } from '../store/run-doc.ts'
import type { Store } from '../store/store.ts'
import type { Places } from '../world/live/places.ts'
import type { PlaceNames } from './effect-words.ts'
import { liveSource } from './source.ts'
import { type TestResult, testResultOf } from './test-result.ts'
import type { LiveRun } from './test-run.ts'
import { readTraces } from './traces.ts'
import { tryEvents } from './try-events.ts'

interface TestContext {
  readonly store: Store
  readonly plans: Plans
  readonly places: Places
}

/**
 * Tries a drawing on events as if each came in for the first time, on the live world as it is now without what
 * these events did to it. Reads only.
 * @param isWhole all that ever happened to the orders is taken back; else what these events did
 */
export async function testEvents(
  { store, plans, places }: TestContext,
  plan: Plan,
  events: readonly EventDoc[],
  { isWhole }: { readonly isWhole: boolean },
): Promise<TestResult> {
  const began = performance.now()
  const traces = await readTraces(store, events, { whole: isWhole })
  const source = liveSource(store, plan.workspace, places, traces)
  const tried = await tryEvents(plan, events, source)
  const live = await liveRuns(traces.runs, plan.workflow, plans)
  return {
    at: new Date().toISOString(),
    ...testResultOf(tried, plan, namesOf(places), live),
    tookMs: Math.round(performance.now() - began),
  }
}

/** Names of places as sentences say them. */
function namesOf(places: Places): PlaceNames {
  return {
    warehouse: id => places.warehouses.find(each => each.id === id)?.name ?? id,
    connection: id => places.connection(id)?.name ?? id,
  }
}

/** How each event came out live: by this workflow where it took the event, else by the last one that did. */
async function liveRuns(
  runs: readonly RunDoc[],
  workflow: string,
  plans: Plans,
): Promise<ReadonlyMap<string, LiveRun>> {
  const chosen = new Map<string, RunDoc>()
  for (const run of [...runs.filter(each => each.workflow === workflow), ...runs])
    if (!chosen.has(run.event)) chosen.set(run.event, run)
  const versions = new Set([...chosen.values()].map(versionOf))
  const compiled = new Map<string, Plan | undefined>()
  // A version that cannot be compiled any more (a node type was removed) has no words for its runs.
  for (const id of versions) compiled.set(id, await plans.get(id).catch(() => undefined))
  return new Map(
    Array.from(chosen, ([event, run]): [string, LiveRun] => [
      event,
      { run, plan: compiled.get(versionOf(run)) },
    ]),
  )
}

const versionOf = ({ workflow, version }: RunDoc) => `${workflow}@${version}`
