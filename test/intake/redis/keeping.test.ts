import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openRedisBuffer } from '../../../server/intake/redis/redis-buffer.ts'
import type { Store } from '../../../server/store/store.ts'
import { freshStore } from '../../support/embedded.ts'
import { quiet, type RedisServer, startRedis } from '../../support/redis.ts'
import { eventually } from '../../support/store-room.ts'

let redis: RedisServer
let store: Store
beforeAll(async () => {
  redis = await startRedis()
  await redis.command('ACL', 'SETUSER', 'hosted', 'on', '>secret', '~*', '&*', '+@all', '-config')
  await redis.command('ACL', 'SETUSER', 'strict', 'on', '>secret', '~*', '&*', '+@all', '-config', '-info')
})
afterAll(() => redis.close())
beforeEach(async () => {
  store = await freshStore()
})
afterEach(() => store.close())

const set = (settings: Readonly<Record<string, string>>) =>
  redis.command('CONFIG', 'SET', ...Object.entries(settings).flat())

/** The codes this Redis is warned of when it is opened by that user, and what is logged of it. */
async function warned(user = ''): Promise<{ codes: string[]; logged: string[] }> {
  const logged: string[] = []
  const log = { ...quiet, warn: (_details: object, message: string) => void logged.push(message) }
  const url = user === '' ? redis.url : redis.url.replace('//', `//${user}:secret@`)
  const buffer = await openRedisBuffer(url, store, { workspace: 'w', log })
  const codes = buffer.warnings().map(each => each.code)
  await buffer.close()
  return { codes, logged }
}

describe('what Redis is set up to keep', () => {
  it('is fine when every write is on disk before it is answered', async () => {
    await set({ appendonly: 'yes', appendfsync: 'always', 'maxmemory-policy': 'noeviction' })
    expect(await warned()).toEqual({ codes: [], logged: [] })
  })

  it('is warned of when it is written once a second, or when the system likes', async () => {
    await set({ appendonly: 'yes', appendfsync: 'everysec', 'maxmemory-policy': 'noeviction' })
    const { codes, logged } = await warned()
    expect(codes).toEqual(['REDIS_MAY_LOSE_A_SECOND'])
    expect(logged).toEqual([expect.stringMatching(/最后一秒.*appendfsync always.*last second/s)])
    await set({ appendfsync: 'no' })
    expect((await warned()).logged).toEqual([expect.stringContaining('30 秒')])
  })

  it('is warned of when nothing is kept, and when entries may be evicted', async () => {
    await set({ appendonly: 'no', 'maxmemory-policy': 'allkeys-lru' })
    const { codes, logged } = await warned()
    expect(codes).toEqual(['REDIS_NOT_DURABLE', 'REDIS_EVICTS'])
    expect(logged).toHaveLength(2)
    expect(logged[1]).toContain('allkeys-lru')
  })

  it('is said to be unknown as far as Redis does not tell', async () => {
    await set({ appendonly: 'yes', appendfsync: 'always', 'maxmemory-policy': 'volatile-ttl' })
    expect((await warned('hosted')).codes).toEqual(['REDIS_NOT_CHECKED', 'REDIS_EVICTS'])
    expect((await warned('strict')).codes).toEqual(['REDIS_NOT_CHECKED'])
    await set({ appendonly: 'no', 'maxmemory-policy': 'noeviction' })
    expect((await warned('hosted')).codes).toEqual(['REDIS_NOT_DURABLE'])
  })

  it('is looked at again when Redis comes back', async () => {
    await set({ appendonly: 'yes', appendfsync: 'always', 'maxmemory-policy': 'noeviction' })
    const buffer = await openRedisBuffer(redis.url, store, { workspace: 'w', log: quiet })
    expect(buffer.warnings()).toEqual([])
    await set({ appendfsync: 'everysec' })
    await redis.command('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes')
    await eventually('the change is seen', () =>
      buffer.warnings().some(each => each.code === 'REDIS_MAY_LOSE_A_SECOND'),
    )
    await buffer.close()
  })

  it('is not asked for when Redis cannot be reached: the start fails and says where, without the password', async () => {
    const opening = openRedisBuffer('redis://me:secret@127.0.0.1:1/3', store, {
      workspace: 'w',
      log: quiet,
      patienceMs: 300,
    })
    const error = await opening.catch((reason: unknown) => reason)
    expect(String(error)).toMatch(/REDIS_URL.*redis:\/\/127\.0\.0\.1:1\/3.*ECONNREFUSED/)
    expect(String(error)).not.toContain('secret')
  })

  it('is refused as a cluster, where a group could not go into several lanes at once', async () => {
    const cluster = await startRedis({ 'cluster-enabled': 'yes' })
    try {
      const opening = openRedisBuffer(cluster.url, store, { workspace: 'w', log: quiet })
      await expect(opening).rejects.toThrow(/集群.*cluster/s)
    } finally {
      await cluster.close()
    }
  })
})
