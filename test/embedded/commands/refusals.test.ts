import { expect, it } from 'vitest'
import { runningStore } from '../support/running-store.ts'

const { client, db } = await runningStore()
const things = db.collection('things')

it('names a command it does not know', async () => {
  await expect(db.command({ mapReduce: 'things' })).rejects.toMatchObject({
    code: 59,
    codeName: 'CommandNotFound',
    message: "no such command: 'mapReduce'",
  })
})

it('names an option it does not know, inside statements too', async () => {
  await expect(db.command({ find: 'things', surprise: 1 })).rejects.toThrow(
    /'find.surprise' is an unknown field/,
  )
  await expect(
    db.command({ update: 'things', updates: [{ q: {}, u: { $set: { a: 1 } }, surprise: 1 }] }),
  ).rejects.toThrow(/'update.updates.surprise'/)
})

it('refuses a collation wherever one can stand', async () => {
  const collation = { locale: 'zh' }
  await expect(things.find({}, { collation }).toArray()).rejects.toMatchObject({ code: 238 })
  await expect(things.updateOne({}, { $set: { a: 1 } }, { collation })).rejects.toMatchObject({ code: 238 })
  await expect(things.deleteOne({}, { collation })).rejects.toMatchObject({ code: 238 })
  await expect(db.createCollection('other', { collation })).rejects.toMatchObject({ code: 238 })
})

it('refuses transactions as a standalone server does', async () => {
  const session = client.startSession()
  const attempt = session.withTransaction(() => things.insertOne({ a: 1 }, { session }))
  await expect(attempt).rejects.toMatchObject({ originalError: { code: 20 } })
  await session.endSession()
})

it('accepts sessions outside transactions', async () => {
  const session = client.startSession()
  await things.insertOne({ a: 2 }, { session })
  expect(await things.findOne({ a: 2 }, { session })).toMatchObject({ a: 2 })
  await session.endSession()
})

it('refuses what would need a validator, a view, or a capped collection', async () => {
  await expect(db.createCollection('v', { validator: { a: 1 } })).rejects.toMatchObject({ code: 238 })
  await expect(db.createCollection('w', { viewOn: 'things' })).rejects.toMatchObject({ code: 238 })
  await expect(db.createCollection('c', { capped: true, size: 1 })).rejects.toMatchObject({ code: 238 })
})

it('refuses names no collection may have', async () => {
  await expect(db.command({ create: 'a$b' })).rejects.toMatchObject({ code: 73 })
  await expect(db.command({ insert: '', documents: [{}] })).rejects.toMatchObject({ code: 73 })
})

it('refuses a document above 16 MB', async () => {
  const text = 'x'.repeat(9_000_000)
  await things.insertOne({ _id: 'big' as never, text })
  await expect(things.updateOne({ _id: 'big' as never }, { $set: { more: text } })).rejects.toMatchObject({
    code: 17419,
  })
})

it('refuses a hint that names no index', async () => {
  await expect(things.find({}).hint('nope').toArray()).rejects.toMatchObject({ code: 2 })
})
