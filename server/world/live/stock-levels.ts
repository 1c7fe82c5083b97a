import { findByIds } from '../../store/find-by-ids.ts'
import type { Store } from '../../store/store.ts'

/** Reads what is available under stock ids, in one round trip. Unknown ids have nothing. */
export async function readLevels(store: Store, ids: Iterable<string>): Promise<Map<string, number>> {
  const wanted = [...new Set(ids)]
  const levels = new Map<string, number>()
  if (wanted.length === 0) return levels
  for (const { _id, available } of await findByIds(store.stock, wanted, ['available']))
    levels.set(_id, available)
  return levels
}
