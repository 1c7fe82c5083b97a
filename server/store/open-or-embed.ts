import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Config } from '../config.ts'
import { startEmbeddedStore } from '../embedded/embedded.ts'
import { StartError } from '../embedded/store/start-error.ts'
import { claimOpening } from './claim-folder.ts'
import { findOwner, noteOwner, type Owner, onOwnerGone } from './find-owner.ts'
import { openStore, type Store } from './store.ts'

/** An owner that has just opened the folder writes its address down within moments. */
const OWNER_WAIT_MS = 60_000
const LOOK_EVERY_MS = 100

export interface OpenedStore {
  readonly store: Store
  /** It is the embedded one and was opened by this process, so nobody else was on it before. */
  readonly ownsStore: boolean
  close(): Promise<void>
}

/**
 * Opens the store on MONGODB_URI, or starts the embedded one in the data folder. Where another process has that one
 * open already, a web or worker process shares it.
 * @param lost called when the process is gone that serves this one the store
 * @throws when MongoDB cannot be reached, or a process that is to do everything finds the data folder in use
 */
export async function openOrEmbed(config: Config, lost: () => void = () => {}): Promise<OpenedStore> {
  const { mongoUri, dataDir, role } = config
  if (mongoUri) {
    const store = await openStore(mongoUri)
    return { store, ownsStore: false, close: () => store.close() }
  }
  const folder = join(dataDir, 'store')
  await mkdir(join(folder, 'run'), { recursive: true, mode: 0o700 })
  for (const deadline = Date.now() + OWNER_WAIT_MS; ; await sleep(LOOK_EVERY_MS)) {
    const owner = await findOwner(folder)
    try {
      if (owner && role !== 'all') return await share(owner, lost)
      const opened = await own(folder, owner)
      if (opened) return opened
    } catch (error) {
      // Its owner may have just gone.
      if (!owner || (await findOwner(folder))?.name === owner.name) throw error
    }
    if (role === 'all' || Date.now() > deadline) throw inUse(folder, owner)
  }
}

/** Null where another process opens the store or has it open. */
async function own(folder: string, owner: Owner | null): Promise<OpenedStore | null> {
  const release = await claimOpening(folder, owner?.name)
  if (!release) return null
  try {
    const embedded = await startEmbeddedStore({ dataDir: folder })
    const store = await openStore(embedded.uri, embedded.line)
    // Last: whoever reads it finds collections, indexes and lanes in place.
    const forget = await noteOwner(folder, embedded.uri)
    return {
      store,
      ownsStore: true,
      async close() {
        await forget()
        await store.close()
        await embedded.close()
        await release()
      },
    }
  } catch (error) {
    await release()
    throw error
  }
}

function inUse(folder: string, owner: Owner | null): StartError {
  const who = owner ? ` (${owner.name})` : ''
  return new StartError(
    'DATA_FOLDER_IN_USE',
    `The data folder ${folder} is in use by another process${who}. ` +
      'Stop that process, start this one as ROLE=web or ROLE=worker beside it, or give it a data folder of its own.',
  )
}

async function share(owner: Owner, lost: () => void): Promise<OpenedStore> {
  const store = await openStore(owner.uri)
  const stopWatching = onOwnerGone(owner, lost)
  return {
    store,
    ownsStore: false,
    async close() {
      stopWatching()
      await store.close()
    },
  }
}
