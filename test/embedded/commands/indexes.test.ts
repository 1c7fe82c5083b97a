import { expect, it } from 'vitest'
import { runningStore } from '../support/running-store.ts'

const { db } = await runningStore({ ttlEveryMs: 100 })

it('refuses a second document with the same unique key, in the words of MongoDB', async () => {
  const users = db.collection('users')
  await users.createIndex({ shop: 1, email: -1 }, { unique: true })
  await users.insertOne({ shop: 's', email: 'a@b' })
  await expect(users.insertOne({ shop: 's', email: 'a@b' })).rejects.toMatchObject({
    code: 11000,
    keyPattern: { shop: 1, email: -1 },
    keyValue: { shop: 's', email: 'a@b' },
    message:
      'E11000 duplicate key error collection: orderloom.users index: shop_1_email_-1 dup key: { shop: "s", email: "a@b" }',
  })
  await users.insertOne({ shop: 's', email: 'c@d' })
  await expect(users.updateOne({ email: 'c@d' }, { $set: { email: 'a@b' } })).rejects.toThrow(/E11000/)
  expect(await users.countDocuments({ email: 'c@d' })).toBe(1)
})

it('frees a unique key when its document goes or changes', async () => {
  const keys = db.collection<{ _id: number; k: number }>('keys')
  await keys.createIndex({ k: 1 }, { unique: true })
  await keys.insertOne({ _id: 1, k: 1 })
  await keys.updateOne({ _id: 1 }, { $set: { k: 2 } })
  await keys.insertOne({ _id: 2, k: 1 })
  await keys.deleteOne({ _id: 2 })
  await keys.insertOne({ _id: 3, k: 1 })
  expect(await keys.find({ k: 1 }).toArray()).toEqual([{ _id: 3, k: 1 }])
})

it('lets many documents lack a sparse or partial unique key', async () => {
  const orders = db.collection('orders')
  await orders.createIndex({ external: 1 }, { unique: true, sparse: true })
  await orders.createIndex({ slot: 1 }, { unique: true, partialFilterExpression: { open: true } })
  await orders.insertMany([{ slot: 1 }, { slot: 1 }, { slot: 1, open: true }])
  await expect(orders.insertOne({ slot: 1, open: true })).rejects.toThrow(/E11000/)
  await expect(orders.updateOne({ open: { $ne: true } }, { $set: { open: true } })).rejects.toThrow(/E11000/)
  expect(await orders.countDocuments({ open: true })).toBe(1)
})

it('enters every element of an array, once per document', async () => {
  const tagged = db.collection<{ _id: number; tags: string[] }>('tagged')
  await tagged.createIndex({ tags: 1 }, { unique: true })
  await tagged.insertOne({ _id: 1, tags: ['a', 'b', 'a'] })
  await expect(tagged.insertOne({ _id: 2, tags: ['c', 'b'] })).rejects.toThrow(/dup key/)
  expect(await tagged.find({ tags: { $in: ['a', 'b'] } }).toArray()).toHaveLength(1)
})

it('fills an index with what is there, and leaves none behind where that fails', async () => {
  const old = db.collection('old')
  await old.insertMany(Array.from({ length: 3000 }, (_, n) => ({ n, twice: n >> 1 })))
  await old.createIndex({ n: 1 }, { unique: true })
  expect(await planOf('old', { n: 2999 })).toBe('n_1')
  await expect(old.createIndex({ twice: 1 }, { unique: true })).rejects.toThrow(/E11000/)
  expect((await old.indexes()).map(index => index.name)).toEqual(['_id_', 'n_1'])
})

it('answers the same index twice and refuses a different one under its name', async () => {
  const c = db.collection('names')
  await c.createIndex({ a: 1 })
  await c.createIndex({ a: 1 })
  await expect(c.createIndex({ a: 1 }, { unique: true })).rejects.toMatchObject({ code: 86 })
  await expect(c.createIndex({ a: 1 }, { name: 'other' })).rejects.toMatchObject({ code: 85 })
  await expect(c.createIndex({ a: 1 }, { expireAfterSeconds: 5 })).rejects.toMatchObject({ code: 85 })
  await Promise.all([1, 2, 3].map(() => c.createIndex({ b: 1 })))
  expect((await c.indexes()).map(index => index.name)).toEqual(['_id_', 'a_1', 'b_1'])
  await c.dropIndex('a_1')
  await expect(c.dropIndex('a_1')).rejects.toMatchObject({ code: 27 })
})

it('refuses kinds of indexes it does not have', async () => {
  const c = db.collection('kinds')
  await expect(c.createIndex({ a: 'text' })).rejects.toMatchObject({ code: 67 })
  await expect(c.createIndex({ a: 1 }, { collation: { locale: 'zh' } })).rejects.toMatchObject({ code: 238 })
  await expect(
    db.command({ createIndexes: 'kinds', indexes: [{ key: { a: 1 }, name: 'a', odd: 1 }] }),
  ).rejects.toThrow(/odd/)
})

it('removes documents when their time is up', async () => {
  const codes = db.collection('codes')
  await codes.createIndex({ at: 1 }, { expireAfterSeconds: 60 })
  const ago = (seconds: number) => new Date(Date.now() - seconds * 1000)
  await codes.insertMany([
    { n: 1, at: ago(61) },
    { n: 2, at: ago(30) },
    { n: 3, at: 'never' },
    { n: 4 },
    { n: 5, at: [ago(10), ago(100)] },
  ])
  await expect.poll(() => codes.distinct('n')).toEqual([2, 3, 4])
  await db.command({ collMod: 'codes', index: { name: 'at_1', expireAfterSeconds: 20 } })
  await expect.poll(() => codes.distinct('n')).toEqual([3, 4])
})

it('finds, orders and keeps unique what is too long for a key', async () => {
  const long = db.collection<{ _id: number; text: string }>('long')
  await long.createIndex({ text: 1 }, { unique: true })
  const prefix = '长'.repeat(2000)
  await long.insertMany([
    { _id: 1, text: `${prefix}b` },
    { _id: 2, text: `${prefix}a` },
  ])
  await expect(long.insertOne({ _id: 3, text: `${prefix}a` })).rejects.toMatchObject({ code: 11000 })
  expect(await long.findOne({ text: `${prefix}a` })).toMatchObject({ _id: 2 })
  const sorted = await long
    .find({ text: { $gt: '长' } })
    .sort({ text: 1 })
    .toArray()
  expect(sorted.map(document => document._id)).toEqual([2, 1])
})

async function planOf(collection: string, filter: object): Promise<string> {
  const { queryPlanner } = await db.collection(collection).find(filter).explain()
  return queryPlanner.winningPlan.inputStage?.indexName
}
