import { randomBytes } from 'node:crypto'
import { mongoError } from '../errors.ts'
import type { Batch, Reader } from './reader.ts'

/** How long a cursor may lie idle before it is dropped. */
const IDLE_LIMIT_MS = 10 * 60_000

interface OpenCursor {
  namespace: string
  reader: Reader
  usedAt: number
  neverExpires: boolean
}

/** Results that are fetched in several batches. */
export interface Cursors {
  /** Keeps a reader for later batches and answers its cursor's id. */
  keep(namespace: string, reader: Reader, neverExpires: boolean): bigint
  /** The next batch, and whether more may come. Throws CursorNotFound. */
  next(id: bigint, namespace: string, batchSize: number): Promise<Batch>
  /** Whether there was such a cursor. */
  kill(id: bigint): boolean
  size(): number
}

export function createCursors(): Cursors {
  const open = new Map<bigint, OpenCursor>()

  function dropIdle(now: number): void {
    for (const [id, cursor] of open)
      if (!cursor.neverExpires && now - cursor.usedAt > IDLE_LIMIT_MS) open.delete(id)
  }

  return {
    keep(namespace, reader, neverExpires) {
      const now = Date.now()
      dropIdle(now)
      const id = randomBytes(8).readBigUInt64BE() >> 1n || 1n
      open.set(id, { namespace, reader, usedAt: now, neverExpires })
      return id
    },

    async next(id, namespace, batchSize) {
      const cursor = open.get(id)
      if (!cursor) throw mongoError('CursorNotFound', `cursor id ${id} not found`)
      if (cursor.namespace !== namespace)
        throw mongoError(
          'UnauthorizedOperation',
          `Requested getMore on namespace '${namespace}', but cursor belongs to a different namespace ${cursor.namespace}`,
        )
      cursor.usedAt = Date.now()
      try {
        const batch = await cursor.reader(batchSize)
        if (batch.isLast) open.delete(id)
        return batch
      } catch (error) {
        open.delete(id)
        throw error
      }
    },

    kill: id => open.delete(id),
    size: () => open.size,
  }
}
