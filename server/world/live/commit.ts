import type { IntendedHold } from '../../store/lane-doc.ts'
import type { MovementDoc } from '../../store/movement-doc.ts'
import type { OrderDoc } from '../../store/order-doc.ts'
import type { RunDoc } from '../../store/run-doc.ts'
import type { Store } from '../../store/store.ts'
import type { Stages, Statement, Write, Written } from '../../store/write-in-order.ts'
import { runOf } from './answers.ts'
import type { EffectDocuments } from './effect-documents.ts'

/** Everything a batch leaves behind. Each document's id is derived from its cause, so committing twice is once. */
export interface Leftovers {
  readonly workspace: string
  readonly now: Date
  readonly runs: readonly RunDoc[]
  readonly orders: readonly OrderDoc[]
  /** What becomes of orders that stood before, where runs were about them that no order began. */
  readonly statuses: readonly { readonly order: string; readonly status: string; readonly seq: number }[]
  /** Order keys that were stored before this batch. */
  readonly known: ReadonlyMap<string, string>
  readonly holds: readonly IntendedHold[]
  readonly effects: EffectDocuments
}

/** Puts what a batch leaves behind into the store. */
export type Commit = (stages: Stages) => Promise<readonly Written[]>

/**
 * One write per collection, all of them together.
 * @param write what does them, and whatever else belongs to them; it may be called twice
 */
export async function commit(store: Store, batch: Leftovers, write: Commit): Promise<void> {
  const fresh = batch.orders.filter(order => !batch.known.has(order._id))
  const changed = batch.orders.filter(order => batch.known.has(order._id))
  const [orders] = await write([writesOf(store, batch, fresh, changed)])
  if (orders!.known.size === 0) return
  // Another worker, or this one before a crash, stored them first. The others are stored by now.
  const taken = Array.from(orders!.known, index => fresh[index]!)
  await write([writesOf(store, batch, [], [...changed, ...taken])])
}

function writesOf(
  store: Store,
  batch: Leftovers,
  fresh: readonly OrderDoc[],
  changed: readonly OrderDoc[],
): Write[] {
  const { runs, effects } = batch
  const movements = batch.holds.filter(each => each.held).map(each => movementOf(each, batch))
  return [
    { into: store.orders, insert: fresh, mustBeNew: true },
    { into: store.orders, update: changed.map(changeOf) },
    { into: store.orders, update: batch.statuses.map(each => statusOf(each, batch.now)) },
    { into: store.runs, insert: runs.filter(run => run.rev === 1) },
    { into: store.runs, update: runs.filter(run => run.rev > 1).map(continuationOf) },
    { into: store.movements, insert: movements },
    { into: store.transfers, insert: effects.transfers },
    { into: store.restocks, insert: effects.restocks },
    { into: store.purchases, insert: effects.purchases },
    { into: store.tasks, insert: effects.tasks },
    { into: store.outbox, insert: effects.outbox },
    { into: store.timers, insert: effects.timers },
    { into: store.quarantine, insert: effects.quarantine },
    { into: store.freezes, insert: effects.freezes },
  ]
}

/** A second commit of the same state of a run changes nothing. */
const continuationOf = (run: RunDoc): Statement => ({
  filter: { _id: run._id, rev: run.rev - 1 },
  change: run,
})

/** An older event never overwrites what a newer one wrote. */
function changeOf({ _id, firstEvent: _first, createdAt: _created, ...rest }: OrderDoc): Statement {
  const gone = rest.duplicateOf === undefined ? { $unset: { duplicateOf: 1 } } : {}
  return { filter: { _id, seq: { $lte: rest.seq } }, change: { $set: rest, ...gone } }
}

/** A newer version of the order says more than what was known when this was noticed. */
const statusOf = ({ order, status, seq }: Leftovers['statuses'][number], now: Date): Statement => ({
  filter: { _id: order, seq: { $lte: seq } },
  change: { $set: { status, updatedAt: now } },
})

/** The line of the ledger that says what was held. */
export const movementOf = (
  hold: IntendedHold,
  { workspace, now }: Pick<Leftovers, 'workspace' | 'now'>,
): MovementDoc => ({
  _id: hold.key,
  workspace,
  kind: 'held',
  order: hold.orderKey,
  run: runOf(hold.key),
  lines: hold.lines.map(({ sku, quantity }) => ({ warehouse: hold.warehouse, sku, quantity })),
  reason: hold.orderId,
  at: now,
})
