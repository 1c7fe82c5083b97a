import type { Store } from '../../store/store.ts'

/** Reads what is available under stock ids, in one round trip. Unknown ids have nothing. */
export async function readLevels(store: Store, ids: Iterable<string>): Promise<Map<string, number>> {
  const wanted = [...new Set(ids)]
  const levels = new Map<string, number>()
  if (wanted.length === 0) return levels
  const found = store.stock.collection.find({ _id: { $in: wanted } } as object, {
    projection: { available: 1 },
    batchSize: wanted.length + 1,
  })
  for (const stock of await found.toArray()) levels.set(String(stock._id), stock.available as number)
  return levels
}
