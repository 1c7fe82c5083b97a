import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server } from 'socket.io'
import { io, type Socket } from 'socket.io-client'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { News } from '../../server/cluster/news.ts'
import { redisNews } from '../../server/cluster/redis-news.ts'
import { openSocketAdapter } from '../../server/live/socket-adapter.ts'
import { type RedisServer, startRedis } from '../support/redis.ts'
import { eventually } from '../support/store-room.ts'

let redis: RedisServer
let closes: (() => Promise<unknown>)[] = []

beforeAll(async () => {
  redis = await startRedis()
})
afterAll(() => redis.close())
afterEach(async () => {
  for (const close of closes.reverse()) await close()
  closes = []
})

const warned: string[] = []
const log = { warn: (_details: object, message: string) => warned.push(message) }

async function open(name: string, ...others: string[]): Promise<News> {
  const members = { name, others: () => others.map(each => ({ name: each, role: 'all' as const })) }
  const news = await redisNews(redis.url, { members, log })
  closes.push(() => news.close())
  return news
}

function heardBy(news: News): unknown[] {
  const heard: unknown[] = []
  news.on('plans', message => heard.push(message))
  return heard
}

/** The sockets of one web process. */
async function web(news: News) {
  const sockets = await openSocketAdapter({ redisUrl: redis.url, news, log })
  const http = createServer()
  const server = new Server(http, { adapter: sockets.adapter })
  server.on('connection', socket => socket.join('room'))
  await new Promise<void>(resolve => http.listen(0, '127.0.0.1', resolve))
  closes.push(async () => {
    await server.close()
    await sockets.close()
  })
  const page: Socket = io(`http://127.0.0.1:${(http.address() as AddressInfo).port}`, {
    transports: ['websocket'],
    reconnection: false,
  })
  closes.push(async () => page.disconnect())
  const heard: unknown[] = []
  page.on('said', message => heard.push(message))
  await new Promise(resolve => page.on('connect', () => resolve(undefined)))
  const asked: unknown[] = []
  server.on('here', message => asked.push(message))
  return { server, heard, asked }
}

describe('news by way of Redis', () => {
  it('reach the other processes in order, and not the one that told them', async () => {
    const a = await open('a:1:x', 'b:1:x')
    const b = await open('b:1:x', 'a:1:x')
    const [byA, byB] = [heardBy(a), heardBy(b)]
    for (let count = 0; count < 50; count++) a.tell('plans', count)
    await eventually('heard', () => byB.length === 50)
    expect(byB).toEqual(Array.from({ length: 50 }, (_, count) => count))
    expect(byA).toEqual([])
  })

  it('of another installation on the same Redis are not heard', async () => {
    const stranger = await open('z:1:x', 'y:1:x')
    const a = await open('a:1:x', 'b:1:x')
    const b = await open('b:1:x', 'a:1:x')
    const heard = heardBy(b)
    stranger.tell('plans', 'not yours')
    a.tell('plans', 'yours')
    await eventually('heard', () => heard.length > 0)
    expect(heard).toEqual(['yours'])
  })

  it('and messages between sockets come back with Redis, and end no process while it is away', async () => {
    const a = await open('a:1:x', 'b:1:x')
    const b = await open('b:1:x', 'a:1:x')
    const heard = heardBy(b)
    const [one, two] = [await web(a), await web(b)]
    await eventually('the sockets are one', () => {
      one.server.to('room').emit('said', 1)
      one.server.serverSideEmit('here', 1)
      return two.heard.length > 0 && two.asked.length > 0
    })
    warned.length = 0
    await redis.kill()
    for (let count = 0; count < 20; count++) {
      a.tell('plans', 'into the void')
      one.server.to('room').emit('said', 2)
      one.server.serverSideEmit('here', 2)
      await new Promise(resolve => setTimeout(resolve, 20))
    }
    expect(warned).toContain('Redis does not carry news to other processes now')
    await redis.start()
    two.heard.length = 0
    two.asked.length = 0
    await eventually('all is back', () => {
      a.tell('plans', 'again')
      one.server.to('room').emit('said', 3)
      one.server.serverSideEmit('here', 3)
      return heard.includes('again') && two.heard.includes(3) && two.asked.includes(3)
    })
    expect(heard).not.toContain('into the void')
  })
})
