import type { Collection } from './catalog.ts'
import { createIdFilter, type IdFilter } from './id-filter.ts'
import type { Store } from './store.ts'
import { ALL_KEYS } from './tree.ts'

/** Ids that are read before others get their turn, and how long that lasts: nobody waits for the filter. */
const IDS_PER_TURN = 1_000
const TURN_MS = 10

/**
 * Makes the id filter of a collection; from its first moment on every insert adds to it.
 * @returns none where there is no such collection, it went away meanwhile, or has too many ids
 */
export async function buildIdFilter(
  { tree, catalog }: Pick<Store, 'tree' | 'catalog'>,
  database: string,
  name: string,
): Promise<IdFilter | undefined> {
  const collection = catalog.find(database, name)
  if (!collection) return undefined
  const source = smallest(collection)
  collection.filter?.end()
  const filter = createIdFilter(collection.count)
  collection.filter = filter
  if (!filter) return undefined
  let after: Buffer | undefined
  while (!filter.isOver()) {
    const entries = tree.first(source.table, ALL_KEYS, IDS_PER_TURN, after ? { after } : {})
    for (const { key, value } of entries) filter.add(source.isIndex ? value : key)
    if (entries.length < IDS_PER_TURN) return filter
    after = entries.at(-1)!.key
    await new Promise(resolve => setTimeout(resolve, TURN_MS).unref())
    if (!isAsBefore(catalog.find(database, name), filter, source.table)) filter.end()
  }
  return undefined
}

/** Where all ids stand: in an index of all documents, which is a fraction of them, or else beside the documents. */
function smallest({ table, indexes }: Collection): { table: number; isIndex: boolean } {
  const index = indexes.find(({ ready, sparse, partial }) => ready && !sparse && !partial)
  return index ? { table: index.table, isIndex: true } : { table, isIndex: false }
}

function isAsBefore(collection: Collection | undefined, filter: IdFilter, source: number): boolean {
  if (collection?.filter !== filter) return false
  return collection.table === source || collection.indexes.some(({ table }) => table === source)
}
