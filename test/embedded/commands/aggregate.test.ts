import { expect, it } from 'vitest'
import { runningStore } from '../support/running-store.ts'

const { db } = await runningStore()
const orders = db.collection<{ _id: number; buyer: string; fen: number }>('orders')
const buyers = db.collection<{ _id: string; city: string }>('buyers')
await orders.insertMany([
  { _id: 1, buyer: 'b1', fen: 100 },
  { _id: 2, buyer: 'b2', fen: 250 },
  { _id: 3, buyer: 'b1', fen: 50 },
])
await buyers.insertMany([
  { _id: 'b1', city: '杭州' },
  { _id: 'b2', city: '宁波' },
])

it('matches, groups and sorts', async () => {
  const sums = await orders
    .aggregate([
      { $match: { fen: { $gte: 50 } } },
      { $group: { _id: '$buyer', fen: { $sum: '$fen' } } },
      { $sort: { fen: -1 } },
    ])
    .toArray()
  expect(sums).toEqual([
    { _id: 'b2', fen: 250 },
    { _id: 'b1', fen: 150 },
  ])
})

it('joins another collection', async () => {
  const joined = await orders
    .aggregate([
      { $match: { _id: 2 } },
      { $lookup: { from: 'buyers', localField: 'buyer', foreignField: '_id', as: 'who' } },
    ])
    .toArray()
  expect(joined).toEqual([{ _id: 2, buyer: 'b2', fen: 250, who: [{ _id: 'b2', city: '宁波' }] }])
})

it('reads a long result in batches', async () => {
  const found = await orders.aggregate([{ $sort: { _id: 1 } }], { batchSize: 1 }).toArray()
  expect(found.map(order => order._id)).toEqual([1, 2, 3])
})

it('replaces a collection with $out and keeps its indexes', async () => {
  const sums = db.collection('sums')
  await sums.createIndex({ fen: 1 }, { unique: true })
  await sums.insertOne({ fen: 1 })
  await orders.aggregate([{ $group: { _id: '$buyer', fen: { $sum: '$fen' } } }, { $out: 'sums' }]).toArray()
  expect(await sums.find().sort({ fen: 1 }).toArray()).toEqual([
    { _id: 'b1', fen: 150 },
    { _id: 'b2', fen: 250 },
  ])
  expect((await sums.indexes()).map(index => index.name)).toEqual(['_id_', 'fen_1'])
})

it('leaves the collection as it was where $out fails', async () => {
  const kept = db.collection<{ _id: string }>('kept')
  await kept.createIndex({ same: 1 }, { unique: true })
  await kept.insertOne({ _id: 'old' })
  const copy = orders.aggregate([{ $set: { same: 1 } }, { $out: 'kept' }]).toArray()
  await expect(copy).rejects.toMatchObject({ code: 11000 })
  expect(await kept.find().toArray()).toEqual([{ _id: 'old' }])
  expect((await db.listCollections().toArray()).map(one => one.name)).not.toContain('tmp.agg_out.kept')
})

it('merges into a collection', async () => {
  const target = db.collection<{ _id: number; fen?: number; note?: string }>('target')
  await target.insertOne({ _id: 1, note: 'mine' })
  await orders
    .aggregate([
      { $match: { _id: { $lte: 2 } } },
      { $project: { fen: 1 } },
      { $merge: { into: 'target', whenMatched: 'merge', whenNotMatched: 'insert' } },
    ])
    .toArray()
  expect(await target.find().toArray()).toEqual([
    { _id: 1, note: 'mine', fen: 100 },
    { _id: 2, fen: 250 },
  ])
})

it('names a stage it does not know', async () => {
  await expect(orders.aggregate([{ $surprise: {} }]).toArray()).rejects.toMatchObject({ code: 40324 })
})
