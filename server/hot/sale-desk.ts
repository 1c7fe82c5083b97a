import { errors } from '../errors.ts'
import type { FreezeDoc } from '../store/freeze-doc.ts'
import { insertNew } from '../store/insert-new.ts'
import type { Store } from '../store/store.ts'
import { freezeDocuments } from '../world/live/freeze-documents.ts'
import type { Places } from '../world/live/places.ts'

/** A line may be written so long after its instant. */
const LATE_MS = 3_600_000

/** The book of frozen SKUs: which are off sale, and how they come back. */
export interface SaleDesk {
  /** What is off sale now, the newest first. */
  frozen(): Promise<readonly FreezeDoc[]>
  /**
   * Puts a SKU back on sale at the shops it was taken off at: a call each, or a task where no call gets through.
   * Asked twice it is done once. @throws errors.NotFrozen
   */
  putBack(sku: string, by: string): Promise<FreezeDoc>
  /** Puts back what was to be off sale until now at most. */
  sweep(now: Date): Promise<void>
}

export function saleDesk(store: Store, places: Pick<Places, 'connection'>, workspace: string): SaleDesk {
  async function frozen(): Promise<readonly FreezeDoc[]> {
    const last = await store.freezes.aggregate<{ line: FreezeDoc }>([
      { $match: { workspace } },
      { $sort: { sku: 1, at: -1 } },
      { $group: { _id: '$sku', line: { $first: '$$ROOT' } } },
      { $match: { 'line.action': 'freeze' } },
      { $sort: { 'line.at': -1 } },
    ])
    return last.map(each => each.line)
  }

  /** What goes out first, the line last: after a crash in between it is done again under the same keys. */
  async function lift(line: FreezeDoc, by: string, now: Date): Promise<FreezeDoc> {
    const { sku } = line
    const { freeze, calls, tasks } = freezeDocuments(
      {
        key: `${line._id}/lift`,
        action: 'unfreeze',
        sku,
        reason: '',
        run: line.run,
        by,
        sellers: line.places.map(({ connection, name }) => ({ id: connection, name })),
        assignee: '',
      },
      workspace,
      places.connection,
      now,
    )
    await insertNew(store.outbox, calls)
    await insertNew(store.tasks, tasks)
    await insertNew(store.freezes, [freeze])
    return freeze
  }

  let sweptUntil = 0

  return {
    frozen,

    async putBack(sku, by) {
      const [last] = await store.freezes.find({ workspace, sku }).sort({ at: -1 }).limit(1).lean()
      if (last?.action !== 'freeze') throw new errors.NotFrozen(sku, sku)
      return lift(last as FreezeDoc, by, new Date())
    },

    async sweep(now) {
      const isDue = { $gt: new Date(sweptUntil - LATE_MS), $lte: now }
      if (await store.freezes.exists({ workspace, until: isDue }))
        for (const line of await frozen()) if (line.until && line.until <= now) await lift(line, 'timer', now)
      sweptUntil = now.getTime()
    },
  }
}
