import { setImmediate } from 'node:timers/promises'
import { orderDocument, runDocument } from '../engine/documents.ts'
import type { Plan } from '../engine/plan.ts'
import { newRun, type RunState } from '../engine/run-state.ts'
import { runEvent } from '../engine/starts.ts'
import { walk } from '../engine/walk.ts'
import type { Outcome, RunData } from '../nodes/node-type.ts'
import type { EventDoc } from '../store/event-doc.ts'
import type { RunDoc } from '../store/run-doc.ts'
import type { HoldRequest } from '../world/world.ts'
import { trialWorld } from './on-demand.ts'
import type { Source } from './source.ts'

/** So many events are tried before others get their turn. */
const AT_ONCE = 20

/** One visit of a node by a trial run; visits stand beside the steps of the run, one for one. */
export interface TrialVisit {
  readonly before: RunData
  readonly after: RunData
  readonly outcome: Outcome
  readonly held?: HoldRequest
}

/** What became of one event in the simulated world. */
export interface TrialRun {
  readonly event: EventDoc
  readonly run: RunDoc
  readonly data: RunData
  /** The trigger did not want it. */
  readonly unwanted: boolean
  readonly visits: readonly TrialVisit[]
}

/**
 * Tries events on a drawing, one after another on one simulated world, through the real engine and the real
 * nodes. First all of them go together through a world that is thrown away: what that one was asked for is read
 * in a few queries instead of a few for each event.
 */
export async function tryEvents(
  plan: Plan,
  events: readonly EventDoc[],
  source: Source,
): Promise<readonly TrialRun[]> {
  if (events.length > 1) {
    const scouts = events.map(event => stateOf(plan, event))
    for (let from = 0; from < scouts.length; from += AT_ONCE * 5) {
      await walk(plan, scouts.slice(from, from + AT_ONCE * 5), trialWorld(source))
      await setImmediate()
    }
  }
  const world = trialWorld(source)
  const tried: TrialRun[] = []
  for (const [index, event] of events.entries()) {
    if (index % AT_ONCE === AT_ONCE - 1) await setImmediate()
    world.setNow(event.receivedAt)
    const run = stateOf(plan, event)
    const visits: TrialVisit[] = []
    await walk(plan, [run], world, {
      visited: (_, key, before, after, outcome) =>
        visits.push({ before, after, outcome, held: world.held.get(key) }),
    })
    for (const { key, effect } of run.effects) await world.record(key, [effect])
    const document = runDocument(run, world.now)
    const order = orderDocument(run, document, event._id, world.now)
    if (order) world.keep({ orderKey: order._id, ...order })
    tried.push({ event, run: document, data: run.data, unwanted: run.unwanted, visits })
  }
  return tried
}

const stateOf = (plan: Plan, event: EventDoc): RunState =>
  newRun(plan, event, { event: runEvent(event), source: JSON.parse(event.body) })
