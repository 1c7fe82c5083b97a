import mongoose, { Schema } from 'mongoose'
import { afterAll, expect, it } from 'vitest'
import { runningStore } from '../support/running-store.ts'

const { uri } = await runningStore()
const connection = await mongoose.createConnection(uri).asPromise()
afterAll(() => connection.close())

const Shop = connection.model('Shop', new Schema({ name: { type: String, required: true, unique: true } }))
const Order = connection.model(
  'Order',
  new Schema(
    {
      number: { type: String, index: true },
      shop: { type: Schema.Types.ObjectId, ref: 'Shop' },
      lines: [{ sku: String, quantity: Number }],
      labels: { type: Map, of: String },
      paidFen: BigInt,
    },
    { timestamps: true, optimisticConcurrency: true },
  ),
)
await Promise.all([Shop.init(), Order.init()])

it('stores, populates and changes documents of mongoose', async () => {
  const shop = await Shop.create({ name: '杭州店' })
  const order = await Order.create({
    number: 'A1',
    shop: shop._id,
    lines: [{ sku: 'x', quantity: 1 }],
    labels: new Map([['urgent', 'yes']]),
    paidFen: 9_007_199_254_740_993n,
  })
  order.lines[0]!.quantity = 3
  order.lines.push({ sku: 'y', quantity: 2 })
  await order.save()
  const found = await Order.findOne({ 'lines.sku': 'y' }).populate<{ shop: { name: string } }>('shop')
  expect(found?.shop.name).toBe('杭州店')
  expect(found?.lines.map(line => line.quantity)).toEqual([3, 2])
  expect(found?.labels?.get('urgent')).toBe('yes')
  expect(found?.paidFen).toBe(9_007_199_254_740_993n)
  expect(found?.get('updatedAt')).toBeInstanceOf(Date)
})

it('lets the second of two writers of one version fail', async () => {
  await Order.create({ number: 'B1' })
  const [mine, yours] = [await Order.findOne({ number: 'B1' }), await Order.findOne({ number: 'B1' })]
  mine!.number = 'B2'
  await mine!.save()
  yours!.number = 'B3'
  await expect(yours!.save()).rejects.toThrow(/No matching document/)
})

it('tells of a duplicate with the key that is taken', async () => {
  await Shop.create({ name: 'once' })
  await expect(Shop.create({ name: 'once' })).rejects.toMatchObject({
    code: 11000,
    keyValue: { name: 'once' },
  })
})

it('brings indexes in line with a schema', async () => {
  const Changed = connection.model('Changed', new Schema({ a: Number, b: Number }).index({ a: 1, b: -1 }))
  await Changed.init()
  await Changed.collection.createIndex({ b: 1 })
  expect(await Changed.syncIndexes()).toEqual(['b_1'])
  expect(Object.keys(await Changed.collection.indexInformation())).toEqual(['_id_', 'a_1_b_-1'])
})

it('reads a large result through a cursor', async () => {
  const Row = connection.model('Row', new Schema({ n: Number }))
  await Row.insertMany(Array.from({ length: 1500 }, (_, n) => ({ n })))
  let sum = 0
  for await (const row of Row.find().sort({ n: -1 }).cursor({ batchSize: 200 })) sum += row.n ?? 0
  expect(sum).toBe((1499 * 1500) / 2)
})
