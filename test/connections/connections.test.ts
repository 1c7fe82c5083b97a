import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ConnectorError } from '../../connectors/kit/fault.ts'
import type { Token } from '../../connectors/kit/token.ts'
import { compareOrders } from '../../server/connections/compare-orders.ts'
import { type Connections, openConnections } from '../../server/connections/connections.ts'
import type { ConnectionDoc } from '../../server/store/connection-doc.ts'
import type { OutboxDoc } from '../../server/store/outbox-doc.ts'
import { outboxSender } from '../../server/world/live/outbox-sender.ts'
import { openStoreRoom, type StoreRoom } from '../support/store-room.ts'
import { plainConnection } from '../support/warehouse-shop.ts'
import { type CornerShop, cornerShop } from './corner-shop.ts'

let room: StoreRoom
let shop: CornerShop
let connections: Connections
let connection: ConnectionDoc
const { signal } = new AbortController()

const open = () =>
  openConnections({
    store: room.store,
    intake: room.intake,
    connectors: new Map([['corner-shop', shop.connector]]),
    config: room.config,
    workspace: 'main',
    recordParcels: async () => {},
    log: { warn: () => {} },
  })

beforeEach(async () => {
  room = await openStoreRoom()
  shop = cornerShop()
  connections = open()
  connection = plainConnection({
    _id: 'corner',
    name: '街角',
    connector: 'corner-shop',
    identity: { orderId: ['no'], version: ['changed'] },
    createdAt: new Date('2026-01-01'),
  })
  await room.store.connections.create(connection)
  await connections.secrets.change('corner', { shop: '7', key: 'key-0123456789' })
})
afterEach(async () => {
  await connections.close()
  await room.close()
})

const place = (no: string, more: object = {}) =>
  shop.orders.set(no, { no, changed: `${no}-1`, ...more } as Record<string, unknown>)
const eventsOf = async () => (await room.store.events.find().lean()).map(({ order }) => order).sort()
const taskTopics = async () => (await room.store.tasks.find().lean()).map(({ topic }) => topic)

describe('credentials', () => {
  it('stand in the store sealed, and nowhere readable', async () => {
    const dump = JSON.stringify(await room.store.secrets.find().lean())
    expect(dump).not.toContain('key-0123456789')
    expect(await connections.secrets.credentials('corner')).toEqual({ shop: '7', key: 'key-0123456789' })
  })

  it('that are changed in part keep the rest and drop the token given for the old ones', async () => {
    await connections.secrets.putToken('corner', { accessToken: 'a', expiresAt: new Date() })
    await connections.secrets.change('corner', { key: 'key-new' })
    const known = (await connections.secrets.known(['corner'])).get('corner')
    expect(known).toEqual({ credentials: { shop: '7', key: 'key-new' } })
  })

  it('that are missing are told as such', async () => {
    await connections.secrets.forget('corner')
    await expect(connections.desk.pollContext(connection, signal)).rejects.toMatchObject({
      fault: { class: 'credentials' },
    })
  })

  it('get one new token, whoever asks for it at the same time, in two processes', async () => {
    const other = open()
    let made = 0
    const make = async (): Promise<Token> => {
      made++
      await new Promise(resolve => setTimeout(resolve, 30))
      return { accessToken: `t${made}`, expiresAt: new Date(Date.now() + 3_600_000) }
    }
    const asking = [connections, other, connections, other].map(each =>
      each.secrets.tokens('corner', signal).renew(undefined, make),
    )
    expect(new Set((await Promise.all(asking)).map(({ accessToken }) => accessToken))).toEqual(
      new Set(['t1']),
    )
    expect(made).toBe(1)
    await other.close()
  })

  it('let the next process get a token when one died over it', async () => {
    await room.store.secrets.updateOne(
      { _id: 'corner' },
      { $set: { renewer: 'gone', renewingUntil: new Date(Date.now() + 120) } },
    )
    const tokens = connections.secrets.tokens('corner', signal)
    const token = await tokens.renew(undefined, async () => ({ accessToken: 't', expiresAt: new Date() }))
    expect(token.accessToken).toBe('t')
  })
})

describe('what a platform names', () => {
  it('is kept until it was read, however often reading fails', async () => {
    place('A1')
    await connections.wanted.want(connection, [{ kind: 'order', id: 'A1' }])
    shop.failure = new ConnectorError({ class: 'platform' })
    await connections.wanted.sweep()
    expect(await room.store.wanted.countDocuments()).toBe(1)
    shop.failure = undefined
    await room.store.wanted.updateMany({}, { $set: { nextAt: new Date(0) } })
    await connections.wanted.sweep()
    expect(await eventsOf()).toEqual(['corner:A1'])
    expect(await room.store.wanted.countDocuments()).toBe(0)
  })

  it('is read once when it was named ten times, and again when it is named while it is read', async () => {
    place('A1')
    for (let times = 0; times < 10; times++)
      await connections.wanted.want(connection, [{ kind: 'order', id: 'A1' }])
    const accept = shop.orders.get.bind(shop.orders)
    shop.orders.get = id => {
      // Named anew at the very moment it is read.
      shop.orders.get = accept
      void connections.wanted.want(connection, [{ kind: 'order', id: 'A1' }])
      return accept(id)
    }
    await connections.wanted.sweep()
    await connections.wanted.sweep()
    expect(shop.fetched.length).toBeGreaterThanOrEqual(1)
    expect(shop.fetched.length).toBeLessThanOrEqual(2)
    expect(await eventsOf()).toEqual(['corner:A1'])
    expect(await room.store.wanted.countDocuments()).toBe(0)
  })

  it('does not wait for another one that the platform cannot tell', async () => {
    for (const no of ['A1', 'A2', 'A3']) place(no)
    shop.broken.add('A2')
    await connections.wanted.want(
      connection,
      ['A1', 'A2', 'A3'].map(id => ({ kind: 'order', id })),
    )
    await connections.wanted.sweep()
    expect(await eventsOf()).toEqual(['corner:A1', 'corner:A3'])
    expect((await room.store.wanted.find().lean()).map(({ id }) => id)).toEqual(['A2'])
  })

  it('waits while its connection is switched off', async () => {
    place('A1')
    await connections.wanted.want(connection, [{ kind: 'order', id: 'A1' }])
    await room.store.connections.updateOne({ _id: 'corner' }, { $set: { enabled: false } })
    await connections.wanted.sweep()
    expect(shop.fetched).toEqual([])
    expect(await room.store.wanted.countDocuments()).toBe(1)
  })
})

describe('the hourly comparison', () => {
  it('fetches what polling did not bring, and warns once', async () => {
    for (const no of ['A1', 'A2', 'A3']) place(no)
    await room.intake.accept(connection, [shop.orders.get('A1')])
    const deps = { store: room.store, ...connections }
    const found = await compareOrders(connection, deps, signal)
    expect(found).toMatchObject({ theirs: 3, missing: ['A2', 'A3'] })
    await connections.wanted.sweep()
    expect(await eventsOf()).toEqual(['corner:A1', 'corner:A2', 'corner:A3'])
    expect((await compareOrders(connection, deps, signal))?.missing).toEqual([])
    expect(await taskTopics()).toEqual(['missing-orders'])
  })

  it('warns of nothing where all is there, nor of orders from before it was connected', async () => {
    place('A1')
    await room.intake.accept(connection, [shop.orders.get('A1')])
    expect((await compareOrders(connection, { store: room.store, ...connections }, signal))?.missing).toEqual(
      [],
    )
    const fresh = { ...connection, createdAt: new Date() }
    expect(await compareOrders(fresh, { store: room.store, ...connections }, signal)).toBeUndefined()
    expect(await taskTopics()).toEqual([])
  })
})

describe('an action of a connector', () => {
  const call = (over: Partial<OutboxDoc> = {}): OutboxDoc => ({
    _id: 'run/node/0',
    workspace: 'main',
    kind: 'act',
    action: 'ship',
    order: 'corner:A1',
    run: 'run',
    connection: 'corner',
    url: '',
    body: { orderId: 'A1', carrier: 'sf', waybill: 'SF1' },
    state: 'planned',
    attempts: 0,
    nextAt: new Date(0),
    createdAt: new Date(),
    ...over,
  })
  const purchase = (over: Partial<OutboxDoc> = {}) =>
    call({ kind: 'purchase', action: 'purchase', body: { purchase: 'p', orderId: 'A1', lines: [] }, ...over })
  const sender = () =>
    outboxSender(
      room.store,
      { post: async () => expect.fail('nothing goes to an address'), close: async () => {} },
      {
        workspace: 'main',
        actions: connections.actions,
        log: { error: details => expect.fail(JSON.stringify(details)) },
      },
    )
  const stored = () => room.store.outbox.findOne().lean()
  /** Sweeps until nothing is due any more. */
  async function sweepAll(): Promise<void> {
    for (let sweeps = 0; sweeps < 10; sweeps++) {
      await room.store.outbox.updateMany({ state: 'planned' }, { $set: { nextAt: new Date(0) } })
      await sender().sweep()
    }
  }

  it('is done once, and keeps what the shop answered', async () => {
    await room.store.outbox.create(call())
    await sweepAll()
    expect(shop.done).toHaveLength(1)
    expect(await stored()).toMatchObject({ state: 'confirmed', answer: { number: 1 } })
  })

  it('that is throttled is tried again', async () => {
    shop.script.push('throttle', 'throttle')
    await room.store.outbox.create(call())
    await sweepAll()
    expect(await stored()).toMatchObject({ state: 'confirmed', attempts: 3 })
  })

  it('that is refused becomes a task in the words of the platform', async () => {
    shop.script.push('refuse')
    await room.store.outbox.create(call())
    await sweepAll()
    expect(await stored()).toMatchObject({ state: 'failed' })
    expect((await room.store.tasks.findOne().lean())?.detail).toContain('商品已下架')
  })

  it('whose connection cannot be used becomes a task, and holds up no other', async () => {
    await room.store.connections.updateOne({ _id: 'corner' }, { $set: { 'settings.pollEveryMs': 'often' } })
    await room.store.secrets.updateOne({ _id: 'corner' }, { $set: { credentials: 'sealed elsewhere' } })
    await room.store.outbox.create(call())
    await sweepAll()
    expect(await stored()).toMatchObject({ state: 'failed' })
    expect((await room.store.tasks.findOne().lean())?.detail).toContain('SECRET_KEY')
  })

  it('whose answer never came is looked up: it was done, so it is not done again', async () => {
    shop.script.push('no-answer')
    await room.store.outbox.create(purchase())
    await sweepAll()
    expect(shop.done).toHaveLength(1)
    expect(await stored()).toMatchObject({ state: 'confirmed', answer: { number: 1 } })
    expect(await taskTopics()).toEqual([])
  })

  it('whose answer never came is looked up: it was not done, so it is done now', async () => {
    shop.script.push('nothing')
    await room.store.outbox.create(purchase())
    await sweepAll()
    expect(shop.done).toHaveLength(1)
    expect(await stored()).toMatchObject({ state: 'confirmed' })
  })

  it('of which nobody can tell what became of it is left to a person, and never done twice', async () => {
    shop.canTell = false
    shop.script.push('no-answer')
    await room.store.outbox.create(purchase())
    await sweepAll()
    expect(shop.done).toHaveLength(1)
    expect(await stored()).toMatchObject({ state: 'unknown' })
    expect(await taskTopics()).toEqual(['outbox-unknown'])
  })

  it('whose sender was killed in the middle is looked up by the next one', async () => {
    shop.done.push({ key: 'run/node/0', body: {} })
    await room.store.outbox.create(purchase({ state: 'sent', owner: 'gone:1:x', attempts: 1 }))
    await sender().sweep()
    expect(shop.done).toHaveLength(1)
    expect(await stored()).toMatchObject({ state: 'confirmed' })
  })

  it('that writes stock tells the figure of the moment it is sent, for all the shop sells under the SKU', async () => {
    const { accept } = await connections.desk.pollContext(connection, signal)
    await accept([{ no: 'A1', sku: 'MUG', product: 'p1' }])
    await room.store.stock.create({
      _id: 'main/w/MUG',
      workspace: 'main',
      warehouse: 'w',
      sku: 'MUG',
      onHand: 9,
      held: 2,
      available: 7,
      applied: {},
    })
    await room.store.outbox.create(call({ action: 'stock', body: { sku: 'MUG', keepBack: 2 } }))
    await sweepAll()
    expect(shop.done[0]?.body).toEqual({
      sku: 'MUG',
      quantity: 5,
      listings: [{ sku: 'MUG', productId: 'p1' }],
    })
  })

  it('that sends a courier to a buyer the platform hides asks the platform who it is, then and not before', async () => {
    const document = { no: 'A1', name: '王小明', phone: '13800138000' }
    const { events } = await room.intake.accept(connection, [document])
    await room.store.orders.create({
      _id: 'corner:A1',
      workspace: 'main',
      order: {},
      status: 'paid',
      outcome: '',
      firstEvent: events[0],
      event: events[0],
      seq: 1,
      run: '',
      createdAt: new Date(),
      updatedAt: new Date(),
    })
    const from = { name: '王**', phone: '138****8000', detail: '文**路***号', city: '杭州市' }
    await room.store.outbox.create(call({ action: 'reverse', body: { orderId: 'A1', lines: [], from } }))
    await sweepAll()
    expect(shop.done[0]?.body).toMatchObject({
      from: { name: '王小明', phone: '13800138000', detail: '文一西路969号', city: '杭州市' },
    })
    expect(JSON.stringify(await stored())).not.toContain('13800138000')
  })

  it('that takes a SKU off sale which the shop was never seen to sell asks a person to do it', async () => {
    await room.store.outbox.create(
      call({ kind: 'freeze', action: 'stock', body: { action: 'freeze', sku: 'X' } }),
    )
    await sweepAll()
    expect(await stored()).toMatchObject({ state: 'failed' })
    expect((await room.store.tasks.findOne().lean())?.detail).toContain('X')
  })
})
