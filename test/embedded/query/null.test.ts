import type { Document } from 'bson'
import { beforeAll, describe, expect, it } from 'vitest'
import { directServer } from '../support/direct-server.ts'

const { run } = directServer()

/** Every way a field, or one inside it, can be null, missing, or something else. */
const DOCUMENTS: Record<string, Document> = {
  missing: {},
  null: { a: null },
  number: { a: 4 },
  empty: { a: {} },
  'b null': { a: { b: null } },
  'b text': { a: { b: 'x' } },
  none: { a: [] },
  nested: { a: [[]] },
  nulls: { a: [null, null] },
  values: { a: [1, 'x'] },
  'values and null': { a: [1, null] },
  'all b null': { a: [{ b: null }, {}] },
  'some b null': { a: [{ b: null }, { b: 3 }] },
  'some b missing': { a: [{ b: 3 }, {}] },
  'no b null': { a: [{ b: 1 }, { b: 'x' }] },
}
const NAMES = Object.keys(DOCUMENTS)

/** What MongoDB finds; after "not": all but these. */
const FOUND: [filter: Document, names: string[]][] = [
  [{ a: null }, ['missing', 'null', 'nulls', 'values and null']],
  [{ a: { $gte: null } }, ['missing', 'null', 'nulls', 'values and null']],
  [{ a: { $gt: null } }, []],
  [{ a: { $in: [null, 4] } }, ['missing', 'null', 'number', 'nulls', 'values and null']],
  [{ a: { $ne: null } }, but('missing', 'null', 'nulls', 'values and null')],
  [{ a: { $not: { $gte: null } } }, but('missing', 'null', 'nulls', 'values and null')],
  [{ a: { $nin: [null, 4] } }, but('missing', 'null', 'number', 'nulls', 'values and null')],
  [{ a: { $nin: [null, /^x/] } }, but('missing', 'null', 'nulls', 'values and null', 'values')],
  [{ a: { $exists: false } }, ['missing']],
  [{ a: { $exists: true } }, but('missing')],
  [{ a: { $type: 'null' } }, ['null', 'nulls', 'values and null']],
  [{ a: { $elemMatch: { $eq: null } } }, ['nulls', 'values and null']],
  [
    { a: { $elemMatch: { $ne: null } } },
    ['nested', 'values', 'values and null', 'all b null', 'some b null', 'some b missing', 'no b null'],
  ],
  [{ a: { $elemMatch: { b: null } } }, ['nested', 'all b null', 'some b null', 'some b missing']],
  [{ a: { $elemMatch: { b: { $ne: null } } } }, ['some b null', 'some b missing', 'no b null']],
  [
    { 'a.b': null },
    ['missing', 'null', 'number', 'empty', 'b null', 'all b null', 'some b null', 'some b missing'],
  ],
  [{ 'a.b': { $ne: null } }, ['b text', 'none', 'nested', 'nulls', 'values', 'values and null', 'no b null']],
  [{ 'a.b': { $nin: [null, /^x/] } }, ['none', 'nested', 'nulls', 'values', 'values and null']],
  [
    { 'a.b': { $exists: false } },
    but('b null', 'b text', 'all b null', 'some b null', 'some b missing', 'no b null'),
  ],
  [{ 'a.b': { $elemMatch: { $eq: null } } }, []],
  [{ 'a.b': { $elemMatch: { $ne: null } } }, []],
]

function but(...names: string[]): string[] {
  return NAMES.filter(name => !names.includes(name))
}

const INDEXES: Document[] = [
  {},
  { key: { a: 1 } },
  { key: { a: -1 } },
  { key: { a: 1 }, sparse: true },
  { key: { a: 1 }, partialFilterExpression: { a: { $exists: true } } },
  { key: { 'a.b': 1 } },
  { key: { _id: 1, 'a.b': 1 } },
  { key: { 'a.b': 1, _id: 1 }, sparse: true },
  { key: { 'a.b': 1 }, partialFilterExpression: { a: { $exists: true } } },
]

describe.each(INDEXES)('null, with the index %j', index => {
  beforeAll(async () => {
    await run({ drop: 'c' })
    await run({ insert: 'c', documents: NAMES.map(_id => ({ _id, ...DOCUMENTS[_id] })) })
    if (index.key) await run({ createIndexes: 'c', indexes: [{ name: 'i', ...index }] })
  })

  it.each(FOUND)('%j', async (filter, names) => {
    const { cursor } = await run({ find: 'c', filter })
    const found = cursor.firstBatch.map((one: Document) => one._id)
    expect(NAMES.filter(name => found.includes(name))).toEqual(names)
    expect((await run({ count: 'c', query: filter })).n).toBe(names.length)
  })
})
