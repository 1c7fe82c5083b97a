import { encodeValue } from '../bson/key.ts'
import type { Collection } from './catalog.ts'
import type { Index } from './index-spec.ts'
import type { Store } from './store.ts'

/** Documents removed in one transaction. */
const DOCUMENTS_PER_STEP = 1000

/** Removes every document whose time is up by its TTL indexes. */
export async function removeExpired(store: Store, now: Date): Promise<void> {
  for (const database of store.catalog.databases())
    for (const { name, indexes } of store.catalog.collections(database))
      for (const { table, spec, ready } of indexes)
        if (ready && spec.expireAfterSeconds !== undefined)
          await removeByIndex(store, database, name, table, now)
}

async function removeByIndex(store: Store, database: string, name: string, table: number, now: Date) {
  let left = true
  while (left) {
    left = await store.commits.submit(() => {
      const collection = store.catalog.find(database, name)
      const index = collection?.indexes.find(candidate => candidate.table === table)
      return { done: collection && index ? removeSome(store, collection, index, now) : false }
    })
  }
}

/** Answers whether there may be more. A document with several dates goes by the earliest, as in MongoDB. */
function removeSome(store: Store, collection: Collection, index: Index, now: Date): boolean {
  const ids = expiredIds(store, index, now)
  for (const idKey of ids) {
    const raw = store.tree.get(collection.table, idKey)
    if (raw) store.documents.remove(collection, { idKey, raw })
  }
  return ids.length === DOCUMENTS_PER_STEP
}

function expiredIds(store: Store, index: Index, now: Date): Buffer[] {
  const field = index.fields[0]!
  const deadline = new Date(now.getTime() - Number(index.spec.expireAfterSeconds) * 1000)
  const atDeadline = encodeValue(deadline, field.direction)
  const dates = atDeadline[0]!
  const range =
    field.direction === 1
      ? { lower: Buffer.of(dates), upper: atDeadline }
      : { lower: atDeadline, upper: Buffer.of(dates + 1) }
  return store.tree.first(index.table, range, DOCUMENTS_PER_STEP).map(entry => entry.value)
}
