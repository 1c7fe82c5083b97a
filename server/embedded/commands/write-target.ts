import type { Collection } from '../store/catalog.ts'
import type { Stored } from '../store/documents.ts'
import type { QuerySpec } from '../store/query.ts'
import type { Store } from '../store/store.ts'

/** The collection to write to; the first write makes it. Call it inside a step. */
export function collectionFor(store: Store, database: string, name: string): Collection {
  return store.catalog.find(database, name) ?? store.catalog.create(database, name)
}

/** The first match of a query. */
export function firstMatch(store: Store, collection: Collection, spec: QuerySpec): Stored | undefined {
  let found: Stored | undefined
  store.query(collection, spec).run(match => {
    found = match
    return false
  })
  return found
}

export interface Matches {
  /** To be written now. */
  now: Stored[]
  /** Keys of those for later transactions; undefined where `now` is all. */
  rest?: readonly Buffer[]
}

/**
 * Every match of a statement that changes many documents, read before the first one is changed: what the
 * statement writes can then not bring a document before it again.
 */
export function allTargets(store: Store, collection: Collection, spec: QuerySpec, budget: number): Matches {
  const now: Stored[] = []
  const rest: Buffer[] = []
  store.query(collection, spec).run(match => {
    if (now.length < budget) now.push(match)
    else rest.push(match.idKey)
    return true
  })
  return rest.length > 0 ? { now, rest } : { now }
}

/** The next part of what an earlier transaction left, as far as it still matches. */
export function remainingTargets(
  store: Store,
  collection: Collection,
  stillMatches: (raw: Uint8Array) => boolean,
  keys: readonly Buffer[],
  budget: number,
): Matches {
  const now: Stored[] = []
  for (const idKey of keys.slice(0, budget)) {
    const raw = store.tree.get(collection.table, idKey)
    if (raw && stillMatches(raw)) now.push({ idKey, raw })
  }
  return keys.length > budget ? { now, rest: keys.slice(budget) } : { now }
}
