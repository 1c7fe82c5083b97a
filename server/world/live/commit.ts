import { insertNew } from '../../store/insert-new.ts'
import type { IntendedHold } from '../../store/lane-doc.ts'
import type { MovementDoc } from '../../store/movement-doc.ts'
import type { OrderDoc } from '../../store/order-doc.ts'
import type { RunDoc } from '../../store/run-doc.ts'
import type { Store } from '../../store/store.ts'
import { runOf } from './answers.ts'
import type { EffectDocuments } from './effect-documents.ts'

/** Everything a batch leaves behind. Each document's id is derived from its cause, so committing twice is once. */
export interface Commit {
  readonly workspace: string
  readonly now: Date
  readonly runs: readonly RunDoc[]
  readonly orders: readonly OrderDoc[]
  /** Order keys that were stored before this batch. */
  readonly known: ReadonlyMap<string, string>
  readonly holds: readonly IntendedHold[]
  readonly effects: EffectDocuments
  /** Events this batch is done with, last of all. */
  readonly done: readonly string[]
  /** Events no workflow wanted; kept, and told apart. */
  readonly unclaimed: readonly string[]
}

/** One write per collection; the events are marked last, so a crash before that repeats the batch. */
export async function commit(store: Store, batch: Commit): Promise<void> {
  const { effects } = batch
  await Promise.all([
    writeRuns(store, batch.runs),
    writeOrders(store, batch.orders, batch.known),
    insertNew(
      store.movements,
      batch.holds.filter(each => each.held).map(each => movementOf(each, batch)),
    ),
    insertNew(store.transfers, effects.transfers),
    insertNew(store.restocks, effects.restocks),
    insertNew(store.purchases, effects.purchases),
    insertNew(store.tasks, effects.tasks),
    insertNew(store.outbox, effects.outbox),
    insertNew(store.timers, effects.timers),
    insertNew(store.quarantine, effects.quarantine),
  ])
  await Promise.all([markEvents(store, batch.done, 'done'), markEvents(store, batch.unclaimed, 'unclaimed')])
}

async function writeRuns(store: Store, runs: readonly RunDoc[]): Promise<void> {
  const fresh = runs.filter(run => run.rev === 1)
  const continued = runs.filter(run => run.rev > 1)
  await insertNew(store.runs, fresh)
  if (continued.length === 0) return
  await store.runs.collection.bulkWrite(
    continued.map(run => ({
      replaceOne: { filter: { _id: run._id, rev: run.rev - 1 } as object, replacement: run },
    })),
    { ordered: false },
  )
}

async function writeOrders(
  store: Store,
  orders: readonly OrderDoc[],
  known: ReadonlyMap<string, string>,
): Promise<void> {
  const fresh = orders.filter(order => !known.has(order._id))
  const taken = await insertNew(store.orders, fresh)
  const changed = [...orders.filter(order => known.has(order._id)), ...[...taken].map(index => fresh[index]!)]
  if (changed.length === 0) return
  await store.orders.collection.bulkWrite(
    changed.map(({ _id, firstEvent: _first, createdAt: _created, ...rest }) => {
      const gone = rest.duplicateOf === undefined ? { $unset: { duplicateOf: 1 } } : {}
      // An older event never overwrites what a newer one wrote.
      return {
        updateOne: { filter: { _id, seq: { $lte: rest.seq } } as object, update: { $set: rest, ...gone } },
      }
    }),
    { ordered: false },
  )
}

/** The line of the ledger that says what was held. */
export const movementOf = (
  hold: IntendedHold,
  { workspace, now }: Pick<Commit, 'workspace' | 'now'>,
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

async function markEvents(store: Store, ids: readonly string[], state: 'done' | 'unclaimed'): Promise<void> {
  if (ids.length === 0) return
  await store.events.collection.updateMany({ _id: { $in: [...ids] } } as object, { $set: { state } })
}
