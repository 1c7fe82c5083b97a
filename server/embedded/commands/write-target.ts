import { compileFilter, type Filter } from '../query/filter.ts'
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
  return findTargets(store, collection, spec, { isMany: false, budget: 1 }).now[0]
}

/** Which part of a statement's work is to be done in this transaction. */
export interface Part {
  /** The statement is for all matches, not for the first. */
  isMany: boolean
  /** At most so many documents. */
  budget: number
  /** Keys of the documents an earlier transaction left to do; absent in the first one. */
  rest?: readonly Buffer[]
}

export interface Targets {
  filter: Filter
  /** To be written in this transaction. */
  now: Stored[]
  /** Keys of those for later ones; absent where `now` is all. */
  rest?: readonly Buffer[]
}

/**
 * The documents a statement is to write. All are found before the first one is changed: what the statement
 * writes can then not bring a document before it again.
 */
export function findTargets(
  store: Store,
  collection: Collection | undefined,
  spec: QuerySpec,
  { isMany, budget, rest }: Part,
): Targets {
  if (!collection) return { filter: compileFilter(spec.filter, { let: spec.let }), now: [] }
  if (rest) return remainingTargets(store, collection, spec, rest, budget)
  const query = store.query(collection, spec)
  const now: Stored[] = []
  const later: Buffer[] = []
  query.run(match => {
    if (now.length < budget) now.push(match)
    else later.push(match.idKey)
    return isMany
  })
  return { filter: query.filter, now, rest: later.length > 0 ? later : undefined }
}

/** The next part of what is left, as far as it still matches. */
function remainingTargets(
  store: Store,
  collection: Collection,
  spec: QuerySpec,
  keys: readonly Buffer[],
  budget: number,
): Targets {
  const filter = compileFilter(spec.filter, { let: spec.let })
  const now: Stored[] = []
  for (const idKey of keys.slice(0, budget)) {
    const raw = store.tree.get(collection.table, idKey)
    if (raw && filter.matches(raw)) now.push({ idKey, raw })
  }
  return { filter, now, rest: keys.length > budget ? keys.slice(budget) : undefined }
}
