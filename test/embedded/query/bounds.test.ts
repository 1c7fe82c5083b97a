import { Int32, MinKey } from 'bson'
import { describe, expect, it } from 'vitest'
import { decode, encode } from '../../../server/embedded/bson/codec.ts'
import { boundsOf } from '../../../server/embedded/query/bounds.ts'

const bounds = (filter: object) => boundsOf(decode(encode(filter)))
const paths = (filter: object) => Object.fromEntries(bounds(filter).paths)
const five = new Int32(5)
const one = new Int32(1)

describe('the bounds of a filter', () => {
  it.each<[string, object, object]>([
    ['an equality', { a: 5 }, { a: { equals: [five] } }],
    ['$eq', { a: { $eq: 5 } }, { a: { equals: [five] } }],
    ['$in', { a: { $in: ['x', 'y'] } }, { a: { equals: ['x', 'y'] } }],
    ['an equality to a document', { a: { b: 'x' } }, { a: { equals: [{ b: 'x' }] } }],
    ['null', { a: null }, { a: { equals: [null] } }],
    ['an ordering against null that is an equality', { a: { $gte: null } }, { a: { equals: [null] } }],
    [
      'a range',
      { a: { $gt: 1, $lte: 5 } },
      { a: { lower: { value: one, inclusive: false }, upper: { value: five, inclusive: true } } },
    ],
    [
      'the tighter of two limits',
      { $and: [{ a: { $gte: 1 } }, { a: { $gte: 5 } }] },
      { a: { lower: { value: five, inclusive: true } } },
    ],
    [
      'the shorter of two lists',
      { $and: [{ a: { $in: ['x', 'y'] } }, { a: 'x' }] },
      { a: { equals: ['x'] } },
    ],
    [
      'several fields, through $and',
      { a: 'x', $and: [{ b: 'y' }] },
      { a: { equals: ['x'] }, b: { equals: ['y'] } },
    ],
    ['the first of $all', { a: { $all: ['x', 'y'] } }, { a: { equals: ['x'] } }],
    [
      'an ordering beside what is not understood',
      { a: { $gt: 'x', $ne: 'y' } },
      { a: { lower: { value: 'x', inclusive: false } } },
    ],
  ])('give %s', (_case, filter, expected) => {
    expect(paths(filter)).toEqual(expected)
  })

  it.each<[string, object]>([
    ['an expression', { a: /x/ }],
    ['a list with an expression', { a: { $in: ['x', /y/] } }],
    ['an array', { a: [1, 2] }],
    ['a list with an array', { a: { $in: [[1]] } }],
    ['a negation', { a: { $ne: 5 } }],
    ['$not', { a: { $not: { $gt: 5 } } }],
    ['$nor', { $nor: [{ a: 5 }] }],
    ['existence', { a: { $exists: true } }],
    ['MinKey', { a: { $gt: new MinKey() } }],
    ['an ordering against an array', { a: { $gt: [1] } }],
    ['an ordering that never holds', { a: { $gt: null } }],
  ])('leave out %s', (_case, filter) => {
    expect(paths(filter)).toEqual({})
  })

  it('list the branches of $or', () => {
    const { paths: own, branches } = bounds({ c: 'z', $or: [{ a: 'x' }, { b: 'y' }] })
    expect([...own.keys()]).toEqual(['c'])
    expect(branches?.map(branch => [...branch.paths.keys()])).toEqual([['a'], ['b']])
    expect(bounds({ a: 1 }).branches).toBeUndefined()
  })
})
