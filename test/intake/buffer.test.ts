import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, vi } from 'vitest'
import { besideJournal } from '../../server/intake/beside-journal.ts'
import type { Buffer } from '../../server/intake/buffer.ts'
import { openJournalBuffer } from '../../server/intake/journal/journal-buffer.ts'
import { mongoBuffer } from '../../server/intake/mongo-buffer.ts'
import { openRedisBuffer } from '../../server/intake/redis/redis-buffer.ts'
import { LANES } from '../../server/store/lanes.ts'
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

describe('the buffer in a journal before the store', () => {
  /** The journal is its owner's: whoever else opens a buffer is to work the lanes instead. */
  const openRoom = async (): Promise<BufferRoom> => {
    const store = await freshStore()
    const folder = await mkdtemp(join(tmpdir(), 'orderloom-journal-'))
    const opened: Buffer[] = []
    let owner: Buffer | undefined
    return {
      store,
      async open(name) {
        if (name === 'first') await owner?.close()
        const isOwner = name === 'first'
        const buffer = isOwner
          ? await openJournalBuffer(store, { folder, moved: () => {}, log: quiet })
          : besideJournal(store)
        opened.push(buffer)
        if (isOwner) owner = buffer
        for (let lane = 0; lane < LANES; lane++) {
          if (!isOwner) owner?.leave(lane)
          buffer.hold(lane)
        }
        if (!isOwner && owner) {
          const { count, close } = owner
          const isMoved = async () =>
            (await count()) === (await store.events.countDocuments({ state: 'pending' }))
          await vi.waitUntil(isMoved)
          await close()
        }
        return buffer
      },
      async close() {
        for (const buffer of opened) await buffer.close()
        await store.close()
        await rm(folder, { recursive: true })
      },
    }
  }

  bufferContract(openRoom)
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
