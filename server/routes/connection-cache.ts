import { errors } from '../errors.ts'
import type { ConnectionDoc } from '../store/connection-doc.ts'
import type { Store } from '../store/store.ts'

const FRESH_MS = 1_000
const MAX_KEPT = 1_000

/** Connections for the way orders come in, where reading one from the store each time would cost a round trip per request. */
export interface ConnectionCache {
  /** At most a second old where another process changed it. @throws errors.NotFound */
  find(id: string): Promise<ConnectionDoc>
  /** Called after a change in this process. */
  forget(id: string): void
}

export function connectionCache(store: Store, now: () => number = Date.now): ConnectionCache {
  const kept = new Map<string, { connection: Promise<ConnectionDoc | null>; until: number }>()

  async function find(id: string): Promise<ConnectionDoc> {
    let entry = kept.get(id)
    if (!entry || entry.until <= now()) {
      if (kept.size >= MAX_KEPT) kept.clear()
      entry = { connection: store.connections.findById(id).lean().exec(), until: now() + FRESH_MS }
      kept.set(id, entry)
    }
    const connection = await entry.connection.catch(error => {
      kept.delete(id)
      throw error
    })
    if (connection) return connection
    // Somebody may be about to add it.
    kept.delete(id)
    throw new errors.NotFound('连接', id, 'connection', id)
  }

  return { find, forget: id => void kept.delete(id) }
}
