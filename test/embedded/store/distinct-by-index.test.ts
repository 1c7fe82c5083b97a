import type { Document } from 'bson'
import fc from 'fast-check'
import { afterAll, expect, it } from 'vitest'
import { decode, encode } from '../../../server/embedded/bson/codec.ts'
import { encodeRaw } from '../../../server/embedded/bson/key.ts'
import { followPath } from '../../../server/embedded/bson/path.ts'
import { buildIndex } from '../../../server/embedded/store/index-build.ts'
import type { QuerySpec } from '../../../server/embedded/store/query.ts'
import { openFolder } from '../support/open-folder.ts'

const { store, close } = openFolder()
afterAll(close)

/** Few values, of which several have the same key: numbers of different types, null and what is missing. */
const value = fc.constantFrom<unknown>(0, 1, 1.5, 2, 'x', 'xy', '', null, true, new Date(5))
const document = fc.record(
  { a: value, b: value, c: fc.record({ d: value }, { requiredKeys: [] }) },
  { requiredKeys: [] },
)
const withList = fc.record({ a: fc.array(value, { maxLength: 3 }), b: value })
const indexKey = fc.constantFrom<Document>(
  { a: 1 },
  { a: -1 },
  { a: 1, b: -1 },
  { b: 1, a: 1 },
  { 'c.d': 1 },
  { b: -1, 'c.d': -1 },
)
const condition = fc.oneof(
  value.map($eq => ({ $eq })),
  value.map($gt => ({ $gt })),
  value.map($in => ({ $in: [$in, 1, 'x'] })),
)
const cases = fc.record({
  documents: fc.oneof(
    { weight: 4, arbitrary: fc.array(document, { maxLength: 30 }) },
    { weight: 1, arbitrary: fc.array(fc.oneof(document, withList), { maxLength: 20 }) },
  ),
  indexes: fc.array(fc.record({ key: indexKey, sparse: fc.constantFrom(false, false, true) }), {
    minLength: 1,
    maxLength: 3,
  }),
  filters: fc.array(
    fc.oneof(
      fc.constant({}),
      fc.dictionary(fc.constantFrom('a', 'b'), condition, { minKeys: 1, maxKeys: 2 }),
    ),
    { minLength: 1, maxLength: 4 },
  ),
})

it('finds each value of a field by an index that a look at all documents finds', async () => {
  await fc.assert(
    fc.asyncProperty(cases, async ({ documents, indexes, filters }) => {
      await fill(documents, indexes)
      for (const wanted of filters)
        for (const path of ['a', 'b', 'c.d']) {
          const filter = decode(encode(wanted))
          const expected = valuesAt(path, { filter, hint: { $natural: 1 } })
          expect(valuesAt(path, { filter, distinct: path }), JSON.stringify({ wanted, path })).toEqual(
            expected,
          )
        }
    }),
    { numRuns: 200 },
  )
}, 60_000)

it('looks at few documents more than there are values, however many have them', async () => {
  const documents = Array.from({ length: 300 }, (_, i) => ({ a: i % 3, b: i % 10 }))
  await fill(documents, [{ key: { a: 1, b: 1 }, sparse: false }])
  expect(examined({ filter: {}, distinct: 'a' })).toBe(3)
  expect(examined({ filter: decode(encode({ a: 1 })), distinct: 'b' })).toBe(10)
  expect(examined({ filter: {}, distinct: 'b' })).toBe(300)
})

it('says which index it reads', async () => {
  await fill([{ a: 1 }], [{ key: { a: 1 }, sparse: false }])
  const planOf = (distinct: string) => {
    const { access } = store.query(store.catalog.find('t', 'c')!, { filter: {}, distinct }).plan
    return access.kind === 'index' ? access.index.name : access.kind
  }
  expect([planOf('a'), planOf('b')]).toEqual(['i0', 'scan'])
})

it('goes on where it was when it was paused between two values', async () => {
  await fill(
    Array.from({ length: 50 }, (_, i) => ({ a: i % 5 })),
    [{ key: { a: 1 }, sparse: false }],
  )
  const query = store.query(store.catalog.find('t', 'c')!, { filter: {}, distinct: 'a' })
  const found: number[] = []
  const take = ({ raw }: { raw: Uint8Array }) => found.push(Number(decode(raw).a)) > 0
  while (query.run(take, 1) === 'paused');
  expect(found).toEqual([0, 1, 2, 3, 4])
})

async function fill(documents: Document[], indexes: { key: Document; sparse: boolean }[]): Promise<void> {
  await store.commits.submit(() => {
    const old = store.catalog.find('t', 'c')
    if (old) store.catalog.drop(old)
    const collection = store.catalog.create('t', 'c')
    documents.forEach((one, i) => {
      store.documents.insert(collection, encode({ _id: i, ...one }))
    })
    return { done: undefined }
  })
  for (const [i, { key, sparse }] of indexes.entries())
    await buildIndex(store, 't', 'c', { key, sparse, name: `i${i}` })
}

/** The keys of all values a field has, lists taken as they are. */
function valuesAt(path: string, spec: QuerySpec): string[] {
  const keys = new Set<string>()
  store.query(store.catalog.find('t', 'c')!, spec).run(({ raw }) => {
    const found = followPath(raw, 0, path.split('.'))
    if (found) keys.add(encodeRaw(found).toString('hex'))
    return true
  })
  return [...keys].sort()
}

function examined(spec: QuerySpec): number {
  const query = store.query(store.catalog.find('t', 'c')!, spec)
  query.run(() => true)
  return query.examined()
}
