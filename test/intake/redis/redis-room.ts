import { openRedisBuffer, type RedisBuffer } from '../../../server/intake/redis/redis-buffer.ts'
import type { Store } from '../../../server/store/store.ts'
import { freshStore } from '../../support/embedded.ts'
import { quiet, type RedisServer } from '../../support/redis.ts'

/** A store and a workspace of their own on a shared Redis. */
export interface RedisRoom {
  readonly store: Store
  /** What every key begins with. */
  readonly prefix: string
  /** The buffer as the process of this name has it; closed by the room. */
  open(consumer: string, rememberMs?: number): Promise<RedisBuffer>
  close(): Promise<void>
}

let count = 0

export async function redisRoom(redis: RedisServer): Promise<RedisRoom> {
  const store = await freshStore()
  const workspace = `room${++count}`
  const opened: RedisBuffer[] = []
  return {
    store,
    prefix: `orderloom:${workspace}`,
    async open(consumer, rememberMs) {
      const buffer = await openRedisBuffer(redis.url, store, { workspace, consumer, log: quiet, rememberMs })
      opened.push(buffer)
      return buffer
    },
    async close() {
      for (const buffer of opened) await buffer.close()
      await store.close()
    },
  }
}
