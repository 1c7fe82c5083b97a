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
}

/**
 * One write per collection, all at the same time.
 * @param breathe lets others have their turn: putting a large batch into bytes takes a while
 */
export async function commit(store: Store, batch: Commit, breathe: () => Promise<void>): Promise<void> {
  const { effects } = batch
  const runs = underWay(writeRuns(store, batch.runs))
  await breathe()
  const orders = underWay(writeOrders(store, batch.orders, batch.known))
  await breathe()
  await Promise.all([
    runs,
    orders,
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
    insertNew(store.freezes, effects.freezes),
  ])
}

/** A write whose failure is looked at later. */
function underWay(write: Promise<void>): Promise<void> {
  write.catch(() => undefined)
  return write
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
