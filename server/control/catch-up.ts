import { repeat } from '../cluster/repeat.ts'
import type { Intake } from '../intake/intake.ts'
import type { EventDoc } from '../store/event-doc.ts'
import type { Store } from '../store/store.ts'
import type { WorkflowDoc } from '../store/workflow-doc.ts'
import { comesAfter, IN_ORDER, type Place } from './in-order.ts'
import { requeueAll } from './retry-unclaimed.ts'
import { receivedFilter, wantedOrders } from './wanted.ts'

export interface CatchUpContext {
  readonly store: Store
  readonly intake: Pick<Intake, 'requeue'>
  readonly workspace: string
  readonly log: { error(details: object, message: string): void }
}

export interface CatchUp {
  /** Looks now whether a workflow was resumed. */
  look(): Promise<void>
  close(): Promise<void>
}

const LOOK_MS = 2_000
/** As long as workers may still take a workflow for paused that was resumed, orders may pass it by. */
const SETTLING_MS = 15_000
/** Whoever began is given so long before another process takes over. */
const BUSY_MS = 60_000
const PAGE = 500

/**
 * Sends every order that came while a workflow was paused through it once it is resumed. What it has to do stands in
 * the store (`catchUp` of the workflow), so that it is finished after a crash; doing it again finds nothing to do.
 */
export function catchUp(context: CatchUpContext): CatchUp {
  const { store, workspace, log } = context
  let underWay: Promise<void> | undefined

  async function lookOnce(): Promise<void> {
    for (;;) {
      const now = new Date()
      const workflow = await store.workflows
        .findOneAndUpdate(
          { workspace, paused: false, 'catchUp.dueAt': { $lte: now } },
          { $set: { 'catchUp.dueAt': new Date(now.getTime() + BUSY_MS) } },
          { returnDocument: 'after' },
        )
        .lean()
      if (!workflow?.catchUp) return
      await sendMissed(context, workflow, workflow.catchUp)
      const isSettled = now > workflow.catchUp.until
      // Where it was paused and resumed again meanwhile, all is to be looked at again.
      await store.workflows.updateOne(
        { _id: workflow._id, 'catchUp.until': workflow.catchUp.until },
        isSettled
          ? { $unset: { catchUp: 1 } }
          : { $set: { 'catchUp.dueAt': new Date(workflow.catchUp.until.getTime() + 1) } },
      )
    }
  }

  const look = () => {
    underWay ??= lookOnce().finally(() => {
      underWay = undefined
    })
    return underWay
  }
  const stop = repeat(LOOK_MS, look, error =>
    log.error({ err: error }, 'orders that came during a pause could not be sent on'),
  )
  return { look, close: stop }
}

/**
 * What a pause sets: orders that come from now on wait, and those that are queued. A pause that follows closely keeps
 * what the last one owes.
 * @param oldestAgeMs age of the order that is queued longest
 */
export function pausing(
  { held, catchUp: owed }: Pick<WorkflowDoc, 'held' | 'catchUp'>,
  now: Date,
  oldestAgeMs: number,
): object {
  const queuedFrom = new Date(now.getTime() - oldestAgeMs)
  const from = owed && owed.from < queuedFrom ? owed.from : queuedFrom
  return { $set: { paused: true, held: held ?? { since: now, from } }, $unset: { catchUp: 1 } }
}

/** What resuming sets: orders that waited are sent through. */
export const resuming = ({ held }: Pick<WorkflowDoc, 'held'>, now: Date): object => ({
  $set: {
    paused: false,
    ...(held && {
      catchUp: { from: held.from, until: new Date(now.getTime() + SETTLING_MS), dueAt: now },
    }),
  },
  $unset: { held: 1 },
})

async function sendMissed(
  context: CatchUpContext,
  { _id: workflow, published }: WorkflowDoc,
  { from, until }: NonNullable<WorkflowDoc['catchUp']>,
): Promise<void> {
  const { store, workspace, intake } = context
  const version = await store.versions.findById(`${workflow}@${published}`, { graph: 1 }).lean()
  const wanted = version && wantedOrders(version.graph)
  if (!wanted) return
  const filter = receivedFilter(workspace, wanted, from, until)
  let last: Place | undefined
  for (;;) {
    const page = await store.events
      .find(
        { ...filter, state: { $in: ['done', 'unclaimed'] }, ...comesAfter(last) },
        { state: 1, receivedAt: 1 },
      )
      .sort(IN_ORDER)
      .limit(PAGE)
      .lean()
    if (page.length === 0) return
    await missDone(store, workflow, page)
    const unclaimed = await store.events
      .find({ _id: { $in: page.map(({ _id }) => _id) }, state: 'unclaimed' }, { _id: 1 })
      .lean()
    const isUnclaimed = new Set(unclaimed.map(({ _id }) => _id))
    await requeueAll(
      intake,
      page.map(({ _id }) => _id).filter(id => isUnclaimed.has(id)),
    )
    last = page.at(-1)
  }
}

/** Events that another workflow worked and this one missed are to be worked once more, by this one alone. */
async function missDone(
  store: Store,
  workflow: string,
  events: readonly Pick<EventDoc, '_id' | 'state'>[],
): Promise<void> {
  const done = events.filter(({ state }) => state === 'done').map(({ _id }) => _id)
  if (done.length === 0) return
  // A run's id is `<event>/<workflow>@<version>`; '@' is followed by 'A'.
  const runs = await store.runs
    .find(
      { $or: done.map(id => ({ _id: { $gte: `${id}/${workflow}@`, $lt: `${id}/${workflow}A` } })) },
      { event: 1 },
    )
    .lean()
  const worked = new Set(runs.map(({ event }) => event))
  const missed = done.filter(id => !worked.has(id))
  if (missed.length === 0) return
  await store.events.updateMany(
    { _id: { $in: missed }, state: 'done' },
    { $set: { state: 'unclaimed', only: [workflow] } },
  )
}
