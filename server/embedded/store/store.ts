import { type Catalog, type Collection, openCatalog } from './catalog.ts'
import { type CommitQueue, createCommitQueue } from './commit-queue.ts'
import { type Documents, documentsIn } from './documents.ts'
import { writeFormat } from './format.ts'
import { type OneAtATime, oneAtATime } from './one-at-a-time.ts'
import type { Ownership } from './owner.ts'
import { openQuery, type Query, type QuerySpec } from './query.ts'
import type { Tree } from './tree.ts'

/** Everything on disk, and the one way to change it: steps submitted to `commits`. */
export interface Store {
  readonly tree: Tree
  readonly catalog: Catalog
  readonly documents: Documents
  readonly commits: CommitQueue
  /** Index builds take their turns, so that two clients who want the same index get one. */
  readonly indexBuilds: OneAtATime
  query(collection: Collection, spec: QuerySpec): Query
  /** Finishes what was submitted and gives the folder back. */
  close(): Promise<void>
}

/** Collections under this name are the unfinished output of an aggregation. */
export const PASSING_PREFIX = 'tmp.agg_out.'

/** The store of a folder this process owns. */
export function openStore(tree: Tree, ownership: Ownership): Store {
  tree.startLog(() => writeFormat(tree))
  const catalog = openCatalog(tree)
  tree.transact(() => dropUnfinished(catalog))
  const commits = createCommitQueue(tree, catalog, ownership)
  return {
    tree,
    catalog,
    documents: documentsIn(tree, catalog),
    commits,
    indexBuilds: oneAtATime(),
    query: (collection, spec) => openQuery(tree, catalog, collection, spec),
    async close() {
      await commits.close()
      catalog.endFilters()
      tree.transact(ownership.release)
    },
  }
}

/** What a killed process left half made: indexes still being filled, outputs not yet renamed. */
function dropUnfinished(catalog: Catalog): void {
  for (const database of catalog.databases())
    for (const collection of catalog.collections(database)) {
      if (collection.name.startsWith(PASSING_PREFIX)) catalog.drop(collection)
      else for (const index of collection.indexes) if (!index.ready) catalog.dropIndex(collection, index)
    }
}
