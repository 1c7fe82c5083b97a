import type { Document } from 'bson'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { decode, encode } from '../../../server/embedded/bson/codec.ts'
import type { Collection } from '../../../server/embedded/store/catalog.ts'
import { buildIndex } from '../../../server/embedded/store/index-build.ts'
import type { IndexSpec } from '../../../server/embedded/store/index-spec.ts'
import { type Plan, planFor, type Question } from '../../../server/embedded/store/planner.ts'
import { openFolder } from '../support/open-folder.ts'

const { store, close } = openFolder()
afterAll(close)

beforeEach(async () => {
  await store.commits.submit(() => {
    const old = store.catalog.find('t', 'c')
    if (old) store.catalog.drop(old)
    store.catalog.create('t', 'c')
    return { done: undefined }
  })
})

describe('the access to the documents', () => {
  it('goes straight to them by _id', () => {
    expect(summary({ filter: { _id: 5 } })).toBe('ids 1')
    expect(summary({ filter: { _id: { $in: [3, 1, 3] }, a: 1 }, sort: { _id: -1 } })).toBe('ids 2 ordered')
    expect(summary({ filter: { _id: { $gt: 5 } } })).toBe('idRange 1')
  })

  it('takes the index that binds the most fields', async () => {
    await index({ a: 1 })
    await index({ a: 1, b: 1 })
    expect(summary({ filter: { a: 1 } })).toMatch(/^index a_1/)
    expect(summary({ filter: { b: { $gt: 2 }, a: 1 } })).toBe('index a_1_b_1 1')
    expect(summary({ filter: { b: 1 } })).toBe('scan')
  })

  it('prefers a unique key', async () => {
    await index({ a: 1, b: 1, c: 1 })
    await index({ key: 1 }, { unique: true })
    expect(summary({ filter: { a: 1, b: 1, c: 1, key: 'k' } })).toBe('index key_1 1')
  })

  it('answers $or by one index per branch, or not at all', async () => {
    await index({ a: 1 })
    await index({ b: 1 })
    expect(summary({ filter: { $or: [{ a: 1 }, { b: 2 }, { _id: 3 }] } })).toBe(
      'union index a_1 1 | index b_1 1 | ids 1',
    )
    expect(summary({ filter: { $or: [{ a: 1 }, { z: 2 }] } })).toBe('scan')
  })

  it('follows a hint by name and by key', async () => {
    await index({ a: 1 })
    await index({ a: 1, b: 1 })
    expect(summary({ filter: { a: 1, b: 1 }, hint: 'a_1' })).toBe('index a_1 1')
    expect(summary({ filter: { a: 1, b: 1 }, hint: { a: 1 } })).toBe('index a_1 1')
    expect(summary({ filter: { z: 1 }, hint: 'a_1' })).toBe('index a_1 1')
    expect(summary({ filter: { a: 1 }, hint: { $natural: -1 } })).toBe('scan')
    expect(() => summary({ filter: {}, hint: 'b_1' })).toThrow(/hint/)
  })
})

describe('the order', () => {
  it('comes from the index behind fixed fields, either way round', async () => {
    await index({ a: 1, b: 1, c: -1 })
    expect(summary({ filter: { a: 1 }, sort: { b: 1, c: -1 } })).toBe('index a_1_b_1_c_-1 1 ordered')
    expect(summary({ filter: { a: 1 }, sort: { b: -1, c: 1 } })).toBe('index a_1_b_1_c_-1 1 ordered reverse')
    expect(summary({ filter: { a: 1 }, sort: { b: 1, c: 1 } })).toBe('index a_1_b_1_c_-1 1')
    expect(summary({ filter: { a: 1, b: 2 }, sort: { a: 1, c: 1 } })).toBe(
      'index a_1_b_1_c_-1 1 ordered reverse',
    )
  })

  it('comes from merging one range per lane', async () => {
    await index({ lane: 1, seq: 1 }, { partialFilterExpression: { state: 'pending' } })
    const filter = { state: 'pending', lane: { $in: [3, 1, 2] } }
    expect(summary({ filter, sort: { seq: 1 } })).toBe('merge lane_1_seq_1 3 ordered')
    expect(summary({ filter, sort: { lane: 1, seq: 1 } })).toBe('index lane_1_seq_1 3 ordered')
  })

  it('looks at no more documents of the lanes than are asked for', async () => {
    await index({ lane: 1, seq: 1 }, { partialFilterExpression: { state: 'pending' } })
    await insert(
      Array.from({ length: 2000 }, (_, seq) => ({ _id: seq, state: 'pending', lane: seq % 20, seq })),
    )
    const query = store.query(collection(), {
      filter: { state: 'pending', lane: { $in: [4, 7, 9] } },
      sort: { seq: 1 },
      limit: 5,
    })
    const found: number[] = []
    query.run(({ raw }) => found.push(Number(decode(raw)._id)) > 0)
    expect(found).toEqual([4, 7, 9, 24, 27])
    expect(query.examined()).toBe(5)
  })

  it('does not come from an index with entries per array element, or with shortened keys', async () => {
    await index({ a: 1 })
    expect(summary({ filter: {}, sort: { a: 1 } })).toBe('index a_1 1 ordered')
    await insert([{ _id: 1, a: [1, 2] }])
    expect(summary({ filter: {}, sort: { a: 1 } })).toBe('scan')
    await index({ b: 1 })
    await insert([{ _id: 2, b: 'x'.repeat(5000) }])
    expect(summary({ filter: {}, sort: { b: 1 } })).toBe('scan')
  })
})

describe('an index that does not hold every document', () => {
  it('is used when sparse only where the field must be there', async () => {
    await index({ a: 1 }, { sparse: true })
    expect(summary({ filter: { a: 1 } })).toBe('index a_1 1')
    expect(summary({ filter: { a: null } })).toBe('scan')
    expect(summary({ filter: { a: { $in: [1, null] } } })).toBe('scan')
    expect(summary({ filter: {}, sort: { a: 1 } })).toBe('scan')
  })

  it.each<[Document, Document, boolean]>([
    [{ state: 'open' }, { state: 'open' }, true],
    [{ state: 'open' }, { state: { $in: ['open'] } }, true],
    [{ state: 'open' }, { state: { $in: ['open', 'shut'] } }, false],
    [{ state: 'open' }, {}, false],
    [{ state: { $in: ['open', 'new'] } }, { state: 'new' }, true],
    [{ n: { $gt: 5 } }, { n: 6 }, true],
    [{ n: { $gt: 5 } }, { n: 5 }, false],
    [{ n: { $gt: 5 } }, { n: { $gt: 5 } }, true],
    [{ n: { $gt: 5 } }, { n: { $gte: 5 } }, false],
    [{ n: { $gte: 5 } }, { n: { $gt: 4, $lt: 9 } }, false],
    [{ n: { $gt: 5 } }, { n: 'text' }, false],
    [{ n: { $lt: 5 } }, { n: { $lte: 4 } }, true],
    [{ n: { $exists: true } }, { n: { $gt: 0 } }, true],
    [{ n: { $exists: true } }, { n: null }, false],
    [{ n: { $type: 'int' } }, { n: { $type: 'int' } }, true],
    [{ $and: [{ state: 'open' }, { n: 1 }] }, { n: 1, state: 'open' }, true],
  ])('is used when partial by %j for %j: %s', async (partialFilterExpression, filter, isUsed) => {
    await index({ a: 1 }, { partialFilterExpression })
    expect(summary({ filter: { ...filter, a: 1 } })).toBe(isUsed ? 'index a_1 1' : 'scan')
  })
})

describe('an index with entries per array element', () => {
  it('uses one end of a range, since elements may satisfy the two ends apart', async () => {
    await index({ a: 1 })
    await insert([{ _id: 1, a: [0, 9] }])
    expect(idsOf({ a: { $gt: 4, $lt: 5 } })).toEqual([1])
  })

  it('binds only the first of two fields inside one array', async () => {
    await index({ 'a.x': 1, 'a.y': 1 })
    await insert([
      {
        _id: 1,
        a: [
          { x: 1, y: 2 },
          { x: 3, y: 4 },
        ],
      },
    ])
    expect(idsOf({ 'a.x': 1, 'a.y': 4 })).toEqual([1])
  })

  it('gives a document once', async () => {
    await index({ a: 1 })
    await insert([{ _id: 1, a: [1, 2, 3] }])
    expect(idsOf({ a: { $gt: 0 } })).toEqual([1])
  })
})

function collection(): Collection {
  return store.catalog.find('t', 'c')!
}

function index(key: Document, options: Partial<IndexSpec> = {}): Promise<void> {
  const name = Object.entries(key).flat().join('_')
  return buildIndex(store, 't', 'c', { key, name, ...options })
}

async function insert(documents: Document[]): Promise<void> {
  await store.commits.submit(() => {
    for (const document of documents) store.documents.insert(collection(), encode(document))
    return { done: undefined }
  })
}

function idsOf(filter: Document): number[] {
  const found: number[] = []
  const query = store.query(collection(), { filter: decode(encode(filter)) })
  expect(query.plan.access.kind).toBe('index')
  query.run(({ raw }) => found.push(Number(decode(raw)._id)) > 0)
  return found
}

function summary(question: Question): string {
  const filter = decode(encode(question.filter))
  return shown(planFor(collection(), { ...question, filter }), question.sort !== undefined)
}

function shown({ access, ordered }: Plan, sorts = false): string {
  if (access.kind === 'union')
    return `union ${access.branches.map(one => shown({ access: one, ordered })).join(' | ')}`
  const parts: (string | number)[] = [access.kind]
  if ('index' in access) parts.push(access.index.name)
  if ('keys' in access) parts.push(access.keys.length)
  if ('ranges' in access) parts.push(access.ranges.length)
  if (sorts && ordered) parts.push('ordered')
  if (sorts && ordered && access.kind === 'index' && access.reverse) parts.push('reverse')
  return parts.join(' ')
}
