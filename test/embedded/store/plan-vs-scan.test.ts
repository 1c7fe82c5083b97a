import type { Document } from 'bson'
import fc from 'fast-check'
import { afterAll, expect, it } from 'vitest'
import { decode, encode } from '../../../server/embedded/bson/codec.ts'
import { compileSort } from '../../../server/embedded/query/sort.ts'
import { buildIndex } from '../../../server/embedded/store/index-build.ts'
import { countByIndex } from '../../../server/embedded/store/index-count.ts'
import type { QuerySpec } from '../../../server/embedded/store/query.ts'
import { openFolder } from '../support/open-folder.ts'

const { store, close } = openFolder()
afterAll(close)

/** Few values, so that filters, documents and index keys meet often. */
const scalar = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: -2, max: 4 }) },
  { weight: 2, arbitrary: fc.constantFrom('', 'x', 'xy', 'y') },
  fc.constantFrom<unknown>(null, true, false, 1.5, new Date(0), new Date(5)),
)
const value = fc.oneof(
  { weight: 4, arbitrary: scalar },
  { weight: 1, arbitrary: fc.array(scalar, { maxLength: 3 }) },
)
const inner = fc.record({ d: value, e: scalar }, { requiredKeys: [] })
const document = fc.record(
  {
    a: value,
    b: scalar,
    c: fc.oneof(
      { weight: 4, arbitrary: inner },
      { weight: 1, arbitrary: fc.array(inner, { maxLength: 3 }) },
      { weight: 1, arbitrary: scalar },
    ),
  },
  { requiredKeys: [] },
)
/** Without arrays an index keeps its order. */
const flatDocument = fc.record(
  { a: scalar, b: scalar, c: fc.record({ d: scalar, e: scalar }) },
  { requiredKeys: ['b'] },
)
const path = fc.constantFrom('a', 'a', 'b', 'b', 'c.d', 'c.d', 'c', 'c.e', '_id')
const condition = fc.oneof(
  { weight: 3, arbitrary: scalar },
  { weight: 4, arbitrary: fc.array(scalar, { maxLength: 3 }).map($in => ({ $in })) },
  { weight: 3, arbitrary: fc.constant({ $in: [0, 1, 2, 'x', null] }) },
  scalar.map($gt => ({ $gt })),
  scalar.map($gte => ({ $gte })),
  fc.tuple(scalar, scalar).map(([$gte, $lt]) => ({ $gte, $lt })),
  fc.tuple(scalar, scalar).map(([$gt, $lte]) => ({ $gt, $lte })),
  scalar.map($lte => ({ $lte })),
  scalar.map($ne => ({ $ne })),
  fc.boolean().map($exists => ({ $exists })),
)
const conjunction = fc.dictionary(path, condition, { minKeys: 1, maxKeys: 3 })
const filter = fc.oneof(
  { weight: 3, arbitrary: conjunction },
  { weight: 1, arbitrary: fc.tuple(conjunction, conjunction).map($or => ({ $or })) },
  {
    weight: 1,
    arbitrary: fc.tuple(conjunction, conjunction, conjunction).map(([x, ...$or]) => ({ ...x, $or })),
  },
)
const direction = fc.constantFrom(1, -1)
const key = fc.uniqueArray(fc.tuple(path, direction), {
  minLength: 1,
  maxLength: 3,
  selector: ([name]) => name,
})
const indexKey = fc.oneof(
  key,
  fc.constantFrom<[string, number][]>(
    [
      ['a', 1],
      ['b', 1],
    ],
    [
      ['b', -1],
      ['c.d', 1],
    ],
    [
      ['a', 1],
      ['b', -1],
      ['c.d', 1],
    ],
  ),
)
const order = fc.oneof(
  fc.constantFrom<[string, number][] | undefined>(
    undefined,
    [['b', 1]],
    [['b', -1]],
    [['c.d', 1]],
    [['c.d', -1]],
  ),
  key,
)
const partial = fc.constantFrom<Document | undefined>(
  undefined,
  undefined,
  { b: 1 },
  { b: { $gt: 0 } },
  { a: { $exists: true } },
  { a: { $gte: 0 }, b: { $in: [1, 2, 'x'] } },
)

interface Case {
  documents: Document[]
  indexes: { key: [string, number][]; sparse: boolean; partial: Document | undefined }[]
  questions: { filter: Document; sort: [string, number][] | undefined }[]
}

const cases: fc.Arbitrary<Case> = fc.record({
  documents: fc.oneof(fc.array(document, { maxLength: 25 }), fc.array(flatDocument, { maxLength: 40 })),
  indexes: fc.array(
    fc.record({ key: indexKey, sparse: fc.constantFrom(true, false, false, false), partial }),
    { maxLength: 4 },
  ),
  questions: fc.array(fc.record({ filter, sort: order }), { minLength: 1, maxLength: 8 }),
})

it('answers by any plan what reading the whole collection answers, in the order asked for', async () => {
  await fc.assert(fc.asyncProperty(cases, check), { numRuns: 1000 })
}, 120_000)

async function check({ documents, indexes, questions }: Case): Promise<void> {
  await fill(documents, indexes)
  for (const { filter: wanted, sort: order } of questions) {
    const sort = order && Object.fromEntries(order)
    if (sort && documents.some(one => hasNoOrder(one, sort))) continue
    const spec = { filter: decode(encode(wanted)), sort }
    const planned = answer(spec)
    const scanned = answer({ ...spec, hint: { $natural: 1 } })
    expect(ids(planned).toSorted(), describe(spec)).toEqual(ids(scanned).toSorted())
    const counted = countByIndex(store.tree, store.catalog.find('t', 'c')!, spec.filter)
    if (counted !== undefined) expect(counted, describe(spec)).toBe(scanned.length)
    if (!sort) continue
    const compare = compileSort(sort)
    for (let i = 1; i < planned.length; i++)
      expect(compare(planned[i - 1]!, planned[i]!), describe(spec)).toBeLessThanOrEqual(0)
    const first = answer({ ...spec, skip: 1, limit: 3 })
    first.forEach((raw, i) => {
      expect(compare(raw, planned[i + 1]!), describe(spec)).toBe(0)
    })
    expect(first.length).toBe(Math.max(0, Math.min(3, planned.length - 1)))
  }
}

/** By arrays in two fields at once nothing can be sorted. */
function hasNoOrder(document: Document, sort: Document): boolean {
  const roots = Object.keys(sort).map(name => name.split('.')[0]!)
  return (
    new Set(roots.filter(root => Array.isArray(document[root]) || Array.isArray(document[root]?.d))).size > 1
  )
}

async function fill(documents: Document[], indexes: Case['indexes']): Promise<void> {
  await store.commits.submit(() => {
    const old = store.catalog.find('t', 'c')
    if (old) store.catalog.drop(old)
    store.catalog.create('t', 'c')
    return { done: undefined }
  })
  // Half before the indexes are built and half after, so that both ways into an index are tried.
  const half = documents.length >> 1
  await insert(documents.slice(0, half), 0)
  for (const [i, { key, sparse, partial }] of indexes.entries())
    await buildIndex(store, 't', 'c', {
      key: Object.fromEntries(key),
      name: `i${i}`,
      ...(partial ? { partialFilterExpression: partial } : { sparse }),
    }).catch(ignoreParallelArrays)
  await insert(documents.slice(half), half)
}

async function insert(documents: Document[], from: number): Promise<void> {
  for (const [i, one] of documents.entries())
    await store.commits
      .submit(() => {
        store.documents.insert(store.catalog.find('t', 'c')!, encode({ _id: from + i, ...one }))
        return { done: undefined }
      })
      .catch(ignoreParallelArrays)
}

/** No index can hold a document with arrays in two of its fields: both stores refuse it. */
function ignoreParallelArrays(error: { code?: number }): void {
  if (error.code !== 171) throw error
}

function answer(spec: QuerySpec): Uint8Array[] {
  const found: Uint8Array[] = []
  store.query(store.catalog.find('t', 'c')!, spec).run(({ raw }) => found.push(raw) > 0)
  return found
}

function ids(found: Uint8Array[]): number[] {
  return found.map(raw => Number(decode(raw)._id))
}

function describe(spec: QuerySpec): string {
  const { plan } = store.query(store.catalog.find('t', 'c')!, spec)
  const shown = JSON.stringify(plan, (name, item) =>
    name === 'ranges' || name === 'keys' ? undefined : item,
  )
  return `${JSON.stringify(spec)} by ${shown}`
}
