import { io, type Socket } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openProduct, type ProductRoom } from '../support/product.ts'
import { eventually } from '../support/store-room.ts'
import { aPlainOrder, documentOf } from '../support/warehouse-shop.ts'

interface Flow {
  accepted: number
  decided: number
  failed: number
  waiting: number
}
interface Live {
  at: string
  rates: Flow
  totals: Flow
  backlog: number
  oldestPendingAgeMs: number
  workflows: {
    id: string
    version: number
    nodes: Record<
      string,
      { in: number; ports: Record<string, number>; failed: number; meanMs?: number; waiting?: number }
    >
  }[]
}
interface Decision {
  run: string
  orderId: string
  customer: string
  outcome: string
  status: string
  sentence: { zh: string; en: string }
}

let product: ProductRoom
const sockets: Socket[] = []

beforeAll(async () => {
  product = await openProduct()
  await product.openShop()
})
afterAll(async () => {
  for (const socket of sockets) socket.disconnect()
  await product.close()
})

function watch(options: Record<string, unknown> = {}) {
  const socket = io(product.url, { transports: ['websocket'], reconnection: false, ...options })
  sockets.push(socket)
  const live: { at: number; message: Live }[] = []
  const decisions: Decision[][] = []
  socket.on('live', (message: Live) => live.push({ at: Date.now(), message }))
  socket.on('decisions', (message: Decision[]) => decisions.push(message))
  return { socket, live, decisions }
}

const orders = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, index) =>
    documentOf(
      aPlainOrder({
        id: `${prefix}${index}`,
        phone: `13${prefix.charCodeAt(0)}0${String(index).padStart(6, '0')}`.slice(0, 11),
        sku: 'NONE',
      }),
    ),
  )

describe('the live page', () => {
  it('is told how things stand as soon as it opens, and then only when something happens', async () => {
    const { live, socket } = watch()
    await eventually('the first message', () => live.length > 0)
    expect(live[0]!.message).toMatchObject({ rates: { accepted: 0 }, backlog: 0, workflows: [] })
    await new Promise(resolve => setTimeout(resolve, 600))
    const quiet = live.length
    await new Promise(resolve => setTimeout(resolve, 600))
    expect(live.length).toBe(quiet)
    socket.disconnect()
  })

  it('sees every order counted, at every node, and rates that fall back to zero', async () => {
    const { live, decisions, socket } = watch()
    await eventually('the first message', () => live.length > 0)
    await product.decide(...orders('A', 60))
    await eventually(
      'rates of zero',
      () =>
        live.at(-1)!.message.totals.decided === 60 &&
        Object.values(live.at(-1)!.message.rates).every(rate => rate === 0),
    )
    const { totals, workflows } = live.at(-1)!.message
    expect(totals).toMatchObject({ accepted: 60, decided: 60, failed: 0, waiting: 0 })
    const [counts] = workflows
    expect(counts).toMatchObject({ id: 'warehouse', version: 1 })
    expect(counts!.nodes.received).toMatchObject({ in: 60, ports: { received: 60 }, failed: 0 })
    expect(counts!.nodes.stock!.meanMs).toBeGreaterThan(0)
    expect(counts!.nodes.table!.ports).toEqual({ else: 60 })
    expect(Math.max(...live.map(each => each.message.rates.decided))).toBeGreaterThan(0)
    const told = decisions.flat()
    expect(told.length).toBeGreaterThan(0)
    expect(told[0]).toMatchObject({ customer: '王**', outcome: 'backorder', status: 'done' })
    expect(told[0]!.sentence.zh).toMatch(/等待补货$/)
    expect(Math.max(...decisions.map(each => each.length))).toBeLessThanOrEqual(20)
    socket.disconnect()
  })

  it('gets at most ten messages a second however busy it is', async () => {
    const { live, decisions, socket } = watch()
    await eventually('the first message', () => live.length > 0)
    for (let round = 0; round < 8; round++)
      await product.decide(...orders(String.fromCharCode(66 + round), 150))
    await eventually('rates of zero', () =>
      Object.values(live.at(-1)!.message.rates).every(rate => rate === 0),
    )
    // The first answers the connection; the others come from the one clock.
    const sentAt = live.slice(1).map(each => Date.parse(each.message.at))
    for (const at of sentAt)
      expect(sentAt.filter(other => other >= at && other < at + 1_000).length).toBeLessThanOrEqual(10)
    expect(decisions.flat().length).toBeLessThan(1_200)
    socket.disconnect()
  })

  it('is the same for all who watch', async () => {
    const one = watch()
    const two = watch()
    await eventually('both', () => one.live.length > 0 && two.live.length > 0)
    await product.decide(...orders('x', 5))
    const total = () => product.services.store.events.countDocuments()
    await eventually('the same total', async () => {
      const [a, b] = [one.live.at(-1)!.message.totals.accepted, two.live.at(-1)!.message.totals.accepted]
      return a === b && a === (await total())
    })
    one.socket.disconnect()
    two.socket.disconnect()
  })

  it('is not for pages of other sites', async () => {
    for (const extraHeaders of [{ origin: 'http://evil.example' }, { host: 'rebound.example' }]) {
      const { socket } = watch({ extraHeaders })
      const error = await new Promise<Error>((resolve, reject) => {
        socket.on('connect_error', resolve)
        socket.on('connect', () => reject(new Error('it was let in')))
      })
      expect(error).toBeInstanceOf(Error)
    }
  })

  it('puts out whoever sends it anything', async () => {
    for (const payload of [{}, null, 'x'.repeat(100), { $where: 1 }]) {
      const { socket } = watch()
      const gone = new Promise(resolve => socket.on('disconnect', resolve))
      socket.on('connect', () => socket.emit('live', payload))
      await gone
    }
    const { socket } = watch()
    const gone = new Promise(resolve => socket.on('disconnect', resolve))
    socket.on('connect', () => socket.emit('x', 'y'.repeat(1_000_000)))
    await gone
    expect((await product.get('/api/health')).status).toBe(200)
  })

  it('does not keep the server from stopping', async () => {
    const other = await openProduct()
    const socket = io(other.url, { transports: ['websocket'], reconnection: false })
    await new Promise(resolve => socket.on('connect', () => resolve(undefined)))
    const gone = new Promise(resolve => socket.on('disconnect', resolve))
    const began = Date.now()
    await other.close()
    await gone
    expect(Date.now() - began).toBeLessThan(8_000)
  })
})
