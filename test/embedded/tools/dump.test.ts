import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, expect, it } from 'vitest'
import { exportDump } from '../../../server/embedded/tools/export-dump.ts'
import { importDump } from '../../../server/embedded/tools/import-dump.ts'
import { runningStore, temporaryFolder } from '../support/running-store.ts'
import { EVERY_TYPE, encode, filesOf, fillSample, listeningConsole } from './sample-store.ts'

const { client, db } = await runningStore()
const console = listeningConsole()

afterEach(async () => {
  await db.dropDatabase()
  console.said.length = 0
})

/** A dump of the sample, as a new folder. */
async function sampleDump(): Promise<string> {
  await fillSample(client)
  const target = join(temporaryFolder(), 'dump')
  await exportDump(client, { target, replace: false }, console)
  return target
}

/** A dump with one collection of the test's own. */
function dumpOf(name: string, documents: Buffer, metadata?: object): string {
  const source = temporaryFolder()
  mkdirSync(join(source, 'orderloom'))
  writeFileSync(join(source, 'orderloom', `${name}.bson`), documents)
  if (metadata) writeFileSync(join(source, 'orderloom', `${name}.metadata.json`), JSON.stringify(metadata))
  return source
}

const importFrom = (source: string, replace = false) => importDump(client, { source, replace }, console)
const messageOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => 'no error',
    ({ message }: Error) => message,
  )
const names = async () =>
  (await db.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name).sort()

it('writes the files mongorestore looks for', async () => {
  const target = await sampleDump()
  expect(Object.keys(filesOf(target)).sort()).toEqual([
    'orderloom/nothing:%20here%2Fyet.bson',
    'orderloom/nothing:%20here%2Fyet.metadata.json',
    'orderloom/orders.bson',
    'orderloom/orders.metadata.json',
    'orderloom/types.bson',
    'orderloom/types.metadata.json',
    'prelude.json',
  ])
  expect(JSON.parse(readFileSync(join(target, 'prelude.json'), 'utf8')).ServerVersion).toMatch(/^7\.0\.\d+$/)
  const { indexes, uuid, collectionName, type } = JSON.parse(
    readFileSync(join(target, 'orderloom/orders.metadata.json'), 'utf8'),
  )
  expect({ uuid, collectionName, type }).toEqual({
    uuid: expect.stringMatching(/^[0-9a-f]{32}$/),
    collectionName: 'orders',
    type: 'collection',
  })
  expect(indexes[0]).toEqual({ v: { $numberInt: '2' }, key: { _id: { $numberInt: '1' } }, name: '_id_' })
  expect(indexes.at(-3).partialFilterExpression).toEqual({
    p: { $gt: { $numberLong: '5' } },
    at: { $lt: { $date: { $numberLong: '0' } } },
  })
})

it('keeps every type of BSON and every kind of index, byte for byte, on the way out and in again', async () => {
  const source = await sampleDump()
  expect(readFileSync(join(source, 'orderloom/types.bson')).equals(Buffer.concat(EVERY_TYPE))).toBe(true)
  await db.dropDatabase()

  const imported = await importFrom(source)
  expect(imported.map(({ namespace, documents, indexes }) => [namespace, documents, indexes])).toEqual([
    ['orderloom.nothing: here/yet', 0, 1],
    ['orderloom.orders', 50, 8],
    ['orderloom.types', EVERY_TYPE.length, 1],
  ])
  const target = join(temporaryFolder(), 'again')
  await exportDump(client, { target, replace: false }, console)
  expect(filesOf(target)).toEqual(filesOf(source))
  for (const name of await names()) expect((await db.command({ validate: name })).valid).toBe(true)
})

it('reads a compressed dump, and leaves out views, system collections and what it does not know', async () => {
  const source = await sampleDump()
  await db.dropDatabase()
  for (const file of readdirSync(join(source, 'orderloom'))) {
    const path = join(source, 'orderloom', file)
    writeFileSync(`${path}.gz`, gzipSync(readFileSync(path)))
    renameSync(path, join(temporaryFolder(), file))
  }
  const view = { options: { viewOn: 'orders', pipeline: [] }, indexes: [], collectionName: 'seen' }
  writeFileSync(join(source, 'orderloom/seen.metadata.json.gz'), gzipSync(JSON.stringify(view)))
  writeFileSync(join(source, 'orderloom/system.profile.bson'), '')
  writeFileSync(join(source, 'oplog.bson'), '')
  mkdirSync(join(source, 'admin'))

  await importFrom(source)
  expect(await names()).toEqual(['nothing: here/yet', 'orders', 'types'])
  expect(await db.collection('orders').countDocuments()).toBe(50)
  const notices = console.said.map(({ en }) => en)
  expect(notices).toEqual([
    'database admin is left out: it belongs to the MongoDB server itself',
    `file ${join(source, 'oplog.bson')} is left out: it is no file of a collection`,
    'view orderloom.seen is left out: it has no data of its own',
    'system collection orderloom.system.profile is left out',
  ])
})

it('reads what older versions of mongodump wrote', async () => {
  const indexes = [
    { v: 1, key: { _id: 1 }, name: '_id_', ns: 'shop.c' },
    { v: 1, key: { a: 1 }, name: 'a_1', ns: 'shop.c', background: true },
    { v: 2, key: { b: { $numberDouble: '-1.0' } }, name: 'b_-1', unique: true },
  ]
  await importFrom(dumpOf('c', encode({ _id: 1 }), { options: { autoIndexId: true }, indexes }))
  await importFrom(dumpOf('bare', encode({ _id: 1 })))
  const found = await db.collection('c').listIndexes().toArray()
  expect(found).toEqual([
    { v: 2, key: { _id: 1 }, name: '_id_' },
    { v: 2, key: { a: 1 }, name: 'a_1' },
    { v: 2, key: { b: -1 }, name: 'b_-1', unique: true },
  ])
  expect(await names()).toEqual(['bare', 'c'])
})

it('takes a long name of a collection from the metadata, since that of the file is cut', async () => {
  const name = '订单'.repeat(35)
  await db.collection(name).insertOne({ a: 1 })
  const target = join(temporaryFolder(), 'dump')
  await exportDump(client, { target, replace: false }, console)
  const files = readdirSync(join(target, 'orderloom'))
  expect(files.every(file => file.length <= 255)).toBe(true)
  await db.dropDatabase()
  await importFrom(target)
  expect(await names()).toEqual([name])
})

it('overwrites nothing unless it is told to', async () => {
  const source = await sampleDump()
  await db.collection('orders').updateMany({}, { $set: { changed: true } })
  expect(await messageOf(importFrom(source))).toBe(
    'These collections hold documents already: orderloom.orders, orderloom.types. Nothing was changed. ' +
      'Add --replace to put the imported ones in their place',
  )
  expect(await db.collection('orders').countDocuments({ changed: true })).toBe(50)
  await importFrom(source, true)
  expect(await db.collection('orders').countDocuments({ changed: true })).toBe(0)
  expect(await db.collection('orders').countDocuments()).toBe(50)
})

it('changes nothing where an option or an index is refused, and says of which collection', async () => {
  await db.collection<{ _id: number }>('kept').insertOne({ _id: 1 })
  const collation = { locale: 'en_US', strength: 2 }
  const ofCollection = dumpOf('c', Buffer.alloc(0), { options: { collation }, indexes: [] })
  expect(await messageOf(importFrom(ofCollection))).toMatch(
    /^Collection orderloom\.c cannot be made: .*collation.*Nothing was changed$/,
  )
  const index = { v: 2, key: { name: 1 }, name: 'by name', collation }
  expect(await messageOf(importFrom(dumpOf('c', Buffer.alloc(0), { indexes: [index] })))).toMatch(
    /^Index by name of collection orderloom\.c cannot be made: .*collation/,
  )
  const text = { v: 2, key: { _fts: 'text', _ftsx: 1 }, name: 'words', weights: { a: 1 } }
  expect(await messageOf(importFrom(dumpOf('c', Buffer.alloc(0), { indexes: [text] })))).toMatch(
    /^Index words of collection orderloom\.c cannot be made/,
  )
  expect(
    await messageOf(importFrom(dumpOf('t', Buffer.alloc(0), { indexes: [], type: 'timeseries' }))),
  ).toMatch(/^Collection orderloom\.t is a time series/)
  expect(await names()).toEqual(['kept'])
})

it('names the file and the byte where it is damaged, and changes nothing', async () => {
  const documents = [1, 2, 3].map(_id => encode({ _id, text: 'x'.repeat(100) }))
  const at = documents[0]!.length + documents[1]!.length
  const whole = Buffer.concat(documents)
  const damages: [Buffer, RegExp][] = [
    [whole.subarray(0, -1), /of the last document there are \d+ bytes only; the file was cut short/],
    [
      Buffer.concat([whole.subarray(0, at), Buffer.of(3, 0, 0, 0), whole]),
      /the length of a document is given as 3/,
    ],
    [Buffer.concat([whole.subarray(0, -5), Buffer.from('xxxx\0')]), /no well-formed BSON/],
  ]
  for (const [bytes, reason] of damages) {
    const source = dumpOf('c', bytes)
    const message = await messageOf(importFrom(source))
    expect(message).toContain(`File ${join(source, 'orderloom/c.bson')} is damaged at byte ${at}: `)
    expect(message).toMatch(reason)
  }
  expect(await names()).toEqual([])
})

it('brings a database in under another name, and clears away what a killed import has left', async () => {
  const source = dumpOf('c', encode({ _id: 1 }))
  renameSync(join(source, 'orderloom'), join(source, 'shop'))
  await db.createCollection('tmp.agg_out.import.dead')
  await importDump(client, { source, replace: false, as: 'orderloom' }, console)
  expect(await names()).toEqual(['c'])
  mkdirSync(join(source, 'other'))
  writeFileSync(join(source, 'other', 'c.bson'), '')
  expect(await messageOf(importDump(client, { source, replace: false, as: 'x' }, console))).toMatch(
    /several databases \(other, shop\)/,
  )
})

it('names the byte of a document the store does not take', async () => {
  const documents = [1, 2, 2].map(_id => encode({ _id }))
  const message = await messageOf(importFrom(dumpOf('c', Buffer.concat(documents))))
  expect(message).toMatch(
    /^The document at byte 28 of file .*c\.bson cannot be stored in orderloom\.c: E11000/,
  )
  expect(await names()).toEqual([])
})

it('exports over an earlier export only when told, and never over anything else', async () => {
  const target = await sampleDump()
  await db.collection('types').drop()
  expect(await messageOf(exportDump(client, { target, replace: false }, console))).toMatch(
    /holds an earlier export/,
  )
  await exportDump(client, { target, replace: true }, console)
  expect(existsSync(join(target, 'orderloom/types.bson'))).toBe(false)
  expect(existsSync(join(target, 'orderloom/orders.bson'))).toBe(true)

  const own = temporaryFolder()
  writeFileSync(join(own, 'photo'), '')
  expect(await messageOf(exportDump(client, { target: own, replace: true }, console))).toMatch(
    /is not overwritten/,
  )
  expect(readdirSync(own)).toEqual(['photo'])
})
