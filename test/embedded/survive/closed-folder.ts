import { cpSync } from 'node:fs'
import { join } from 'node:path'
import type { Document } from 'bson'
import { decode, encode } from '../../../server/embedded/bson/codec.ts'
import { openStore, type Store } from '../../../server/embedded/store/store.ts'
import { ALL_KEYS, openTree, type Tree } from '../../../server/embedded/store/tree.ts'
import { temporaryFolder } from '../support/running-store.ts'

/** The owner of a folder that nobody else knows. */
const SOLE_OWNER = { check() {}, release() {} }

/** Enough for branch pages, leaves, and values that take pages of their own. */
const DOCUMENTS = 600

export interface OpenStore {
  store: Store
  close(): Promise<void>
}

/** Opens a folder in this thread, without a server. */
export function openWithoutServer(folder: string): OpenStore {
  const tree = openTree(folder, 'commit')
  const store = orClose(tree)
  return {
    store,
    async close() {
      await store.close()
      await tree.close()
    },
  }
}

function orClose(tree: Tree): Store {
  try {
    return openStore(tree, SOLE_OWNER)
  } catch (error) {
    void tree.close()
    throw error
  }
}

/** A folder with a collection, an index and documents small and large; it is still open. */
export async function filledFolder(): Promise<OpenStore & { folder: string }> {
  const folder = join(temporaryFolder(), 'data')
  const opened = openWithoutServer(folder)
  const { catalog, commits, documents } = opened.store
  await commits.submit(() => {
    const collection = catalog.create('t', 'c')
    catalog.addIndex(collection, { name: 'name', key: { name: 1 } }, true)
    for (let i = 0; i < DOCUMENTS; i++)
      documents.insert(
        collection,
        encode({ _id: i, name: `name ${i}`, text: 'x'.repeat(i % 50 ? 60 : 9000) }),
      )
    return { done: undefined }
  })
  return { ...opened, folder }
}

/** The same, closed in order. */
export async function closedFolder(): Promise<string> {
  const { folder, close } = await filledFolder()
  await close()
  return folder
}

/** A copy to be damaged. */
export function copyOf(folder: string): string {
  const copy = join(temporaryFolder(), 'data')
  cpSync(folder, copy, { recursive: true })
  return copy
}

/** Everything in the collection, read by its table and by its index. */
export function readAll({ store }: OpenStore): Document[] {
  const { table, indexes } = store.catalog.find('t', 'c')!
  const all = Number.POSITIVE_INFINITY
  const entries = store.tree.first(indexes[0]!.table, ALL_KEYS, all)
  if (entries.length !== DOCUMENTS) throw new Error(`the index has ${entries.length} entries`)
  return store.tree.first(table, ALL_KEYS, all).map(({ value }) => decode(value))
}
