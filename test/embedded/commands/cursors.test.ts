import { expect, it } from 'vitest'
import { runningStore } from '../support/running-store.ts'

const { db } = await runningStore()
const numbers = db.collection<{ _id: number; parity: number }>('numbers')
await numbers.insertMany(Array.from({ length: 2500 }, (_, _id) => ({ _id, parity: _id % 2 })))

it('reads a result in batches, each document once', async () => {
  const found = await numbers.find({ parity: 1 }).sort({ _id: -1 }).batchSize(100).toArray()
  expect(found.map(document => document._id)).toEqual(Array.from({ length: 1250 }, (_, i) => 2499 - 2 * i))
})

it('skips and limits across batches', async () => {
  const found = await numbers.find().sort({ _id: 1 }).skip(10).limit(250).batchSize(100).toArray()
  expect([found.length, found[0]?._id, found.at(-1)?._id]).toEqual([250, 10, 259])
})

it('goes on reading while documents are removed and added', async () => {
  const moving = db.collection<{ _id: number }>('moving')
  await moving.insertMany(Array.from({ length: 300 }, (_, _id) => ({ _id })))
  const cursor = moving.find().sort({ _id: 1 }).batchSize(100)
  const seen: number[] = []
  for await (const { _id } of cursor) {
    seen.push(_id)
    if (_id === 50) await moving.deleteMany({ _id: { $gte: 200 } })
    if (_id === 60) await moving.insertOne({ _id: 150.5 })
  }
  expect(seen).toEqual([...Array.from({ length: 151 }, (_, i) => i), 150.5, ...range(151, 199)])
})

it('forgets a cursor the client closes', async () => {
  const cursor = numbers.find().batchSize(10)
  await cursor.next()
  const id = cursor.id
  await cursor.close()
  await expect(db.command({ getMore: id, collection: 'numbers' })).rejects.toMatchObject({ code: 43 })
})

it('ends a cursor whose collection is dropped', async () => {
  const doomed = db.collection('doomed')
  await doomed.insertMany(Array.from({ length: 20 }, () => ({})))
  const cursor = doomed.find().batchSize(5)
  await cursor.next()
  await doomed.drop()
  await expect(cursor.toArray()).rejects.toMatchObject({ code: 175 })
})

it('ends a cursor whose index is dropped', async () => {
  const indexed = db.collection<{ n: number }>('indexed')
  await indexed.createIndex({ n: 1 })
  await indexed.insertMany(Array.from({ length: 20 }, (_, n) => ({ n })))
  const cursor = indexed.find({ n: { $gte: 0 } }).batchSize(5)
  await cursor.next()
  await indexed.dropIndex('n_1')
  await expect(cursor.toArray()).rejects.toMatchObject({ code: 175 })
})

it('answers an empty collection, and one that does not exist, with nothing', async () => {
  expect(await db.collection('nowhere').find({ a: 1 }).toArray()).toEqual([])
})

it('gives batches of bytes, not only of documents', async () => {
  const large = db.collection('large')
  const text = 'x'.repeat(5_000_000)
  await large.insertMany(Array.from({ length: 8 }, () => ({ text })))
  expect((await large.find().toArray()).length).toBe(8)
})

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, i) => from + i)
}

it('ends a read that takes longer than it may', async () => {
  const slow = { $expr: { $lt: ['$_id', 0] } }
  await expect(numbers.find(slow, { maxTimeMS: 1 }).toArray()).rejects.toMatchObject({ code: 50 })
  await expect(numbers.countDocuments(slow, { maxTimeMS: 1 })).rejects.toMatchObject({ code: 50 })
})
