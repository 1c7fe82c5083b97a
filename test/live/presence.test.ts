import { io, type Socket } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SOCKET_EVENTS } from '../../server/live/presence.ts'
import { openProduct, type ProductRoom } from '../support/product.ts'
import { eventually } from '../support/store-room.ts'
import { warehouseWorkflow } from '../support/warehouse-shop.ts'

interface People {
  workflow: string
  people: { id: string; name: string }[]
}
interface Saved {
  workflow: string
  rev: number
  by: string
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

async function open() {
  const socket = io(product.url, { transports: ['websocket'], reconnection: false })
  sockets.push(socket)
  const people: People[] = []
  const saved: Saved[] = []
  socket.on('draft:people', (message: People) => people.push(message))
  socket.on('draft:saved', (message: Saved) => saved.push(message))
  await new Promise(resolve => socket.on('connect', () => resolve(undefined)))
  const names = () =>
    people
      .at(-1)
      ?.people.map(each => each.name)
      .sort()
  return { socket, people, saved, names }
}

describe('people on a draft', () => {
  it('see one another come and go, and are told of every save', async () => {
    const one = await open()
    const two = await open()
    const elsewhere = await open()
    elsewhere.socket.emit('draft:join', { workflow: 'other', name: '路人' })
    one.socket.emit('draft:join', { workflow: 'warehouse', name: '小王' })
    await eventually('the first', () => one.names()?.length === 1)
    two.socket.emit('draft:join', { workflow: 'warehouse', name: '小李' })
    await eventually('both', () => one.names()?.length === 2 && two.names()?.length === 2)
    expect(one.names()).toEqual(['小李', '小王'].sort())
    expect(one.people.at(-1)!.people.map(each => each.id)).toContain(one.socket.id)

    await product.put('/api/workflows/warehouse/draft', { graph: warehouseWorkflow, rev: 1, by: '小李' })
    await eventually('the save', () => one.saved.length === 1 && two.saved.length === 1)
    expect(one.saved).toEqual([{ workflow: 'warehouse', rev: 2, by: '小李' }])
    await product.put('/api/workflows/warehouse/draft', { graph: warehouseWorkflow, rev: 1, by: '小李' })
    await product.post('/api/workflows/warehouse/versions/1/restore', { by: '小王' })
    await eventually('the restore', () => one.saved.length === 2)
    expect(one.saved[1]).toEqual({ workflow: 'warehouse', rev: 3, by: '小王' })

    two.socket.emit('draft:join', { workflow: 'other', name: '小李' })
    await eventually('one left', () => one.names()?.length === 1)
    one.socket.emit('draft:leave')
    two.socket.disconnect()
    await eventually('none but the other', () => elsewhere.names()?.length === 1)
    expect(elsewhere.saved).toEqual([])
    elsewhere.socket.disconnect()
  })

  it('are put out for anything that is not asked for in the right form, or too often', async () => {
    for (const [event, payload] of [
      ['draft:join', null],
      ['draft:join', { workflow: 'a/b', name: 'x' }],
      ['draft:join', { workflow: 'warehouse', name: 'x'.repeat(61) }],
      ['draft:join', { workflow: { $gt: '' }, name: 'x' }],
      ['draft:joined', { workflow: 'warehouse', name: 'x' }],
      ['constructor', {}],
    ] as const) {
      const { socket } = await open()
      const gone = new Promise(resolve => socket.on('disconnect', resolve))
      socket.emit(event, payload)
      await gone
    }
    const { socket } = await open()
    const gone = new Promise(resolve => socket.on('disconnect', resolve))
    for (let count = 0; count < 40; count++) socket.emit('draft:join', { workflow: 'warehouse', name: 'x' })
    await gone
    const other = await open()
    other.socket.emit('draft:join', { workflow: 'warehouse', name: '我' })
    await eventually('alone', () => other.names()?.length === 1)
  })
})

describe('roles', () => {
  it('stand on every event of the socket', () => {
    expect(Object.keys(SOCKET_EVENTS)).toEqual(['draft:join', 'draft:leave'])
    for (const { role } of Object.values(SOCKET_EVENTS))
      expect(['viewer', 'operator', 'builder', 'admin']).toContain(role)
  })
})
