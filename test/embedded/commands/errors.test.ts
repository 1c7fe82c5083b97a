import type { Document } from 'bson'
import { describe, expect, it } from 'vitest'
import { directServer } from '../support/direct-server.ts'

const { run } = directServer()

/** A fresh collection `c` with unique indexes on `u`, on the elements of `t`, and on `p.x` with `q`. */
async function fresh(...documents: Document[]): Promise<void> {
  await run({ drop: 'c' })
  await run({
    createIndexes: 'c',
    indexes: [
      { key: { u: 1 }, name: 'u_1', unique: true, sparse: true },
      { key: { t: -1 }, name: 'tags', unique: true, sparse: true },
      {
        key: { 'p.x': 1, q: -1 },
        name: 'pair',
        unique: true,
        partialFilterExpression: { q: { $exists: true } },
      },
    ],
  })
  if (documents.length > 0) await run({ insert: 'c', documents })
}

async function stored(): Promise<Document[]> {
  return (await run({ find: 'c', sort: { _id: 1 } })).cursor.firstBatch
}

function duplicate(index: string, keyPattern: Document, keyValue: Document, shown: string) {
  return {
    code: 11000,
    errmsg: `E11000 duplicate key error collection: orderloom.c index: ${index} dup key: ${shown}`,
    keyPattern,
    keyValue,
  }
}

const TAKEN = duplicate('u_1', { u: 1 }, { u: 5 }, '{ u: 5 }')

describe('a key that is taken', () => {
  it('as _id, in an insert', async () => {
    await fresh({ _id: 1 })
    expect(await run({ insert: 'c', documents: [{ _id: 1 }] })).toEqual({
      n: 0,
      ok: 1,
      writeErrors: [{ index: 0, ...duplicate('_id_', { _id: 1 }, { _id: 1 }, '{ _id: 1 }') }],
    })
  })

  it('in an insert of several, with the place of each that failed', async () => {
    await fresh({ _id: 0, u: 5 })
    const documents = [
      { _id: 1, u: 1 },
      { _id: 2, u: 5 },
      { _id: 3, u: 3 },
      { _id: 4, u: 5 },
    ]
    const ordered = await run({ insert: 'c', documents })
    expect([ordered.n, ordered.writeErrors]).toEqual([1, [{ index: 1, ...TAKEN }]])
    await fresh({ _id: 0, u: 5 })
    const unordered = await run({ insert: 'c', documents, ordered: false })
    expect(unordered.n).toBe(2)
    expect(unordered.writeErrors).toEqual([
      { index: 1, ...TAKEN },
      { index: 3, ...TAKEN },
    ])
  })

  it('in an update, an upsert and a replacement, and what failed counts for nothing', async () => {
    await fresh({ _id: 1, u: 5 }, { _id: 2 })
    const updates = [
      { q: { _id: 2 }, u: { $set: { u: 5 } } },
      { q: { _id: 3 }, u: { $set: { u: 5 } }, upsert: true },
      { q: { _id: 2 }, u: { u: 5 } },
      { q: { _id: 2 }, u: { $set: { u: 6 } } },
    ]
    const reply = await run({ update: 'c', updates, ordered: false })
    expect(reply).toMatchObject({ n: 1, nModified: 1 })
    expect(reply.writeErrors).toEqual([0, 1, 2].map(index => ({ index, ...TAKEN })))
    expect(await stored()).toEqual([
      { _id: 1, u: 5 },
      { _id: 2, u: 6 },
    ])
  })

  it('in an update of many: it ends there, and what is done stays', async () => {
    await fresh({ _id: 1 }, { _id: 2 }, { _id: 3 })
    const reply = await run({ update: 'c', updates: [{ q: {}, u: { $set: { u: 5 } }, multi: true }] })
    expect(reply).toMatchObject({ n: 0, nModified: 0, writeErrors: [{ index: 0, ...TAKEN }] })
    expect(await stored()).toEqual([{ _id: 1, u: 5 }, { _id: 2 }, { _id: 3 }])
  })

  it('in findAndModify, where the whole command fails', async () => {
    await fresh({ _id: 1, u: 5 }, { _id: 2 })
    const failed = { ok: 0, codeName: 'DuplicateKey', ...TAKEN }
    const update = { $set: { u: 5 } }
    expect(await run({ findAndModify: 'c', query: { _id: 2 }, update })).toEqual(failed)
    expect(await run({ findAndModify: 'c', query: { _id: 3 }, update, upsert: true })).toEqual(failed)
    expect(await stored()).toEqual([{ _id: 1, u: 5 }, { _id: 2 }])
  })

  it('of an array is told by its element', async () => {
    await fresh({ _id: 1, t: ['a', 'b'] })
    const reply = await run({ insert: 'c', documents: [{ _id: 2, t: ['c', 'b'] }] })
    expect(reply.writeErrors).toEqual([
      { index: 0, ...duplicate('tags', { t: -1 }, { t: 'b' }, '{ t: "b" }') },
    ])
  })

  it('inside documents of an array, beside another field', async () => {
    await fresh({ _id: 1, p: [{ x: 1 }, { x: 2 }], q: 7 })
    const reply = await run({ insert: 'c', documents: [{ _id: 2, p: [{ x: 3 }, { x: 2 }], q: 7 }] })
    expect(reply.writeErrors).toEqual([
      {
        index: 0,
        ...duplicate('pair', { 'p.x': 1, q: -1 }, { 'p.x': 2, q: 7 }, '{ p.x: 2, q: 7 }'),
      },
    ])
  })

  it('when an index is built, which leaves none of the command behind', async () => {
    await fresh({ _id: 1, a: 1, b: 1 }, { _id: 2, a: 2, b: 1 })
    const indexes = [
      { key: { a: 1 }, name: 'a_1', unique: true },
      { key: { b: 1 }, name: 'b_1', unique: true },
    ]
    expect(await run({ createIndexes: 'c', indexes })).toMatchObject({
      code: 11000,
      keyPattern: { b: 1 },
      keyValue: { b: 1 },
    })
    const left = (await run({ listIndexes: 'c' })).cursor.firstBatch
    expect(left.map((index: Document) => index.name)).toEqual(['_id_', 'u_1', 'tags', 'pair'])
  })
})

describe('findAndModify', () => {
  it('changes nothing where what is to be shown cannot be', async () => {
    await fresh({ _id: 1, a: [1, 2], b: 'x' })
    const base = { findAndModify: 'c', query: { _id: 1 }, update: { $set: { z: 1 } } }
    expect((await run({ ...base, fields: { a: 1, b: 0 } })).code).toBe(31254)
    expect((await run({ ...base, fields: { 'a.$': 1 } })).code).toBe(51246)
    expect((await run({ ...base, fields: { 'a.$': 1 }, new: true })).code).toBe(2)
    expect((await run({ ...base, fields: { s: { $add: ['$b', 1] } } })).ok).toBe(0)
    expect((await run({ findAndModify: 'c', remove: true, fields: { 'a.$': 1 } })).code).toBe(51246)
    expect(await stored()).toEqual([{ _id: 1, a: [1, 2], b: 'x' }])
  })

  it('shows fields computed from the variables of the command', async () => {
    await fresh({ _id: 1, a: 2 })
    const reply = await run({
      findAndModify: 'c',
      query: { $expr: { $eq: ['$a', '$$two'] } },
      update: { $set: { a: 3 } },
      fields: { sum: { $add: ['$a', '$$two'] } },
      new: true,
      let: { two: 2 },
    })
    expect(reply.value).toEqual({ _id: 1, sum: 5 })
  })
})

describe('a document', () => {
  it('above 16 MB is refused', async () => {
    await fresh()
    const half = 'x'.repeat(8_400_000)
    const reply = await run({ insert: 'c', documents: [{ _id: 1, half, other: half }] })
    expect(reply.writeErrors).toMatchObject([{ code: 2, errmsg: expect.stringContaining('too large') }])
  })

  it('nested too deep is refused', async () => {
    await fresh()
    let deep: Document = {}
    for (let depth = 0; depth < 190; depth++) deep = { a: deep }
    expect((await run({ insert: 'c', documents: [deep] })).writeErrors).toMatchObject([{ code: 15 }])
  })

  it.each<[string, unknown, number]>([
    ['an array', [1], 53],
    ['a pattern', /x/, 53],
    ['an operator', { $gt: 1 }, 52],
  ])('with %s as its _id is refused', async (_kind, _id, code) => {
    await fresh()
    expect((await run({ insert: 'c', documents: [{ _id }] })).writeErrors).toMatchObject([{ code }])
  })
})

describe('an aggregation', () => {
  it.each<[string, Document[], number]>([
    ['an unknown stage', [{ $foo: 1 }], 40324],
    ['a stage of two names', [{ $match: {}, $limit: 1 }], 40323],
    ['a condition that is none', [{ $match: { a: { $foo: 1 } } }], 2],
    ['an order that is none', [{ $sort: { a: 2 } }], 15975],
    ['an order by an empty name', [{ $sort: { 'a..b': 1 } }], 15998],
    ['an unknown expression', [{ $project: { a: { $foo: 1 } } }], 168],
    ['a change stream', [{ $changeStream: {} }], 40573],
    ['a stage behind the one that writes', [{ $out: 'x' }, { $limit: 1 }], 40601],
    ['an option $out does not have', [{ $out: { coll: 'x', surprise: 1 } }], 40415],
    ['an option $merge does not have', [{ $merge: { into: 'x', surprise: 1 } }], 40415],
    ['an option $unionWith does not have', [{ $unionWith: { coll: 'x', surprise: 1 } }], 40415],
    ['$facet in $facet', [{ $facet: { a: [{ $facet: { b: [] } }] } }], 40600],
    ['documents of a collection', [{ $documents: [] }], 40324],
  ])('is refused for %s, also where there is no collection', async (_case, pipeline, code) => {
    await fresh({ _id: 1 })
    expect(await run({ aggregate: 'c', pipeline, cursor: {} })).toMatchObject({ ok: 0, code })
    expect(await run({ aggregate: 'nowhere', pipeline, cursor: {} })).toMatchObject({ ok: 0, code })
  })

  it('over a database brings its own documents', async () => {
    const pipeline = [{ $documents: [{ a: 1 }, { a: { $add: [1, 1] } }] }, { $match: { a: { $gt: 1 } } }]
    expect((await run({ aggregate: 1, pipeline, cursor: {} })).cursor).toMatchObject({
      firstBatch: [{ a: 2 }],
      ns: 'orderloom.$cmd.aggregate',
    })
    expect((await run({ aggregate: 1, pipeline: [{ $match: {} }], cursor: {} })).code).toBe(73)
  })

  it('does not merge by a field that is not there', async () => {
    await fresh({ _id: 1, a: null })
    await run({ createIndexes: 'target', indexes: [{ key: { a: 1 }, name: 'a_1', unique: true }] })
    const pipeline = [{ $merge: { into: 'target', on: 'a' } }]
    expect((await run({ aggregate: 'c', pipeline, cursor: {} })).code).toBe(51132)
  })
})

describe('an index', () => {
  it.each<[string, Document, number]>([
    ['a partial filter that negates', { partialFilterExpression: { a: { $ne: 1 } } }, 67],
    ['a partial filter for missing fields', { partialFilterExpression: { a: { $exists: false } } }, 67],
    ['a partial filter by expression', { partialFilterExpression: { $expr: { $gt: ['$a', 1] } } }, 67],
    ['a partial filter by pattern', { partialFilterExpression: { a: /x/ } }, 67],
    ['a partial filter of no sense', { partialFilterExpression: { a: { $foo: 1 } } }, 2],
    ['a filter and sparseness', { partialFilterExpression: { a: 1 }, sparse: true }, 67],
    ['a negative time to live', { expireAfterSeconds: -1 }, 67],
    [
      'too many fields',
      { key: Object.fromEntries(Array.from({ length: 33 }, (_, i) => [`f${i}`, 1])) },
      13103,
    ],
  ])('with %s is refused', async (_case, option, code) => {
    const indexes = [{ key: { a: 1 }, name: 'x', ...option }]
    expect(await run({ createIndexes: 'd', indexes })).toMatchObject({ ok: 0, code })
  })

  it('may run against the order of _id, beside the one that is always there', async () => {
    await fresh({ _id: 1 }, { _id: 2 })
    await run({
      createIndexes: 'c',
      indexes: [
        { key: { _id: 1 }, name: 'whatever' },
        { key: { _id: -1, u: 1 }, name: 'down' },
      ],
    })
    const names = (await run({ listIndexes: 'c' })).cursor.firstBatch.map((index: Document) => index.name)
    expect(names).toEqual(['_id_', 'u_1', 'tags', 'pair', 'down'])
  })

  it('is refused as the sixty-fifth of a collection', async () => {
    await run({ drop: 'many' })
    const indexes = Array.from({ length: 64 }, (_, i) => ({ key: { [`f${i}`]: 1 }, name: `f${i}` }))
    expect(await run({ createIndexes: 'many', indexes })).toMatchObject({ code: 67 })
    expect((await run({ createIndexes: 'many', indexes: indexes.slice(1) })).numIndexesAfter).toBe(64)
  })
})
