import type { AnyBulkWriteOperation } from 'mongodb'
import type { Store } from '../store/store.ts'
import type { VelocityDoc } from '../store/velocity-doc.ts'

const PER_ROUND_TRIP = 10_000

/** Units of one SKU sold within one stretch of time. */
export interface Count {
  /** `<workflow>/<sku>` */
  readonly watched: string
  /** When the stretch began, in ms. */
  readonly at: number
  readonly units: number
}

/** Adds to what all processes have counted together, in one write. */
export async function addCounts(store: Store, counts: readonly Count[]): Promise<void> {
  if (counts.length === 0) return
  const operations = counts.map(({ watched, at, units }) => ({
    updateOne: {
      filter: { _id: `${watched}/${at}` },
      update: { $inc: { units }, $setOnInsert: { watched, at: new Date(at) } },
      upsert: true,
    },
  }))
  await store.velocity.collection.bulkWrite(operations as unknown as AnyBulkWriteOperation[], {
    ordered: false,
  })
}

/** What all processes have counted of these, after an instant in ms. */
export async function readCounts(
  store: Store,
  watched: readonly string[],
  since: number,
): Promise<readonly Count[]> {
  const found = store.velocity.collection.find(
    { watched: { $in: [...watched] }, at: { $gt: new Date(since) } },
    { projection: { _id: 0, watched: 1, at: 1, units: 1 }, batchSize: PER_ROUND_TRIP },
  )
  const counts = (await found.toArray()) as unknown as Pick<VelocityDoc, 'watched' | 'at' | 'units'>[]
  return counts.map(each => ({ ...each, at: each.at.getTime() }))
}
