import type { Buffer, Worked } from '../intake/buffer.ts'
import type { EventDoc } from '../store/event-doc.ts'
import type { IntendedHold, Intent } from '../store/lane-doc.ts'
import type { LaneLease } from '../store/lane-lease.ts'
import type { OrderDoc } from '../store/order-doc.ts'
import type { RunDoc } from '../store/run-doc.ts'
import type { Store } from '../store/store.ts'
import { runOf } from '../world/live/answers.ts'
import { batchLanes } from '../world/live/batch-lanes.ts'
import { commit } from '../world/live/commit.ts'
import { effectDocuments } from '../world/live/effect-documents.ts'
import { openLiveBatch } from '../world/live/live-batch.ts'
import type { Places } from '../world/live/places.ts'
import type { BatchReport } from './batch-report.ts'
import { breathe } from './breathe.ts'
import { orderDocument, runDocument, statusChange } from './documents.ts'
import { measureNodes } from './node-times.ts'
import type { Plans } from './plan.ts'
import type { RunState } from './run-state.ts'
import { startRuns } from './starts.ts'
import { walk } from './walk.ts'

export interface BatchContext {
  readonly store: Store
  readonly buffer: Buffer
  readonly plans: Plans
  readonly places: Places
  readonly workspace: string
}

/**
 * Works a batch of events: walks all their runs, then commits what they leave behind together.
 * Whatever fails on the way fails the whole batch; doing it again arrives at the same world.
 * @param leases of the lanes the events are in
 * @param inherited what a predecessor was about to do with exactly these events, which then are of one lane
 */
export async function workBatch(
  context: BatchContext,
  leases: readonly LaneLease[],
  events: readonly EventDoc[],
  inherited: Intent | null,
): Promise<BatchReport> {
  const { store, buffer, plans, places, workspace } = context
  const now = inherited?.at ?? new Date()
  // A batch that is finished for a predecessor walks the versions it was begun with.
  const live = inherited ? await Promise.all(inherited.plans.map(plans.get)) : plans.live()
  const orderKeys = [...new Set(events.filter(event => event.kind === 'order').map(event => event.order))]
  const byPlan = await startRuns(store, plans, live, events)
  const started = [...byPlan.values()].flat()
  const lanes = batchLanes(store, leases, new Map(started.map(run => [run.id, run.lane])))
  const planIds = live.map(plan => plan.id)
  const world = await openLiveBatch(
    { store, places, workspace, lanes, events, plans: planIds, now, inherited },
    orderKeys,
  )
  const measured = measureNodes()
  for (const [plan, runs] of byPlan) await walk(plan, runs, world, measured)
  const runs = started.filter(run => !run.unwanted)
  // Where nothing is left behind there is nothing to finish either.
  if (runs.length > 0) await world.intend()

  const documents = runs.map(run => runDocument(run, now))
  const orders = ordersOf(runs, documents, world.known, now)
  const effects = effectDocuments(runs.flatMap(effectsOf), workspace, places, now)
  const claimed = new Set(runs.map(run => run.cause._id))
  const isClaimed = (event: EventDoc) =>
    claimed.has(event._id) || event.kind !== 'order' || event.only !== undefined
  const left = {
    workspace,
    now,
    runs: documents,
    orders: [...orders.values()],
    statuses: runs.flatMap((run, index) => statusChange(run, documents[index]!) ?? []),
    known: world.known,
    holds: inherited ? holdsOf(runs, world.holds.list()) : world.holds.list(),
    effects,
  }
  const worked: Worked[] = [
    { events: events.filter(isClaimed), state: 'done' },
    { events: events.filter(event => !isClaimed(event)), state: 'unclaimed' },
  ]
  await breathe()
  // Settled last, so that a crash before it repeats the batch.
  await commit(store, left, stages => buffer.settle(worked, stages))
  const continued = runs.filter(run => run.earlier)
  const earlierSteps = new Map(continued.map(run => [run.id, run.earlier!.steps.length]))
  const leftWaiting = new Map(
    continued.filter(run => run.start.answer).map(run => [run.id, run.plan.nodes[run.start.node]!.id]),
  )
  return {
    at: now,
    runs: documents,
    orders,
    events: events.length,
    calls: effects.outbox.length,
    restocks: effects.restocks.length,
    earlierSteps,
    leftWaiting,
    nodeTimes: measured.times,
  }
}

function ordersOf(
  runs: readonly RunState[],
  documents: readonly RunDoc[],
  known: ReadonlyMap<string, string>,
  now: Date,
): Map<string, OrderDoc> {
  const orders = new Map<string, OrderDoc>()
  for (const [index, run] of runs.entries()) {
    const firstEvent = known.get(run.event.orderKey) ?? run.event.id
    const order = orderDocument(run, documents[index]!, firstEvent, now)
    // Where several workflows worked one order, the one that brought it to an outcome speaks for it.
    if (order && (order.outcome !== '' || !orders.has(order._id))) orders.set(order._id, order)
  }
  return orders
}

/** Of what was inherited, other events of the same intent may still be to do: each commits its own. */
function holdsOf(runs: readonly RunState[], holds: readonly IntendedHold[]): IntendedHold[] {
  const own = new Set(runs.map(run => run.id))
  return holds.filter(({ key }) => own.has(runOf(key)))
}

const effectsOf = (run: RunState) =>
  run.effects.map(({ key, effect }) => ({
    key,
    effect,
    run: run.id,
    order: run.event.orderKey,
    lane: run.lane,
    connection: run.event.connection,
    event: run.event.id,
    body: effect.kind === 'quarantine' ? bodyOf(run) : '',
  }))

const bodyOf = (run: RunState): string => run.cause.body || JSON.stringify(run.data.source ?? null)
