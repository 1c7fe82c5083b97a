import { wantedBy } from '../engine/may-start.ts'
import type { Plan } from '../engine/plan.ts'
import type { CaseDoc } from '../store/case-doc.ts'
import type { EventDoc } from '../store/event-doc.ts'
import { laneOf } from '../store/lanes.ts'
import type { PlaceNames } from './effect-words.ts'
import { worldOf } from './small-world.ts'
import { keptSource } from './source.ts'
import { type TestRun, testRunOf } from './test-run.ts'
import { tryEvents } from './try-events.ts'

/** One case tried on a drawing. */
export interface CaseResult {
  readonly id: string
  readonly name: string
  readonly passed: boolean
  readonly expect: CaseDoc['expect']
  readonly run: TestRun
}

type CaseParts = Omit<CaseDoc, 'createdAt'>

/** Tries a case in the small world it was kept with. */
export async function runCase(plan: Plan, each: CaseParts): Promise<CaseResult> {
  const state = worldOf(each.world)
  const names: PlaceNames = {
    warehouse: id => state.warehouses?.find(place => place.id === id)?.name ?? id,
    connection: id => state.connections?.find(connection => connection.id === id)?.name ?? id,
  }
  const [trial] = await tryEvents(plan, [eventOf(each, wantedBy(plan), state.now)], keptSource(state))
  const run = testRunOf(trial!, plan, names, { isDetailed: true })
  return { id: each._id, name: each.name, passed: isAsExpected(run, each.expect), expect: each.expect, run }
}

/** Tries cases one after another, giving others their turn between them. */
export async function runCases(plan: Plan, cases: readonly CaseParts[]): Promise<CaseResult[]> {
  const results: CaseResult[] = []
  for (const each of cases) {
    results.push(await runCase(plan, each))
    await new Promise(resolve => setImmediate(resolve))
  }
  return results
}

function isAsExpected(run: TestRun, { outcome, path }: CaseDoc['expect']): boolean {
  if (run.outcome !== outcome) return false
  return path === undefined || JSON.stringify(path) === JSON.stringify(run.steps.map(step => step.node))
}

const eventOf = (each: CaseParts, kind: EventDoc['kind'], receivedAt = new Date(0)): EventDoc => ({
  _id: each.event,
  workspace: each.workspace,
  kind,
  connection: each.connection,
  channel: each.channel,
  shop: each.shop,
  order: each.order,
  lane: laneOf(each.order),
  seq: 0,
  state: 'pending',
  body: each.body,
  receivedAt,
})
