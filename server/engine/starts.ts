import { parsedBody } from '../intake/parsed.ts'
import type { RunData, RunEvent } from '../nodes/node-type.ts'
import type { EventDoc } from '../store/event-doc.ts'
import type { RunDoc } from '../store/run-doc.ts'
import type { Store } from '../store/store.ts'
import { mayStart } from './may-start.ts'
import type { Plan, Plans } from './plan.ts'
import { continuedRun, newRun, type RunState } from './run-state.ts'

/** The runs that the events of a batch start or continue, by plan. */
export async function startRuns(
  store: Store,
  plans: Plans,
  live: readonly Plan[],
  events: readonly EventDoc[],
): Promise<Map<Plan, RunState[]>> {
  const byPlan = new Map<Plan, RunState[]>()
  const add = (run: RunState) => {
    const runs = byPlan.get(run.plan)
    if (runs) runs.push(run)
    else byPlan.set(run.plan, [run])
  }
  for (const event of events) {
    if (event.kind !== 'order' && event.kind !== 'signal') continue
    const data: RunData = { event: runEvent(event), source: parsedBody(event) }
    for (const plan of live) if (mayStart(plan, event, data.source)) add(newRun(plan, event, data))
  }
  if (events.some(event => event.resume))
    for (const run of await continuedRuns(store, plans, events)) add(run)
  return byPlan
}

async function continuedRuns(store: Store, plans: Plans, batch: readonly EventDoc[]): Promise<RunState[]> {
  const events = batch.filter(event => event.resume)
  const found = await store.runs.find({ _id: { $in: events.map(event => event.resume!.run) } }).lean()
  const runs = new Map(found.map(run => [run._id, run]))
  const origins = await store.events.find({ _id: { $in: found.map(run => run.event) } }).lean()
  // After a crash the event a run began with may still be waiting to be settled beside the one that continues it.
  const bodies = new Map([...batch, ...origins].map(event => [event._id, event.body]))
  const continued: RunState[] = []
  for (const event of events) {
    const run = runs.get(event.resume!.run)
    const token = run?.tokens?.find(each => each.key === event.resume!.key)
    // Nothing stands there any more: it went on already, by this event before a crash or by another.
    if (!run || !token) continue
    const plan = await plans.get(`${run.workflow}@${run.version}`)
    const body = bodies.get(run.event)
    const data = { ...token.data, source: body ? JSON.parse(body) : undefined } as RunData
    continued.push(continuedRun(plan, event, run as RunDoc, token, withChoice(data, event)))
  }
  return continued
}

/** A person's decision becomes a fact of the run. */
const withChoice = (data: RunData, { kind, resume }: EventDoc): RunData =>
  kind === 'resume' ? { ...data, task: { choice: resume!.port, by: resume!.by } } : data

/** An event as nodes see it. */
export const runEvent = (event: EventDoc): RunEvent => ({
  id: event._id,
  kind: event.kind,
  connection: event.connection,
  channel: event.channel,
  shop: event.shop,
  receivedAt: event.receivedAt,
  orderKey: event.order,
})
