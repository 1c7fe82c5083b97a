import { beforeAll, expect, it } from 'vitest'
import { runningStore } from '../support/running-store.ts'
import { encode } from './sample-store.ts'

const { db } = await runningStore()
const documents = [
  { _id: 1, a: 'x' },
  { _id: 2, a: 'yy' },
  { _id: 3, a: ['x', 'y'] },
]
const bytes = documents.reduce((sum, document) => sum + encode(document).length, 0)
const orders = db.collection<{ _id: number; a: unknown }>('orders')

beforeAll(async () => {
  await orders.createIndex({ a: 1 })
  await orders.insertMany(documents)
  await db.createCollection('empty')
})

it('tells what a collection holds as MongoDB does', async () => {
  const stats = await db.command({ collStats: 'orders' })
  expect(stats).toMatchObject({
    ns: 'orderloom.orders',
    count: 3,
    size: bytes,
    avgObjSize: Math.round(bytes / 3),
    nindexes: 2,
    capped: false,
    indexBuilds: [],
    scaleFactor: 1,
    ok: 1,
  })
  expect(Object.keys(stats.indexSizes)).toEqual(['_id_', 'a_1'])
  expect(stats.indexDetails).toEqual({ _id_: { entries: 3 }, a_1: { entries: 4 } })
  expect(stats.totalIndexSize).toBe(stats.indexSizes.a_1)
  expect(stats.totalSize).toBe(stats.storageSize + stats.totalIndexSize)
  expect(stats.storageSize).toBeGreaterThan(bytes)
})

it('tells of a collection that does not exist that it is empty', async () => {
  expect(await db.command({ collStats: 'none' })).toMatchObject({
    count: 0,
    size: 0,
    nindexes: 0,
    indexSizes: {},
  })
})

it('adds up a database, and scales', async () => {
  const stats = await db.stats()
  expect(stats).toMatchObject({
    db: 'orderloom',
    collections: 2,
    views: 0,
    objects: 3,
    dataSize: bytes,
    avgObjSize: bytes / 3,
    indexes: 3,
  })
  expect(await db.command({ dbStats: 1, scale: 1024 })).toMatchObject({
    dataSize: stats.dataSize / 1024,
    totalSize: stats.totalSize / 1024,
    scaleFactor: 1024,
  })
  await expect(db.command({ dbStats: 1, scale: 0 })).rejects.toMatchObject({ code: 51024 })
})

it('puts them into a pipeline', async () => {
  const stages = [
    { $collStats: { storageStats: {}, count: {} } },
    { $project: { ns: 1, count: 1, 'storageStats.size': 1 } },
  ]
  expect(await orders.aggregate(stages).toArray()).toEqual([
    { ns: 'orderloom.orders', count: 3, storageStats: { size: bytes } },
  ])
  await expect(orders.aggregate([{ $match: {} }, { $collStats: {} }]).toArray()).rejects.toMatchObject({
    code: 40602,
  })
  await expect(orders.aggregate([{ $collStats: { latencyStats: {} } }]).toArray()).rejects.toMatchObject({
    code: 238,
  })
  await expect(
    db
      .collection('none')
      .aggregate([{ $collStats: { count: {} } }])
      .toArray(),
  ).rejects.toMatchObject({
    code: 26,
  })
})
