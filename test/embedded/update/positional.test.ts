import type { Document } from 'bson'
import { describe, expect, it } from 'vitest'
import { stored, updated } from './updating.ts'

const GRADES = { g: [{ n: 1 }, { n: 5 }, { n: 9 }] }

describe('the positional operator', () => {
  it('stands for the element the filter matched', () => {
    expect(updated({ $set: { 'a.$': 9 } }, { a: [1, 2] }, {}, { position: 1 })).toEqual(stored({ a: [1, 9] }))
    expect(updated({ $inc: { 'g.$.n': 1 } }, GRADES, {}, { position: 0 })).toEqual(
      stored({ g: [{ n: 2 }, { n: 5 }, { n: 9 }] }),
    )
  })

  it('is refused where the filter matched no element', () => {
    expect(() => updated({ $set: { 'a.$': 9 } }, { a: [1] })).toThrowError(
      expect.objectContaining({ code: 2, message: expect.stringContaining('did not find the match') }),
    )
  })
})

describe('all elements', () => {
  it('are changed by $[]', () => {
    expect(updated({ $inc: { 'a.$[]': 10 } }, { a: [1, 2] })).toEqual(stored({ a: [11, 12] }))
    expect(updated({ $set: { 'g.$[].n': 0 } }, GRADES)).toEqual(stored({ g: [{ n: 0 }, { n: 0 }, { n: 0 }] }))
  })

  it('of arrays in arrays are changed by $[].$[]', () => {
    expect(updated({ $inc: { 'a.$[].$[]': 1 } }, { a: [[1], [2, 3]] })).toEqual(stored({ a: [[2], [3, 4]] }))
  })

  it('of an empty array change nothing', () => {
    expect(updated({ $set: { 'a.$[]': 1 } }, { a: [] })).toEqual({ a: [] })
  })
})

describe('array filters', () => {
  it.each<[string, Document, Document[], Document, Document]>([
    ['on elements', { $set: { 'a.$[x]': 0 } }, [{ x: { $gt: 2 } }], { a: [1, 3, 5] }, { a: [1, 0, 0] }],
    [
      'on fields of elements',
      { $set: { 'g.$[x].n': 0 } },
      [{ 'x.n': { $gte: 5 } }],
      GRADES,
      { g: [{ n: 1 }, { n: 0 }, { n: 0 }] },
    ],
    [
      'with several conditions',
      { $set: { 'g.$[x].n': 0 } },
      [{ 'x.n': { $gt: 1, $lt: 9 } }],
      GRADES,
      { g: [{ n: 1 }, { n: 0 }, { n: 9 }] },
    ],
    [
      'with alternatives',
      { $set: { 'a.$[x]': 0 } },
      [{ $or: [{ x: 1 }, { x: 5 }] }],
      { a: [1, 3, 5] },
      { a: [0, 3, 0] },
    ],
    [
      'on two levels',
      { $set: { 'a.$[x].b.$[y]': 0 } },
      [{ 'x.k': 1 }, { y: 2 }],
      {
        a: [
          { k: 1, b: [1, 2] },
          { k: 2, b: [2] },
        ],
      },
      {
        a: [
          { k: 1, b: [1, 0] },
          { k: 2, b: [2] },
        ],
      },
    ],
    ['beside a filter that chooses nothing', { $set: { 'a.$[x]': 0 } }, [{ x: 99 }], { a: [1] }, { a: [1] }],
    [
      'with another operator',
      { $push: { 'g.$[x].l': 1 } },
      [{ 'x.n': 1 }],
      { g: [{ n: 1 }] },
      { g: [{ n: 1, l: [1] }] },
    ],
  ])('choose %s', (_case, update, arrayFilters, before, after) => {
    expect(updated(update, before, { arrayFilters })).toEqual(stored(after))
  })

  it.each<[string, Document, Document[], Document, number]>([
    ['no filter of that name', { $set: { 'a.$[x]': 0 } }, [], { a: [] }, 2],
    ['a filter that is not used', { $set: { a: 0 } }, [{ x: 1 }], {}, 9],
    ['two filters of one name', { $set: { 'a.$[x]': 0 } }, [{ x: 1 }, { x: 2 }], {}, 9],
    ['a filter with two names', { $set: { 'a.$[x]': 0 } }, [{ x: 1, y: 2 }], {}, 9],
    ['a filter without a name', { $set: { 'a.$[x]': 0 } }, [{}], {}, 9],
    ['a name with a capital', { $set: { 'a.$[X]': 0 } }, [{ X: 1 }], {}, 2],
    ['what is no array', { $set: { 'a.$[]': 0 } }, [], { a: 5 }, 2],
    ['a missing array', { $set: { 'a.$[]': 0 } }, [], {}, 2],
    ['filters beside a replacement', { a: 1 }, [{ x: 1 }], {}, 9],
  ])('refuse %s', (_case, update, arrayFilters, before, code) => {
    expect(() => updated(update, before, { arrayFilters })).toThrowError(expect.objectContaining({ code }))
  })
})

describe('several changes of one array', () => {
  it('all choose their elements before one of them is changed', () => {
    const update = { $set: { 'g.$[low].n': 7, 'g.$[also].m': 1 } }
    const arrayFilters = [{ 'low.n': { $lt: 6 } }, { 'also.n': { $lt: 6 } }]
    expect(updated(update, GRADES, { arrayFilters })).toEqual(
      stored({ g: [{ n: 7, m: 1 }, { n: 7, m: 1 }, { n: 9 }] }),
    )
  })

  it.each<[string, Document, Document[], string]>([
    [
      'two filters',
      { $set: { 'a.$[x]': 1, 'a.$[y]': 2 } },
      [{ x: 1 }, { y: 1 }],
      "Update created a conflict at 'a.0'",
    ],
    ['all and one', { $set: { 'a.$[]': 1, 'a.0': 2 } }, [], "would create a conflict at 'a'"],
    [
      'the matched one and the same',
      { $set: { 'a.$': 1, 'a.0': 2 } },
      [],
      "Update created a conflict at 'a.0'",
    ],
    [
      'a filter and what is inside',
      { $set: { 'a.$[x]': 1 }, $unset: { 'a.$[y].b': '' } },
      [{ x: 1 }, { y: 1 }],
      "Update created a conflict at 'a.0'",
    ],
  ])('may not meet in one place: %s', (_case, update, arrayFilters, message) => {
    expect(() => updated(update, { a: [1, 2] }, { arrayFilters }, { position: 0 })).toThrowError(
      expect.objectContaining({ code: 40, message: expect.stringContaining(message) }),
    )
  })

  it('may go by different elements', () => {
    const update = { $set: { 'a.$': 1, 'a.1': 2 } }
    expect(updated(update, { a: [5, 6, 7] }, {}, { position: 2 })).toEqual(stored({ a: [5, 2, 1] }))
  })
})
