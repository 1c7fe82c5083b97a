import { openStore, type Store } from '../../../server/embedded/store/store.ts'
import { openTree } from '../../../server/embedded/store/tree.ts'
import { temporaryFolder } from './running-store.ts'

/** The owner of a folder that nobody else knows. */
const SOLE_OWNER = { check() {}, release() {} }

/** A store without a server; `reopen` closes and opens it again, as a restart does. */
export function openFolder(): { store: Store; reopen(): Promise<Store>; close(): Promise<void> } {
  const folder = temporaryFolder()
  let tree = openTree(folder, 'commit')
  let store = openStore(tree, SOLE_OWNER)
  async function close(): Promise<void> {
    await store.close()
    await tree.close()
  }
  return {
    store,
    async reopen() {
      await close()
      tree = openTree(folder, 'commit')
      store = openStore(tree, SOLE_OWNER)
      return store
    },
    close,
  }
}
