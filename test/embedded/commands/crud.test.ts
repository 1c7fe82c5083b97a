import { Binary, Decimal128, Long, ObjectId, UUID } from 'mongodb'
import { expect, it } from 'vitest'
import { runningStore } from '../support/running-store.ts'

const { db } = await runningStore()

it('gives back every BSON type as it was stored', async () => {
  const values = db.collection('values')
  const document = {
    _id: new ObjectId(),
    text: '订单 🧵',
    int: 7,
    double: 0.1,
    long: Long.fromString('9007199254740993'),
    decimal: Decimal128.fromString('12.50'),
    flag: false,
    nothing: null,
    at: new Date('2026-01-02T03:04:05.678Z'),
    bytes: new Binary(Buffer.from([1, 2, 3])),
    uuid: new UUID(),
    list: [1, [2, { three: 3 }], 'four'],
    nested: { deep: { er: [] } },
    pattern: /^a.b$/i,
  }
  await values.insertOne(document)
  const found = await values.findOne({ _id: document._id }, { promoteLongs: false })
  expect(found).toEqual(document)
})

it('gives a document without _id one, and puts _id first', async () => {
  const things = db.collection('first-field')
  await db.command({ insert: 'first-field', documents: [{ a: 1 }, { b: 2, _id: 5 }] })
  const found = await things.find().toArray()
  expect(found.map(document => Object.keys(document))).toEqual([
    ['_id', 'b'],
    ['_id', 'a'],
  ])
  expect(found[1]?._id).toBeInstanceOf(ObjectId)
})

it('refuses an array as _id', async () => {
  const things = db.collection<{ _id: unknown }>('array-id')
  await expect(things.insertOne({ _id: [1] })).rejects.toMatchObject({ code: 53 })
})

it('updates one, many, and by replacement', async () => {
  const stock = db.collection<{ _id: number; sku: string; qty: number }>('stock')
  await stock.insertMany([
    { _id: 1, sku: 'a', qty: 1 },
    { _id: 2, sku: 'a', qty: 2 },
    { _id: 3, sku: 'b', qty: 3 },
  ])
  expect(await stock.updateOne({ sku: 'a' }, { $inc: { qty: 10 } })).toMatchObject({
    matchedCount: 1,
    modifiedCount: 1,
  })
  expect(await stock.updateMany({ sku: 'a' }, { $set: { qty: 11 } })).toMatchObject({
    matchedCount: 2,
    modifiedCount: 1,
  })
  await stock.replaceOne({ _id: 3 }, { sku: 'c', qty: 30 })
  expect(await stock.find().sort({ _id: 1 }).toArray()).toEqual([
    { _id: 1, sku: 'a', qty: 11 },
    { _id: 2, sku: 'a', qty: 11 },
    { _id: 3, sku: 'c', qty: 30 },
  ])
})

it('inserts what an upsert does not find', async () => {
  const counters = db.collection<{ _id: string; n: number }>('counters')
  const first = await counters.updateOne({ _id: 'x' }, { $inc: { n: 1 } }, { upsert: true })
  const second = await counters.updateOne({ _id: 'x' }, { $inc: { n: 1 } }, { upsert: true })
  expect([first.upsertedId, second.upsertedId]).toEqual(['x', null])
  expect(await counters.findOne({ _id: 'x' })).toEqual({ _id: 'x', n: 2 })
})

it('finds and modifies: before, after, by order, removed, upserted', async () => {
  const jobs = db.collection<{ _id: number; due: number; by?: string }>('jobs')
  await jobs.insertMany([
    { _id: 1, due: 20 },
    { _id: 2, due: 10 },
  ])
  const lock = { $set: { by: 'me' } }
  expect(await jobs.findOneAndUpdate({}, lock, { sort: { due: 1 } })).toEqual({ _id: 2, due: 10 })
  expect(await jobs.findOneAndUpdate({ _id: 1 }, lock, { returnDocument: 'after' })).toEqual({
    _id: 1,
    due: 20,
    by: 'me',
  })
  expect(await jobs.findOneAndDelete({ _id: 1 }, { projection: { due: 1 } })).toEqual({ _id: 1, due: 20 })
  expect(
    await jobs.findOneAndUpdate({ _id: 9 }, { $set: { due: 1 } }, { upsert: true, returnDocument: 'after' }),
  ).toEqual({ _id: 9, due: 1 })
  expect(await jobs.findOneAndUpdate({ _id: 404 }, lock)).toBeNull()
})

it('deletes one or many', async () => {
  const rows = db.collection<{ _id: number; group: string }>('rows')
  await rows.insertMany([1, 2, 3, 4].map(_id => ({ _id, group: _id < 4 ? 'x' : 'y' })))
  expect((await rows.deleteOne({ group: 'x' })).deletedCount).toBe(1)
  expect((await rows.deleteMany({ group: 'x' })).deletedCount).toBe(2)
  expect(await rows.countDocuments()).toBe(1)
})

it('changes many thousand documents with one statement', async () => {
  const many = db.collection<{ _id: number; n: number }>('many')
  await many.insertMany(Array.from({ length: 5000 }, (_, _id) => ({ _id, n: _id })))
  await many.createIndex({ n: 1 })
  expect(await many.updateMany({ n: { $gte: 0 } }, { $inc: { n: 10_000 } })).toMatchObject({
    matchedCount: 5000,
    modifiedCount: 5000,
  })
  expect(await many.countDocuments({ n: { $gte: 10_000, $lt: 15_000 } })).toBe(5000)
  expect((await many.deleteMany({ n: { $lt: 14_500 } })).deletedCount).toBe(4500)
  expect(await many.estimatedDocumentCount()).toBe(500)
})

it('carries out an ordered bulk up to the first error, an unordered one past it', async () => {
  const bulk = db.collection<{ _id: number }>('bulk')
  const documents = [{ _id: 1 }, { _id: 1 }, { _id: 2 }]
  await expect(bulk.insertMany(documents)).rejects.toMatchObject({ code: 11000, insertedCount: 1 })
  await bulk.deleteMany({})
  await expect(bulk.insertMany(documents, { ordered: false })).rejects.toMatchObject({ insertedCount: 2 })
})

it('mixes inserts, updates, upserts and deletes in one bulk', async () => {
  const mixed = db.collection<{ _id: number; v?: number }>('mixed')
  const result = await mixed.bulkWrite([
    { insertOne: { document: { _id: 1 } } },
    { updateOne: { filter: { _id: 1 }, update: { $set: { v: 1 } } } },
    { updateOne: { filter: { _id: 2 }, update: { $set: { v: 2 } }, upsert: true } },
    { deleteOne: { filter: { _id: 1 } } },
  ])
  expect(result).toMatchObject({ insertedCount: 1, modifiedCount: 1, upsertedCount: 1, deletedCount: 1 })
  expect(await mixed.find().toArray()).toEqual([{ _id: 2, v: 2 }])
})

it('counts with skip and limit and lists distinct values, those inside arrays too', async () => {
  const tags = db.collection('tags')
  await tags.insertMany([{ t: ['a', 'b'] }, { t: 'b' }, { t: 'c' }, {}])
  expect(await tags.countDocuments({ t: { $exists: true } }, { skip: 1, limit: 1 })).toBe(1)
  expect(await tags.distinct('t')).toEqual(['a', 'b', 'c'])
})

it('sees its own write on the next command, acknowledged or not', async () => {
  const fast = db.collection<{ _id: number }>('fast', { writeConcern: { w: 0 } })
  await fast.insertOne({ _id: 1 })
  await expect.poll(() => db.collection('fast').countDocuments()).toBe(1)
})
