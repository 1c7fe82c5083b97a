import { errors } from '../errors.ts'
import type { ConnectionDoc } from '../store/connection-doc.ts'
import type { Store } from '../store/store.ts'

/** @throws errors.NotFound */
export async function findConnection(store: Store, id: string): Promise<ConnectionDoc> {
  const found = await store.connections.findById(id).lean()
  if (!found) throw new errors.NotFound('连接', id, 'connection', id)
  return found
}
