import { errors } from '../errors.ts'
import type { ConnectionDoc } from '../store/connection-doc.ts'
import type { Store } from '../store/store.ts'

const FRESH_MS = 1_000
const MAX_KEPT = 1_000

/** Connections for the way orders come in, where reading one from the store each time would cost a round trip per request. */
export interface ConnectionCache {
  /** At most a second old where another process changed it; at hand at once where it was found before. @throws errors.NotFound */
  find(id: string): ConnectionDoc | Promise<ConnectionDoc>
  /** Called after a change in this process. */
  forget(id: string): void
}

export function connectionCache(store: Store, now: () => number = Date.now): ConnectionCache {
  interface Entry {
    readonly until: number
    readonly reading: Promise<ConnectionDoc | null>
    connection?: ConnectionDoc
  }
  const kept = new Map<string, Entry>()

  async function read(id: string, entry: Entry): Promise<ConnectionDoc> {
    const connection = await entry.reading.catch(error => {
      kept.delete(id)
      throw error
    })
    if (!connection) {
      // Somebody may be about to add it.
      kept.delete(id)
      throw new errors.NotFound('连接', id, 'connection', id)
    }
    entry.connection = connection
    return connection
  }

  return {
    find(id) {
      let entry = kept.get(id)
      if (!entry || entry.until <= now()) {
        if (kept.size >= MAX_KEPT) kept.clear()
        entry = { reading: store.connections.findById(id).lean().exec(), until: now() + FRESH_MS }
        kept.set(id, entry)
      }
      return entry.connection ?? read(id, entry)
    },
    forget: id => void kept.delete(id),
  }
}
