import type { Document } from 'bson'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { encode } from '../../../server/embedded/bson/codec.ts'
import { idKey } from '../../../server/embedded/bson/key.ts'
import type { Collection } from '../../../server/embedded/store/catalog.ts'
import type { Store } from '../../../server/embedded/store/store.ts'
import { TABLE, tableKey } from '../../../server/embedded/store/tables.ts'
import { ALL_KEYS } from '../../../server/embedded/store/tree.ts'
import { validateCatalog } from '../../../server/embedded/store/validate-catalog.ts'
import { validateCollection } from '../../../server/embedded/store/validate-collection.ts'
import { openFolder } from '../support/open-folder.ts'
import { runningStore } from '../support/running-store.ts'

let store: Store
let close: () => Promise<void>
let collection: Collection

beforeEach(async () => {
  ;({ store, close } = openFolder())
  await store.commits.submit(() => {
    collection = store.catalog.create('d', 'c')
    store.catalog.addIndex(collection, { name: 'plain', key: { a: 1 } }, true)
    store.catalog.addIndex(collection, { name: 'unique', key: { u: 1 }, unique: true }, true)
    store.catalog.addIndex(collection, { name: 'many', key: { m: 1 } }, true)
    for (let _id = 0; _id < 20; _id++)
      store.documents.insert(collection, encode({ _id, a: _id % 3, u: _id, m: [_id, _id + 1] }))
    return { done: undefined }
  })
})

afterEach(() => close())

/** Writes into the tree past everything that keeps it in order. */
function damage(work: () => void): void {
  store.tree.transact(work)
}

function index(name: string) {
  return collection.indexes.find(each => each.name === name)!
}

function entries(name: string) {
  return store.tree.first(index(name).table, ALL_KEYS, Number.POSITIVE_INFINITY)
}

const found = () => validateCollection(store, collection)

it('finds nothing in a collection that is whole', async () => {
  const { documents, invalid, indexes, errors, missing, extra } = await found()
  expect({ documents, invalid, errors, missing, extra }).toEqual({
    documents: 20,
    invalid: 0,
    errors: [],
    missing: [],
    extra: [],
  })
  expect(Object.fromEntries(indexes)).toEqual({
    plain: { keys: 20, missing: 0, extra: 0, errors: [] },
    unique: { keys: 20, missing: 0, extra: 0, errors: [] },
    many: { keys: 40, missing: 0, extra: 0, errors: [] },
  })
  expect(validateCatalog(store)).toEqual([])
})

it.each(['plain', 'unique', 'many'])('finds an entry that is missing in the index %s', async name => {
  const { key, value } = entries(name)[7]!
  damage(() => store.tree.remove(index(name).table, key))
  const { indexes, missing } = await found()
  expect(indexes.get(name)).toMatchObject({ missing: 1, extra: 0, errors: [`index ${name} lacks 1 entries`] })
  expect(missing).toEqual([{ index: name, idKey: value }])
})

it('finds an entry of no document, and one that its document does not call for', async () => {
  const [first] = entries('plain')
  damage(() => {
    store.tree.put(index('plain').table, Buffer.from('1234'), idKey(99))
    store.tree.put(index('plain').table, Buffer.from('5678'), first!.value)
  })
  const { indexes, extra } = await found()
  expect(indexes.get('plain')).toMatchObject({
    keys: 22,
    missing: 0,
    extra: 2,
    errors: ['index plain has 2 entries that no document calls for'],
  })
  expect(extra.map(({ idKey: key }) => key)).toEqual([idKey(99), first!.value])
})

it('finds one entry in the place of another, where the number is right', async () => {
  const { key } = entries('unique')[3]!
  damage(() => store.tree.put(index('unique').table, key, idKey(11)))
  const { indexes } = await found()
  expect(indexes.get('unique')).toMatchObject({ keys: 20, missing: 1, extra: 1 })
})

it('finds a count that is wrong', async () => {
  damage(() => {
    const value = Buffer.alloc(8)
    value.writeDoubleBE(19, 0)
    store.tree.put(TABLE.counts, tableKey(collection.table), value)
  })
  expect((await found()).errors).toEqual(['the count says 19 documents (20 in memory), and there are 20'])
})

it('finds documents that are damaged, lie under a wrong key, or have none', async () => {
  const raw = store.tree.get(collection.table, idKey(4))!
  const broken = Buffer.from(raw)
  broken[0]!--
  damage(() => {
    store.tree.put(collection.table, idKey(1), broken)
    store.tree.put(collection.table, idKey(2), raw)
    store.tree.put(collection.table, idKey(3), encode({ a: 1 }))
  })
  const { invalid, errors } = await found()
  expect(invalid).toBe(3)
  expect(errors.map(error => error.replace(/^the document with the key [0-9a-f]+ /, ''))).toEqual([
    'is damaged: the bytes are no well-formed BSON document',
    'lies under another key than that of its _id',
    'has no _id',
  ])
})

it('finds an index that does not know it has several entries for a document', async () => {
  index('many').multikey = false
  expect((await found()).indexes.get('many')!.errors).toEqual([
    'index many is not marked as multikey, though a document has several entries in it',
  ])
})

it('finds no fault while others write', async () => {
  let writing = true
  const writer = (async () => {
    for (let i = 0; writing; i++)
      await store.commits.submit(() => {
        const _id = i % 2000
        const raw = store.tree.get(collection.table, idKey(_id))
        const after = encode({ _id, a: i % 11, u: _id, m: [i, -i] })
        if (!raw) store.documents.insert(collection, after)
        else if (i % 3 === 0) store.documents.remove(collection, { idKey: idKey(_id), raw })
        else store.documents.replace(collection, { idKey: idKey(_id), raw }, after)
        return { done: undefined }
      })
  })()
  for (let round = 0; round < 5; round++) {
    const { errors, indexes } = await found()
    expect([errors, ...[...indexes.values()].map(each => each.errors)]).toEqual([[], [], [], []])
    await new Promise(resolve => setTimeout(resolve, 20))
  }
  writing = false
  await writer
})

it('finds tables that nobody has, that two have, and that are noted as dropped', async () => {
  const other = await store.commits.submit(() => ({ done: store.catalog.create('d', 'other') }))
  damage(() => {
    store.tree.put(TABLE.meta, Buffer.from('nextTable'), tableKey(collection.table + 40))
    store.tree.put(collection.table + 30, Buffer.from('lost'), Buffer.alloc(1))
    store.tree.put(TABLE.dropped, tableKey(other.table), Buffer.alloc(1))
    store.tree.put(TABLE.counts, tableKey(collection.table + 31), Buffer.alloc(8))
  })
  index('plain').spec.name = 'plain'
  collection.indexes.push({ ...index('unique'), name: 'twin' })
  expect(validateCatalog(store).map(({ type, details }) => [type, details.table])).toEqual([
    ['TableUsedTwice', index('unique').table],
    ['TableDroppedButUsed', other.table],
    ['CountOfNobody', collection.table + 31],
    ['TableOfNobody', collection.table + 30],
  ])
})

it('answers as MongoDB does', async () => {
  const { db } = await runningStore()
  const orders = db.collection<{ _id: number }>('orders')
  await orders.createIndex({ a: 1 }, { name: 'by a' })
  await orders.insertMany([{ _id: 1 }, { _id: 2 }])
  const reply: Document = await db.command({ validate: 'orders', full: true })
  expect(reply).toEqual({
    ns: 'orderloom.orders',
    uuid: expect.anything(),
    nInvalidDocuments: 0,
    nNonCompliantDocuments: 0,
    nrecords: 2,
    nIndexes: 2,
    keysPerIndex: { _id_: 2, 'by a': 2 },
    indexDetails: { _id_: { valid: true }, 'by a': { valid: true } },
    valid: true,
    repaired: false,
    warnings: [],
    errors: [],
    extraIndexEntries: [],
    missingIndexEntries: [],
    corruptRecords: [],
    ok: 1,
  })
  await expect(db.command({ validate: 'none' })).rejects.toMatchObject({ code: 26 })
  await expect(db.command({ validate: 'orders', repair: true })).rejects.toMatchObject({ code: 238 })
  expect((await db.admin().command({ checkMetadataConsistency: 1 })).cursor.firstBatch).toEqual([])
})
