import { afterAll, expect, it } from 'vitest'
import { decode, encode } from '../../../server/embedded/bson/codec.ts'
import { openFolder } from '../support/open-folder.ts'

const { store, close } = openFolder()
afterAll(close)

it('gives the first of many in order without keeping all of them, equal ones as they stand', async () => {
  const COUNT = 3000
  const ranked = (n: number) => (n * 7919) % 1000
  await store.commits.submit(() => {
    const collection = store.catalog.create('t', 'c')
    for (let n = 0; n < COUNT; n++) store.documents.insert(collection, encode({ _id: n, value: ranked(n) }))
    return { done: undefined }
  })
  const all = Array.from({ length: COUNT }, (_, n) => n)
  for (const direction of [1, -1]) {
    const sorted = all.toSorted((a, b) => (ranked(a) - ranked(b)) * direction)
    for (const [skip, limit] of [
      [0, 1],
      [0, 500],
      [30, 12],
      [1990, 700],
      [2990, 100],
    ] as const) {
      const spec = { filter: {}, sort: decode(encode({ value: direction })), skip, limit }
      const found: number[] = []
      store
        .query(store.catalog.find('t', 'c')!, spec)
        .run(({ raw }) => found.push(Number(decode(raw)._id)) > 0)
      expect(found).toEqual(sorted.slice(skip, skip + limit))
    }
  }
})
