import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RedisBuffer } from '../../../server/intake/redis/redis-buffer.ts'
import type { EventDoc } from '../../../server/store/event-doc.ts'
import { type RedisServer, startRedis } from '../../support/redis.ts'
import { eventually } from '../../support/store-room.ts'
import { anEvent } from '../buffer-contract.ts'
import { type RedisRoom, redisRoom } from './redis-room.ts'

let redis: RedisServer
let room: RedisRoom
let buffer: RedisBuffer
beforeEach(async () => {
  redis = await startRedis()
  room = await redisRoom(redis)
  buffer = await room.open('a')
})
afterEach(async () => {
  await room.close()
  await redis.close()
})

/** Both its connections are. */
const isBack = (of: RedisBuffer) =>
  eventually('Redis is back', () =>
    Promise.all([of.count(), of.next([7], 1)]).then(
      () => true,
      () => false,
    ),
  )
const codes = () => buffer.warnings().map(each => each.code)

describe('while Redis is away', () => {
  it('everything is refused at once, and goes on by itself when it is back', async () => {
    await buffer.append([anEvent('A'), anEvent('B'), anEvent('C')])
    const [first] = await buffer.next([0], 1)
    await redis.kill()
    const refused = {
      code: 'BUFFER_UNREACHABLE',
      statusCode: 503,
      message: expect.stringContaining('连不上'),
    }
    await expect(buffer.append([anEvent('D')])).rejects.toMatchObject(refused)
    await expect(buffer.next([0], 10)).rejects.toMatchObject(refused)
    await expect(buffer.count()).rejects.toMatchObject(refused)
    // The store has it then, and Redis not yet: it must not be worked again.
    await expect(buffer.settle([{ events: [first!], state: 'done' }])).rejects.toMatchObject(refused)
    expect(codes()).toEqual(['REDIS_AWAY'])

    await redis.start()
    await isBack(buffer)
    expect(codes()).toEqual([])
    expect((await buffer.next([0], 10)).map(event => event._id)).toEqual(['B', 'C'])
    expect(await buffer.append([anEvent('A'), anEvent('D')])).toEqual([true, false])
    expect(await buffer.count()).toBe(3)
  })

  it('what is settled in the store and could not leave Redis does not come again', async () => {
    await buffer.append([anEvent('A'), anEvent('B')])
    const [a] = await buffer.next([0], 2)
    await redis.kill()
    await expect(buffer.settle([{ events: [a!], state: 'done' }])).rejects.toMatchObject({
      code: 'BUFFER_UNREACHABLE',
    })
    await redis.start()
    await isBack(buffer)
    expect((await buffer.next([0], 2)).map(event => event._id)).toEqual(['B'])
    expect(await buffer.count()).toBe(1)
  })

  it('what was answered for before a kill -9 is there after it, each once, in order', async () => {
    const answered: EventDoc[] = []
    const sent: EventDoc[] = []
    const pushing = Array.from({ length: 3 }, async (_, pusher) => {
      for (let group = 0; ; group++) {
        const events = Array.from({ length: 40 }, (_, i) => anEvent(`${pusher}-${group}-${i}`, pusher))
        sent.push(...events)
        try {
          await buffer.append(events)
        } catch {
          return // refused: the killed server answers for none of these
        }
        answered.push(...events)
      }
    })
    await eventually('some are answered', () => answered.length > 1_000)
    await redis.kill()
    await Promise.all(pushing)
    await redis.start()
    await isBack(buffer)

    const got: EventDoc[] = []
    for (
      let given = await buffer.next([0, 1, 2], 500);
      given.length > 0;
      given = await buffer.next([0, 1, 2], 500)
    ) {
      got.push(...given)
      await buffer.settle([{ events: given, state: 'done' }])
    }
    const gotIds = got.map(event => event._id)
    expect(new Set(gotIds).size).toBe(gotIds.length)
    expect(answered.filter(event => !gotIds.includes(event._id))).toEqual([])
    const ofFirst = gotIds.filter(id => id.startsWith('0-'))
    expect(ofFirst).toEqual(
      sent
        .filter(event => event.lane === 0)
        .slice(0, ofFirst.length)
        .map(event => event._id),
    )
    // The callers that were refused come again with the same: what had been taken after all is recognised.
    const again = await buffer.append(sent.map(event => ({ ...event })))
    expect(again.filter(isKnown => isKnown)).toHaveLength(got.length)
    expect(codes()).toEqual([])
  })

  it('a Redis that comes back without its data is told, and worked on with', async () => {
    const forgetful = await startRedis({ appendonly: 'no' })
    const other = await redisRoom(forgetful)
    try {
      const losing = await other.open('a')
      await losing.append(Array.from({ length: 5 }, (_, i) => anEvent(`L${i}`)))
      await forgetful.kill()
      await forgetful.start()
      await eventually('the loss is found', () =>
        losing.warnings().some(each => each.code === 'REDIS_LOST_ENTRIES'),
      )
      await isBack(losing)
      expect(losing.warnings().map(each => each.code)).toEqual(['REDIS_NOT_DURABLE', 'REDIS_LOST_ENTRIES'])
      expect(await losing.append([anEvent('L0')])).toEqual([false])
      expect(await losing.next([0], 10)).toHaveLength(1)
    } finally {
      await other.close()
      await forgetful.close()
    }
  })
})
