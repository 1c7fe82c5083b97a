import { expect, it } from 'vitest'
import { runningStore } from '../support/running-store.ts'

const { db } = await runningStore()

it('lets conditional decrements of one document never go below zero', async () => {
  const stock = db.collection<{ _id: string; available: number }>('stock')
  await stock.insertOne({ _id: 'sku', available: 100 })
  const takes = await Promise.all(
    Array.from({ length: 300 }, () =>
      stock.updateOne({ _id: 'sku', available: { $gte: 1 } }, { $inc: { available: -1 } }),
    ),
  )
  expect(takes.filter(take => take.modifiedCount === 1)).toHaveLength(100)
  expect(await stock.findOne({ _id: 'sku' })).toEqual({ _id: 'sku', available: 0 })
})

it('makes one document of racing upserts', async () => {
  const keys = db.collection('keys')
  await keys.createIndex({ key: 1 }, { unique: true })
  await Promise.all(
    Array.from({ length: 50 }, () => keys.updateOne({ key: 'k' }, { $inc: { n: 1 } }, { upsert: true })),
  )
  expect(await keys.find().toArray()).toMatchObject([{ key: 'k', n: 50 }])
})

it('gives each job to one of many takers', async () => {
  const jobs = db.collection<{ _id: number; takenBy?: number }>('jobs')
  await jobs.insertMany(Array.from({ length: 60 }, (_, _id) => ({ _id })))
  const taken = await Promise.all(
    Array.from({ length: 100 }, (_, takenBy) =>
      jobs.findOneAndUpdate({ takenBy: { $exists: false } }, { $set: { takenBy } }, { sort: { _id: 1 } }),
    ),
  )
  const ids = taken.filter(job => job !== null).map(job => job._id)
  expect(new Set(ids).size).toBe(60)
  expect(ids).toHaveLength(60)
})

it('fails only the statement at fault when many share a commit', async () => {
  const mixed = db.collection<{ _id: number; n?: number }>('mixed')
  await db.command({ insert: 'mixed', documents: [{ _id: 0, n: 'text' }] })
  const results = await Promise.allSettled(
    Array.from({ length: 40 }, (_, i) =>
      i % 10 === 5 ? mixed.updateOne({ _id: 0 }, { $inc: { n: 1 } }) : mixed.insertOne({ _id: i + 1 }),
    ),
  )
  expect(results.filter(result => result.status === 'rejected')).toHaveLength(4)
  expect(await mixed.countDocuments()).toBe(37)
})
