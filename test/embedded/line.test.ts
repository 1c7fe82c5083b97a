import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MongoClient } from 'mongodb'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type EmbeddedStore, startEmbeddedStore } from '../../server/embedded/embedded.ts'
import type { LineCommand } from '../../server/embedded/wire/line.ts'
import { plainBson } from '../../server/store/plain-bson.ts'

let folder: string
let store: EmbeddedStore
let client: MongoClient

async function open(): Promise<void> {
  store = await startEmbeddedStore({ dataDir: folder })
  client = await new MongoClient(store.uri).connect()
}

async function close(): Promise<void> {
  await client.close()
  await store.close()
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'line-test-'))
  await open()
})
beforeEach(async () => {
  await client.db('shop').dropDatabase()
})
afterAll(async () => {
  await close()
  await rm(folder, { recursive: true })
})

const insert = (name: string, documents: readonly object[], endsAtKnown = false): LineCommand => ({
  body: { insert: name, ordered: false, $db: 'shop' },
  beside: { option: 'documents', bson: plainBson(documents) },
  endsAtKnown,
})
const update = (name: string, statements: readonly object[]): LineCommand => ({
  body: { update: name, ordered: false, $db: 'shop' },
  beside: { option: 'updates', bson: plainBson(statements) },
})
const all = (name: string) =>
  client.db('shop').collection<{ _id: string }>(name).find().sort({ _id: 1 }).toArray()

describe('the line into the store of this process', () => {
  it('tells which of many ids a collection has, and of a collection that is not there none', async () => {
    const ids = ['a', 'b', '订单 c', '']
    const ask = () => store.line.known({ database: 'shop', collection: 'orders', ids })
    expect(await ask()).toEqual([])
    await store.line.write([insert('orders', [{ _id: '订单 c' }, { _id: 'a' }, { _id: 7 }])], true)
    expect(await ask()).toEqual([0, 2])
    await client.db('shop').collection('orders').deleteMany({})
    expect(await ask()).toEqual([])
  })

  it('tells right which ids a collection has, whoever writes them and however it comes and goes', async () => {
    const ids = ['a', 'b', '订单 c']
    const ask = async () => {
      const of = { database: 'shop', collection: 'seen' }
      const asked = store.line.maybe(of, ids)
      // An answer comes behind those to what was asked before: a filter that was asked for is here then.
      const known = await store.line.known({ ...of, ids: asked })
      return known.map(at => ids.indexOf(asked[at]!))
    }
    const orders = client.db('shop').collection<{ _id: string }>('seen')
    await orders.insertOne({ _id: 'a' })
    expect(await ask()).toEqual([0])
    expect(store.line.maybe({ database: 'shop', collection: 'seen' }, ids)).toEqual(['a'])
    await orders.insertOne({ _id: '订单 c' })
    expect(await ask()).toEqual([0, 2])
    await store.line.write([insert('seen', [{ _id: 'b' }])], true)
    expect(await ask()).toEqual([0, 1, 2])
    await orders.deleteOne({ _id: 'a' })
    expect(await ask()).toEqual([1, 2])
    await orders.drop()
    expect(await ask()).toEqual([])
    await client.db('shop').collection<{ _id: string }>('other').insertOne({ _id: 'a' })
    await client.db('shop').collection('other').rename('seen')
    expect(await ask()).toEqual([0])
    await orders.updateOne({ _id: 'b' }, { $set: { n: 1 } }, { upsert: true })
    expect(await ask()).toEqual([0, 1])
  })

  it('does writes one behind the other, and the driver sees them', async () => {
    const replies = await store.line.write(
      [
        insert('orders', [{ _id: 'a' }, { _id: 'b', note: '订单' }]),
        update('orders', [{ q: { _id: 'b' }, u: { $set: { n: 1 } } }]),
        insert('runs', [{ _id: 'r' }]),
      ],
      true,
    )
    expect(replies).toEqual([{ n: 2 }, { n: 1, nModified: 1 }, { n: 1 }])
    expect(await all('orders')).toEqual([{ _id: 'a' }, { _id: 'b', note: '订单', n: 1 }])
    expect(await all('runs')).toEqual([{ _id: 'r' }])
  })

  it('goes on where a document is there already, and says which', async () => {
    await store.line.write([insert('orders', [{ _id: 'a' }])], true)
    const replies = await store.line.write(
      [insert('orders', [{ _id: 'a' }, { _id: 'b' }]), insert('runs', [{ _id: 'r' }])],
      true,
    )
    expect(replies).toMatchObject([{ n: 1, writeErrors: [{ index: 0, code: 11000 }] }, { n: 1 }])
  })

  it('ends there where it was asked to', async () => {
    await store.line.write([insert('orders', [{ _id: 'a' }])], true)
    const replies = await store.line.write(
      [insert('orders', [{ _id: 'a' }], true), insert('runs', [{ _id: 'r' }])],
      true,
    )
    expect(replies).toHaveLength(1)
    expect(await all('runs')).toEqual([])
  })

  it('ends behind a write that failed', async () => {
    const replies = await store.line.write(
      [
        insert('orders', [{ _id: 'a', n: 'text' }]),
        update('orders', [{ q: { _id: 'a' }, u: { $inc: { n: 1 } } }]),
        insert('runs', [{ _id: 'r' }]),
      ],
      true,
    )
    expect(replies).toMatchObject([{ n: 1 }, { writeErrors: [{ index: 0, code: 14 }] }])
    expect(await all('runs')).toEqual([])
  })

  it('cuts long writes without losing the order of things', async () => {
    const many = Array.from({ length: 1_234 }, (_, at) => ({ _id: String(at).padStart(5, '0'), at }))
    const replies = await store.line.write(
      [
        insert('orders', many),
        update('orders', [{ q: { at: { $lt: 777 } }, u: { $set: { early: true } }, multi: true }]),
        insert('runs', many),
      ],
      true,
    )
    expect(replies).toEqual([{ n: 1_234 }, { n: 777, nModified: 777 }, { n: 1_234 }])
    expect(await client.db('shop').collection('orders').countDocuments({ early: true })).toBe(777)
    expect(await client.db('shop').collection('runs').countDocuments()).toBe(1_234)
  })

  it('shows what was written without waiting for the disk to whoever reads afterwards, also after a restart', async () => {
    await store.line.write([insert('orders', [{ _id: 'a' }])], false)
    expect(await all('orders')).toEqual([{ _id: 'a' }])
    await close()
    await open()
    expect(await all('orders')).toEqual([{ _id: 'a' }])
  })

  it('reads, with all documents in one reply', async () => {
    await store.line.write([insert('orders', [{ _id: 'a', n: 1 }, { _id: 'b' }])], true)
    const filter = { _id: { $in: ['a', 'b', 'c'] } }
    const reply = await store.line.read({ body: { find: 'orders', filter, batchSize: 4, $db: 'shop' } })
    expect(reply.cursor.firstBatch).toEqual([{ _id: 'a', n: 1 }, { _id: 'b' }])
    expect(Number(reply.cursor.id)).toBe(0)
  })

  it('refuses what the protocol refuses, by the same codes', async () => {
    await expect(
      store.line.read({ body: { find: 'orders', nonsense: 1, $db: 'shop' } }),
    ).rejects.toMatchObject({
      code: 40415,
    })
    await expect(store.line.write([{ body: { drop: 'orders', $db: 'shop' } }], true)).rejects.toMatchObject({
      code: 59,
    })
  })

  it('refuses whoever still waits or comes when the store is closed', async () => {
    await client.close()
    const closing = store.close()
    await expect(store.line.write([insert('orders', [{ _id: 'late' }])], true)).rejects.toThrow(/clos/)
    await closing
    await open()
  })
})
