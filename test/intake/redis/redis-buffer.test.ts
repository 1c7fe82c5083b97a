import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type RedisServer, startRedis } from '../../support/redis.ts'
import { eventually } from '../../support/store-room.ts'
import { anEvent } from '../buffer-contract.ts'
import { type RedisRoom, redisRoom } from './redis-room.ts'

let redis: RedisServer
let room: RedisRoom
beforeAll(async () => {
  redis = await startRedis()
})
afterAll(() => redis.close())
beforeEach(async () => {
  room = await redisRoom(redis)
})
afterEach(() => room.close())

const events = (count: number, lane = 0) => Array.from({ length: count }, (_, i) => anEvent(`E${i}`, lane))
const idsOf = (given: readonly { readonly _id: string }[]) => given.map(event => event._id)

/** The fields of an answer that lists names and values in turn. */
function fieldsOf(answer: unknown): Record<string, unknown> {
  if (!Array.isArray(answer)) return answer as Record<string, unknown>
  return Object.fromEntries(
    answer.flatMap((value, at) => (at % 2 === 0 ? [[String(value), answer[at + 1]]] : [])),
  )
}

async function groupOf(lane: number): Promise<Record<string, unknown>> {
  const groups = (await redis.command('XINFO', 'GROUPS', `${room.prefix}:lane:${lane}`)) as unknown[]
  return fieldsOf(groups[0])
}

describe('the buffer in Redis', () => {
  it('keeps nothing of what is worked off but its id, and that for a time', async () => {
    const buffer = await room.open('a')
    await buffer.append(events(50, 3))
    await buffer.settle([{ events: await buffer.next([3], 100), state: 'done' }])
    expect(await redis.command('XLEN', `${room.prefix}:lane:3`)).toBe(0)
    expect(await groupOf(3)).toMatchObject({ name: 'engine', pending: 0, consumers: 1 })
    const daysLeft = Number(await redis.command('PTTL', `${room.prefix}:id:E7`)) / 86_400_000
    expect(daysLeft).toBeGreaterThan(0.99)
    expect(daysLeft).toBeLessThanOrEqual(1)
  })

  it('remembers the id of an event that waits for as long as it waits', async () => {
    const buffer = await room.open('a', 1)
    await buffer.append(events(2))
    expect(await redis.command('PTTL', `${room.prefix}:id:E1`)).toBe(-1)
  })

  it('does not work an event again that is repeated after its id was forgotten', async () => {
    const buffer = await room.open('a', 1)
    const [event] = events(1)
    await buffer.append([event!])
    await buffer.settle([{ events: await buffer.next([0], 10), state: 'done' }])
    await eventually(
      'the id is forgotten',
      async () => (await redis.command('EXISTS', `${room.prefix}:id:E0`)) === 0,
    )
    expect(await buffer.append([event!, anEvent('new')])).toEqual([false, false])
    expect(idsOf(await buffer.next([0], 10))).toEqual(['new'])
    expect(await buffer.count()).toBe(1)
  })

  it('ends exactly once when a process dies between writing to the store and taking out of Redis', async () => {
    const dying = await room.open('dying')
    await dying.append(events(4))
    const given = await dying.next([0], 3)
    await room.store.events.collection.insertMany(
      given.slice(0, 2).map(each => ({ ...each, state: 'done' })) as [],
    )
    const successor = await room.open('successor')
    expect(idsOf(await successor.begun(0, ['E0', 'E1', 'E2'], new Date()))).toEqual(['E2'])
    expect(idsOf(await successor.next([0], 10))).toEqual(['E2', 'E3'])
    expect(await successor.count()).toBe(2)
  })

  it('takes over the entries of a dead consumer and removes its name', async () => {
    const dead = await room.open('dead')
    await dead.append(events(5))
    await dead.next([0], 4)
    expect(await groupOf(0)).toMatchObject({ pending: 4 })
    const heir = await room.open('heir')
    expect(await heir.next([0], 10)).toHaveLength(5)
    const consumers = (await redis.command(
      'XINFO',
      'CONSUMERS',
      `${room.prefix}:lane:0`,
      'engine',
    )) as unknown[]
    expect(consumers.map(fieldsOf)).toMatchObject([{ name: 'heir', pending: 5 }])
  })

  it('lets no entry get stuck with a worker that lost its lane and reads once more', async () => {
    const late = await room.open('late')
    const owner = await room.open('owner')
    await late.append(events(2))
    await late.next([0], 1)
    expect(await owner.next([0], 10)).toHaveLength(2)
    await owner.settle([{ events: await owner.next([0], 10), state: 'done' }])
    await late.append([anEvent('X'), anEvent('Y')])
    // Does not know yet that it lost the lane; what it is given has to come to the owner all the same.
    await late.next([0], 2)
    expect(idsOf(await owner.next([0], 10))).toEqual(['X', 'Y'])
    await owner.settle([{ events: await owner.next([0], 10), state: 'done' }])
    expect(await owner.count()).toBe(0)
  })

  it('moves what is pending in the store into the streams when it is opened, once', async () => {
    const left = events(3, 2)
    await room.store.events.collection.insertMany(left.map(each => ({ ...each })) as [])
    const [first, second] = await Promise.all([room.open('a'), room.open('b')])
    expect(await first.count()).toBe(3)
    expect(await second.append([left[0]!])).toEqual([true])
    expect(await first.next([2], 10)).toEqual(left)
    await first.settle([{ events: left, state: 'done' }])
    expect(await room.store.events.countDocuments({ state: 'done' })).toBe(3)
    expect(await (await room.open('c')).count()).toBe(0)
  })

  it('goes on when Redis was emptied, and tells how many accepted events that may have cost', async () => {
    const buffer = await room.open('a')
    await buffer.append(events(8))
    await buffer.next([0], 2)
    expect(buffer.warnings()).toEqual([])
    await redis.command('FLUSHALL')
    // What had been given is worked to its end.
    expect(await buffer.next([0], 2)).toHaveLength(2)
    await buffer.settle([{ events: await buffer.next([0], 2), state: 'done' }])
    expect(await buffer.next([0], 2)).toEqual([])
    await buffer.append([anEvent('new')])
    expect(buffer.warnings()).toMatchObject([{ code: 'REDIS_LOST_ENTRIES' }])
    expect(buffer.warnings()[0]!.message).toContain('最多 7 条')
    expect(idsOf(await buffer.next([0], 2))).toEqual(['new'])
  })

  it('works when Redis has forgotten its scripts', async () => {
    const buffer = await room.open('a')
    await redis.command('SCRIPT', 'FLUSH')
    await buffer.append(events(2))
    await redis.command('SCRIPT', 'FLUSH')
    expect(await buffer.next([0], 10)).toHaveLength(2)
  })

  it('removes what somebody else wrote into a stream instead of stopping at it', async () => {
    const buffer = await room.open('a')
    for (const fields of [
      ['hello', 'world'],
      ['event', 'no json', 'body', ''],
      ['event', '{}', 'body', ''],
    ])
      await redis.command('XADD', `${room.prefix}:lane:0`, '*', ...fields)
    await buffer.append([anEvent('ours')])
    expect(idsOf(await buffer.next([0], 2))).toEqual(['ours'])
    expect(await buffer.count()).toBe(1)
  })

  it('refuses new events while the memory is full, and can still be worked off', async () => {
    const buffer = await room.open('a')
    await buffer.append(events(3))
    await redis.command('CONFIG', 'SET', 'maxmemory', '1mb')
    try {
      await expect(buffer.append([anEvent('late')])).rejects.toMatchObject({
        code: 'BUFFER_UNREACHABLE',
        statusCode: 503,
        message: expect.stringMatching(/内存已用满.*its memory is full/),
      })
      const heir = await room.open('heir')
      await heir.settle([{ events: await heir.next([0], 10), state: 'done' }])
      expect(await heir.count()).toBe(0)
    } finally {
      await redis.command('CONFIG', 'SET', 'maxmemory', '0')
    }
    expect(await buffer.append([anEvent('late')])).toEqual([false])
  })

  it('puts an event back as it was when it cannot be sent on its way again', async () => {
    const buffer = await room.open('a')
    await buffer.append(events(1))
    await buffer.setAside((await buffer.next([0], 1))[0]!, 'Error: no', undefined)
    await redis.command('CONFIG', 'SET', 'maxmemory', '1mb')
    try {
      await expect(buffer.requeue('E0')).rejects.toMatchObject({ code: 'BUFFER_UNREACHABLE' })
      expect(await room.store.events.findById('E0').lean()).toMatchObject({
        state: 'failed',
        error: 'Error: no',
      })
    } finally {
      await redis.command('CONFIG', 'SET', 'maxmemory', '0')
    }
    expect(await buffer.requeue('E0')).toBe(0)
    expect(await buffer.next([0], 10)).toHaveLength(1)
  })
})
