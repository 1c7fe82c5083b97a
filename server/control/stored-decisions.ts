import type { Plan, Plans } from '../engine/plan.ts'
import type { OrderDoc } from '../store/order-doc.ts'
import type { RunDoc } from '../store/run-doc.ts'
import type { Store } from '../store/store.ts'
import { type Decision, decisionOf, speaker } from './decision.ts'

/** Events asked about in one query. */
const AT_ONCE = 200

/** What the store knows of how these events were decided; those that are not decided yet are left out. */
export async function storedDecisions(
  { store, plans }: { readonly store: Store; readonly plans: Plans },
  events: readonly string[],
): Promise<Map<string, Decision>> {
  const speaking = new Map<string, RunDoc>()
  for (let at = 0; at < events.length; at += AT_ONCE)
    for (const run of await runsOf(store, events.slice(at, at + AT_ONCE)))
      speaking.set(run.event, speaker(speaking.get(run.event), run))
  const orders = await ordersOf(store, [...speaking.values()])
  const decisions = new Map<string, Decision>()
  for (const [event, run] of speaking)
    decisions.set(event, decisionOf(run, orders.get(run.order), await planOf(plans, run)))
  return decisions
}

// A run's id begins with its event's id and a slash: a range of ids each, since there is no index by event.
const runsOf = (store: Store, events: readonly string[]): Promise<RunDoc[]> =>
  store.runs
    .find({ $or: events.map(event => ({ _id: { $gte: `${event}/`, $lt: `${event}0` } })) })
    .sort({ _id: 1 })
    .lean()

async function ordersOf(store: Store, runs: readonly RunDoc[]): Promise<Map<string, OrderDoc>> {
  if (runs.length === 0) return new Map()
  const found = await store.orders.find({ _id: { $in: runs.map(({ order }) => order) } }).lean()
  return new Map(found.map(order => [order._id, order]))
}

// A version whose node types are gone can no longer be told in words.
const planOf = (plans: Plans, { workflow, version }: RunDoc): Promise<Plan | undefined> =>
  plans.get(`${workflow}@${version}`).catch(() => undefined)
