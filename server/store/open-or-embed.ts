import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from '../config.ts'
import { startEmbeddedStore } from '../embedded/embedded.ts'
import { openStore, type Store } from './store.ts'

/**
 * Opens the store on MONGODB_URI, or starts the embedded one in the data folder.
 * @throws when MongoDB cannot be reached, or another process uses the data folder
 */
export async function openOrEmbed(config: Config): Promise<{ store: Store; close(): Promise<void> }> {
  const { mongoUri, dataDir } = config
  if (mongoUri) {
    const store = await openStore(mongoUri)
    return { store, close: () => store.close() }
  }
  const folder = join(dataDir, 'store')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const embedded = await startEmbeddedStore({ dataDir: folder })
  const store = await openStore(embedded.uri)
  return {
    store,
    async close() {
      await store.close()
      await embedded.close()
    },
  }
}
