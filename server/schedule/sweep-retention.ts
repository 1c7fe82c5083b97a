import type { Model } from 'mongoose'
import { inAllOutcomes } from '../store/all-outcomes.ts'
import type { Store } from '../store/store.ts'

const CHUNK = 2_000

/**
 * Forgets what is over and older than the retention: events that were worked off, runs that ended. What still
 * waits for something is kept however old it is, and so are orders, stock and ledger.
 * @returns how many documents went
 */
export async function sweepRetention(store: Store, retentionDays: number, now = new Date()): Promise<number> {
  const before = new Date(now.getTime() - retentionDays * 86_400_000)
  const events = await removeAll(store.events, { state: 'done', receivedAt: { $lt: before } })
  const runs = await removeAll(store.runs, {
    ...(await inAllOutcomes(store)),
    status: { $in: ['done', 'failed'] },
    finishedAt: { $lt: before },
  })
  return events + runs
}

// In portions: one delete of a million documents would hold up the orders behind it.
async function removeAll<T>(model: Model<T>, filter: object): Promise<number> {
  for (let removed = 0; ; ) {
    const found = await model.collection.find(filter, { projection: { _id: 1 }, limit: CHUNK }).toArray()
    if (found.length === 0) return removed
    const { deletedCount } = await model.collection.deleteMany({
      ...filter,
      _id: { $in: found.map(each => each._id) },
    })
    removed += deletedCount
  }
}
