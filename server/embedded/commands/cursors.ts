import { randomBytes } from 'node:crypto'
import { mongoError } from '../errors.ts'
import type { Batch, Reader } from './reader.ts'

/** How long a cursor may lie idle before it is dropped. */
const IDLE_LIMIT_MS = 10 * 60_000

interface OpenCursor {
  isBusy: boolean
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

/** No cursors yet; `now` is the clock, in milliseconds. */
export function createCursors(now: () => number = Date.now): Cursors {
  const open = new Map<bigint, OpenCursor>()

  function dropIdle(at: number): void {
    for (const [id, cursor] of open) if (isIdle(cursor, at)) open.delete(id)
  }

  return {
    keep(namespace, reader, neverExpires) {
      dropIdle(now())
      const id = randomBytes(8).readBigUInt64BE() >> 1n || 1n
      open.set(id, { isBusy: false, namespace, reader, usedAt: now(), neverExpires })
      return id
    },

    async next(id, namespace, batchSize) {
      const cursor = open.get(id)
      if (cursor && isIdle(cursor, now())) open.delete(id)
      if (!cursor || !open.has(id)) throw mongoError('CursorNotFound', `cursor id ${id} not found`)
      if (cursor.namespace !== namespace)
        throw mongoError(
          'Unauthorized',
          `Requested getMore on namespace '${namespace}', but cursor belongs to a different namespace ${cursor.namespace}`,
        )
      if (cursor.isBusy) throw mongoError('CursorInUse', `cursor id ${id} is already in use`)
      cursor.isBusy = true
      try {
        const batch = await cursor.reader(batchSize)
        if (batch.isLast) open.delete(id)
        return batch
      } catch (error) {
        open.delete(id)
        throw error
      } finally {
        cursor.isBusy = false
        cursor.usedAt = now()
      }
    },

    kill: id => open.delete(id),
    size: () => open.size,
  }
}

function isIdle({ isBusy, neverExpires, usedAt }: OpenCursor, at: number): boolean {
  return !isBusy && !neverExpires && at - usedAt > IDLE_LIMIT_MS
}
