import type { Store } from '../store/store.ts'
import type { Buffer } from './buffer.ts'
import { mongoBuffer } from './mongo-buffer.ts'
import { openRedisBuffer, type RedisBufferOptions } from './redis/redis-buffer.ts'

interface BufferOptions extends Pick<RedisBufferOptions, 'workspace' | 'log'> {
  readonly redisUrl: string | undefined
}

/** The buffer in Redis where one is named, else in the store itself. @throws when Redis cannot be reached */
export async function openBuffer(store: Store, options: BufferOptions): Promise<Buffer> {
  const { redisUrl, workspace, log } = options
  return redisUrl ? openRedisBuffer(redisUrl, store, { workspace, log }) : mongoBuffer(store)
}
