import type { Document } from 'bson'
import { afterAll, beforeEach, expect, it } from 'vitest'
import { decode, encode } from '../../../server/embedded/bson/codec.ts'
import { buildIndex } from '../../../server/embedded/store/index-build.ts'
import { openFolder } from '../support/open-folder.ts'

const { store, close } = openFolder()
afterAll(close)

const LONG = 'x'.repeat(3000)

beforeEach(async () => {
  await store.commits.submit(() => {
    const old = store.catalog.find('t', 'c')
    if (old) store.catalog.drop(old)
    const collection = store.catalog.create('t', 'c')
    for (const document of [
      { _id: 1, key: 'a', n: 1 },
      { _id: 2, key: 'b', n: 1 },
      { _id: 3, n: 1 },
      { _id: 4, key: LONG, n: 1 },
      { _id: 5, key: ['p', 'q'], n: 1 },
    ])
      store.documents.insert(collection, encode(document))
    return { done: undefined }
  })
  await buildIndex(store, 't', 'c', { key: { key: 1, n: -1 }, name: 'u', unique: true })
})

it('finds by all fields of a unique key the one document that has it', () => {
  expect(ids({ key: 'b', n: 1 })).toEqual([2])
  expect(ids({ key: 'b', n: 2 })).toEqual([])
  expect(ids({ key: { $in: ['b', 'zz', 'a'] }, n: 1 })).toEqual([1, 2])
  expect(ids({ key: null, n: 1 })).toEqual([3])
  expect(ids({ key: 'q', n: 1 })).toEqual([5])
})

it('finds it where the key is so long that it is stored shortened', () => {
  expect(ids({ key: LONG, n: 1 })).toEqual([4])
  expect(ids({ key: `${LONG}y`, n: 1 })).toEqual([])
})

it('walks backwards over such keys', () => {
  expect(ids({ key: { $in: ['a', 'b'] }, n: 1 }, { key: -1 })).toEqual([2, 1])
})

it('looks at nothing else', () => {
  const query = store.query(store.catalog.find('t', 'c')!, { filter: decode(encode({ key: 'b', n: 1 })) })
  query.run(() => true)
  expect([query.plan.access.kind, query.examined()]).toEqual(['index', 1])
})

function ids(filter: Document, sort?: Document): number[] {
  const found: number[] = []
  store
    .query(store.catalog.find('t', 'c')!, { filter: decode(encode(filter)), sort })
    .run(({ raw }) => found.push(Number(decode(raw)._id)) > 0)
  return found
}
