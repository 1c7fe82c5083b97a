import { afterAll, beforeAll, describe } from 'vitest'
import type { Buffer } from '../../server/intake/buffer.ts'
import { mongoBuffer } from '../../server/intake/mongo-buffer.ts'
import { openRedisBuffer } from '../../server/intake/redis/redis-buffer.ts'
import type { Store } from '../../server/store/store.ts'
import { freshStore } from '../support/embedded.ts'
import { quiet, type RedisServer, startRedis } from '../support/redis.ts'
import { type BufferRoom, bufferContract } from './buffer-contract.ts'

async function roomOf(open: (store: Store, name: string) => Promise<Buffer> | Buffer): Promise<BufferRoom> {
  const store = await freshStore()
  const opened = new Map<string, Buffer>()
  return {
    store,
    async open(name) {
      await opened.get(name)?.close()
      const buffer = await open(store, name)
      opened.set(name, buffer)
      return buffer
    },
    async close() {
      for (const buffer of opened.values()) await buffer.close()
      await store.close()
    },
  }
}

describe('the buffer in the store', () => {
  bufferContract(() => roomOf(mongoBuffer))
})

describe('the buffer in Redis', () => {
  let redis: RedisServer
  let rooms = 0
  beforeAll(async () => {
    redis = await startRedis()
  })
  afterAll(() => redis.close())

  bufferContract(() => {
    const workspace = `room${++rooms}`
    return roomOf((store, consumer) => openRedisBuffer(redis.url, store, { workspace, consumer, log: quiet }))
  })
})
