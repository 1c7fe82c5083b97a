import type { Document } from 'bson'
import { describe, expect, it } from 'vitest'
import { decode, encode } from '../../../server/embedded/bson/codec.ts'
import { compiled, NOW, stored, updated } from './updating.ts'

describe('a replacement', () => {
  it('keeps the _id and puts it first', () => {
    const after = updated({ b: 1 }, { _id: 7, a: 1 })
    expect(after).toEqual(stored({ _id: 7, b: 1 }))
    expect(Object.keys(updated({ b: 1, _id: 7 }, { _id: 7 }))).toEqual(['_id', 'b'])
    expect(compiled({ b: 1 }).isReplacement).toBe(true)
    expect(compiled({ $set: { b: 1 } }).isReplacement).toBe(false)
  })

  it('by an equal document changes nothing', () => {
    const raw = encode({ _id: 7, a: 1 })
    expect(compiled({ a: 1 }).apply(raw, { now: NOW })).toBe(raw)
    expect(compiled({ _id: 7, a: 1 }).apply(raw, { now: NOW })).toBe(raw)
  })

  it('of an inserted document brings its own _id', () => {
    expect(updated({ a: 1, _id: 9 }, {}, {}, { isInsert: true })).toEqual(stored({ _id: 9, a: 1 }))
  })
})

describe('a pipeline', () => {
  it.each<[string, Document[], Document, Document]>([
    [
      '$set',
      [{ $set: { total: { $add: ['$a', '$b'] } } }],
      { _id: 1, a: 1, b: 2 },
      { _id: 1, a: 1, b: 2, total: 3 },
    ],
    ['$unset', [{ $unset: 'a' }], { _id: 1, a: 1 }, { _id: 1 }],
    ['$replaceWith', [{ $replaceWith: '$a' }], { _id: 1, a: { b: 1 } }, { _id: 1, b: 1 }],
    ['$project', [{ $project: { a: 1 } }], { _id: 1, a: 1, b: 2 }, { _id: 1, a: 1 }],
    [
      'one stage after the other',
      [{ $set: { a: 2 } }, { $set: { b: '$a' } }],
      { _id: 1, a: 1 },
      { _id: 1, a: 2, b: 2 },
    ],
  ])('applies %s', (_case, pipeline, before, after) => {
    expect(updated(pipeline, before)).toEqual(stored(after))
  })

  it('sees the variables of the command', () => {
    expect(updated([{ $set: { a: '$$given' } }], {}, { let: { given: 5 } })).toEqual(stored({ a: 5 }))
  })

  it('that changes nothing gives back the same bytes', () => {
    const raw = encode({ _id: 1, a: 1 })
    expect(compiled([{ $set: { a: 1 } }]).apply(raw, { now: NOW })).toBe(raw)
  })
})

describe('the document an upsert starts from', () => {
  const base = (filter: Document, update: Document = { $set: { z: 1 } }) =>
    decode(compiled(update).upsertBase(stored(filter)))
  it.each<[string, Document, Document]>([
    ['equalities', { a: 1, b: 'x' }, { a: 1, b: 'x' }],
    ['$eq', { a: { $eq: 1 } }, { a: 1 }],
    ['equalities under $and', { $and: [{ a: 1 }, { b: 2 }] }, { a: 1, b: 2 }],
    ['the only branch of $or', { $or: [{ a: 1 }] }, { a: 1 }],
    ['the only value of $in and $all', { a: { $in: [1] }, b: { $all: [2] } }, { a: 1, b: 2 }],
    ['equalities inside documents', { 'a.b': 1, 'a.c': 2 }, { a: { b: 1, c: 2 } }],
    ['whole documents', { a: { b: 1 } }, { a: { b: 1 } }],
    ['null', { a: null }, { a: null }],
  ])('takes %s', (_case, filter, expected) => {
    expect(base(filter)).toEqual(stored(expected))
  })

  it.each<[string, Document]>([
    ['orderings', { a: { $gt: 1 } }],
    ['lists', { a: { $in: [1, 2] } }],
    ['branches', { $or: [{ a: 1 }, { a: 2 }] }],
    ['expressions', { a: /x/ }],
    ['negations', { a: { $ne: 1 } }],
    ['$nor', { $nor: [{ a: 1 }] }],
  ])('leaves out %s', (_case, filter) => {
    expect(base(filter)).toEqual({})
  })

  it('for a replacement takes the _id alone', () => {
    expect(base({ _id: 1, a: 2 }, { z: 1 })).toEqual(stored({ _id: 1 }))
  })

  it('refuses a field that is given twice', () => {
    for (const filter of [{ $and: [{ a: 1 }, { a: 2 }] }, { a: { b: 1 }, 'a.c': 1 }])
      expect(() => base(filter)).toThrowError(expect.objectContaining({ code: 54 }))
  })
})
