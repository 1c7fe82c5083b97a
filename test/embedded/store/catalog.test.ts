import { expect, it } from 'vitest'
import { encode } from '../../../server/embedded/bson/codec.ts'
import type { Collection } from '../../../server/embedded/store/catalog.ts'
import { buildIndex } from '../../../server/embedded/store/index-build.ts'
import { reclaimDropped } from '../../../server/embedded/store/reclaim.ts'
import { ALL_KEYS } from '../../../server/embedded/store/tree.ts'
import { openFolder } from '../support/open-folder.ts'

it('knows after a restart what it knew before', async () => {
  const { store, reopen, close } = openFolder()
  await buildIndex(store, 't', 'c', { key: { a: 1 }, name: 'a_1', unique: true })
  await buildIndex(store, 't', 'c', { key: { b: -1 }, name: 'b_-1', partialFilterExpression: { a: 1 } })
  await store.commits.submit(() => {
    const collection = store.catalog.find('t', 'c')!
    store.documents.insert(collection, encode({ _id: 1, a: [1, 2], b: 'x'.repeat(3000) }))
    store.documents.insert(collection, encode({ _id: 2, a: 3 }))
    return { done: undefined }
  })
  const before = store.catalog.find('t', 'c')!
  const again = await reopen()
  const after = again.catalog.find('t', 'c')!
  expect(plain(after)).toEqual(plain(before))
  expect(after.count).toBe(2)
  expect(after.indexes.map(({ multikey, truncated }) => [multikey, truncated])).toEqual([
    [true, false],
    [false, true],
  ])
  await close()
})

it('drops at the start what a killed process left unfinished', async () => {
  const { store, reopen, close } = openFolder()
  await store.commits.submit(() => {
    store.catalog.create('t', 'tmp.agg_out.c')
    const collection = store.catalog.create('t', 'c')
    store.documents.insert(collection, encode({ _id: 1 }))
    store.catalog.addIndex(collection, { key: { a: 1 }, name: 'a_1' }, false)
    return { done: undefined }
  })
  const again = await reopen()
  expect(again.catalog.collections('t').map(({ name, indexes }) => [name, indexes.length])).toEqual([
    ['c', 0],
  ])
  await close()
})

it('removes the entries of what was dropped, and nothing else', async () => {
  const { store, close } = openFolder()
  const { tree, catalog, commits } = store
  await commits.submit(() => {
    for (const name of ['kept', 'gone']) {
      const collection = catalog.create('t', name)
      for (let _id = 0; _id < 3000; _id++) store.documents.insert(collection, encode({ _id }))
    }
    return { done: undefined }
  })
  const kept = catalog.find('t', 'kept')!
  const gone = catalog.find('t', 'gone')!
  await commits.submit(() => {
    catalog.drop(gone)
    return { done: undefined }
  })
  expect(tree.count(gone.table, ALL_KEYS)).toBe(3000)
  await reclaimDropped(tree, commits)
  expect(tree.count(gone.table, ALL_KEYS)).toBe(0)
  expect(tree.count(kept.table, ALL_KEYS)).toBe(3000)
  await close()
})

/** With specs as bytes and without compiled filters, which equal nothing but themselves. */
function plain(collection: Collection) {
  const indexes = collection.indexes.map(({ partial, spec, ...index }) => ({ ...index, spec: encode(spec) }))
  return { ...collection, indexes }
}
