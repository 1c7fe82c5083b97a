import { expect, it } from 'vitest'
import { encode } from '../../../server/embedded/bson/codec.ts'
import { idKey } from '../../../server/embedded/bson/key.ts'
import { buildIdFilter } from '../../../server/embedded/store/filter-build.ts'
import { createIdFilter, idFilterIn } from '../../../server/embedded/store/id-filter.ts'
import { buildIndex } from '../../../server/embedded/store/index-build.ts'
import { openFolder } from '../support/open-folder.ts'

const idOf = (number: number) => idKey(`shop:2026${number}#版本${number % 7}`)

it('knows every id that was added, from the other thread too, and few that were not', () => {
  const filter = createIdFilter(0)!
  const seen = idFilterIn(filter.memory)
  const count = 100_000
  for (let number = 0; number < count; number++) filter.add(idOf(number))
  let wrong = 0
  for (let number = 0; number < count; number++) {
    if (!seen.mayHave(idOf(number))) throw new Error(`id ${number} was added and is not there`)
    if (seen.mayHave(idOf(count + number))) wrong++
  }
  expect(wrong / count).toBeLessThan(0.01)
})

it('is over when so many came that it could not tell them apart, and there is none for too many', () => {
  const filter = createIdFilter(0)!
  const seen = idFilterIn(filter.memory)
  const key = Buffer.alloc(4)
  const add = (from: number, to: number) => {
    for (let number = from; number < to; number++) {
      key.writeUInt32BE(number, 0)
      filter.add(key)
    }
  }
  add(0, 1_000_000)
  expect(seen.isOver()).toBe(false)
  add(1_000_000, 1_400_000)
  expect(seen.isOver()).toBe(true)
  expect(createIdFilter(30_000_000)).toBeUndefined()
})

it.each([
  ['beside the documents', []],
  ['in an index of all documents, not in one of some', [{ partial: { n: 1 } }, { partial: undefined }]],
])('is built from ids %s while more come, and ends with its collection', async (_, indexes) => {
  const { store, close } = openFolder()
  const { catalog, commits, documents } = store
  const insert = (from: number, to: number) =>
    commits.submit(() => {
      const collection = catalog.find('shop', 'events')!
      for (let number = from; number < to; number++)
        documents.insert(collection, encode({ _id: `e${number}`, n: number }))
      return { done: undefined }
    })
  await commits.submit(() => ({ done: void catalog.create('shop', 'events') }))
  for (const [at, { partial }] of indexes.entries())
    await buildIndex(store, 'shop', 'events', {
      key: { n: at === 0 ? 1 : -1 },
      name: `i${at}`,
      ...(partial && { partialFilterExpression: partial }),
    })
  await insert(0, 3_000)
  const building = buildIdFilter(store, 'shop', 'events')
  await insert(3_000, 3_500)
  const filter = (await building)!
  await insert(3_500, 4_000)
  // What fails has the catalog read again.
  const failing = commits.submit(() => {
    throw new Error('unforeseen')
  })
  await expect(failing).rejects.toThrow()
  await insert(4_000, 4_001)
  const missing = Array.from({ length: 4_001 }, (_, n) => n).filter(n => !filter.mayHave(idKey(`e${n}`)))
  expect(missing).toEqual([])
  expect(filter.isOver()).toBe(false)
  await commits.submit(() => ({ done: catalog.rename(catalog.find('shop', 'events')!, 'old') }))
  expect(filter.isOver()).toBe(true)
  expect(await buildIdFilter(store, 'shop', 'events')).toBeUndefined()
  await close()
})

it('is given up where its collection goes away while it is built', async () => {
  const { store, close } = openFolder()
  const { catalog, commits, documents } = store
  await commits.submit(() => {
    const collection = catalog.create('shop', 'events')
    for (let number = 0; number < 3_000; number++) documents.insert(collection, encode({ _id: `e${number}` }))
    return { done: undefined }
  })
  const building = buildIdFilter(store, 'shop', 'events')
  await commits.submit(() => ({ done: catalog.drop(catalog.find('shop', 'events')!) }))
  expect(await building).toBeUndefined()
  await close()
})
