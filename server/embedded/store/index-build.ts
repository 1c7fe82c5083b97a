import type { Collection } from './catalog.ts'
import type { Step } from './commit-queue.ts'
import { entryChange, refuseDuplicates, writeEntries } from './index-entries.ts'
import type { Index, IndexSpec } from './index-spec.ts'
import type { Store } from './store.ts'
import { ALL_KEYS } from './tree.ts'

/** Documents entered in one transaction before others get their turn. */
const DOCUMENTS_PER_STEP = 2000

/**
 * Builds an index in steps. It exists from the first one on, so that every write meanwhile keeps it up and what
 * has been entered stays right; queries use it when the last step is done.
 */
export async function buildIndex(
  store: Store,
  database: string,
  name: string,
  spec: IndexSpec,
): Promise<void> {
  const table = await store.commits.submit(() => {
    const collection = store.catalog.find(database, name) ?? store.catalog.create(database, name)
    const index = store.catalog.addIndex(collection, spec, collection.count === 0)
    return { done: index.table }
  })
  try {
    await store.commits.submit(fillFrom(undefined))
  } catch (error) {
    await store.commits.submit(() => {
      const { collection, index } = find()
      if (collection && index) store.catalog.dropIndex(collection, index)
      return { done: undefined }
    })
    throw error
  }

  function find(): { collection?: Collection; index?: Index } {
    const collection = store.catalog.find(database, name)
    return { collection, index: collection?.indexes.find(candidate => candidate.table === table) }
  }

  function fillFrom(after: Buffer | undefined): Step<void> {
    return () => {
      const { collection, index } = find()
      if (!collection || !index || index.ready) return { done: undefined }
      const last = enter(store, collection, index, after)
      if (last) return { next: fillFrom(last) }
      index.ready = true
      store.catalog.save(collection)
      return { done: undefined }
    }
  }
}

/** Enters the documents behind a key; answers the last one's key where more may follow. */
function enter(
  store: Store,
  collection: Collection,
  index: Index,
  after: Buffer | undefined,
): Buffer | undefined {
  const batch = store.tree.first(collection.table, ALL_KEYS, DOCUMENTS_PER_STEP, { after })
  for (const { key: idKey, value: raw } of batch) {
    const change = entryChange(index, undefined, raw)
    if (!change) continue
    refuseDuplicates(store.tree, collection, change, idKey, raw)
    writeEntries(store.tree, store.catalog, collection, change, idKey)
  }
  return batch.length === DOCUMENTS_PER_STEP ? batch.at(-1)!.key : undefined
}
