import type { Document } from 'bson'
import { describe, expect, it } from 'vitest'
import { splitPushdown } from '../../../server/embedded/agg/pushdown.ts'

describe('what a store answers of a pipeline itself', () => {
  it.each<[string, Document[], Document]>([
    ['nothing', [{ $group: { _id: 1 } }], { rest: [{ $group: { _id: 1 } }] }],
    ['a filter', [{ $match: { a: 1 } }, { $count: 'n' }], { filter: { a: 1 }, rest: [{ $count: 'n' }] }],
    [
      'several filters',
      [{ $match: { a: 1 } }, { $match: { b: 1 } }],
      { filter: { $and: [{ a: 1 }, { b: 1 }] }, rest: [] },
    ],
    [
      'filter, order, skip and limit',
      [{ $match: { a: 1 } }, { $sort: { a: 1 } }, { $skip: 5 }, { $limit: 2 }],
      { filter: { a: 1 }, sort: { a: 1 }, skip: 5, limit: 2, rest: [] },
    ],
    [
      'no filter behind an order',
      [{ $sort: { a: 1 } }, { $match: { a: 1 } }],
      { sort: { a: 1 }, rest: [{ $match: { a: 1 } }] },
    ],
    ['no skip behind a limit', [{ $limit: 2 }, { $skip: 1 }], { limit: 2, rest: [{ $skip: 1 }] }],
    ['no malformed stage', [{ $limit: -1 }], { rest: [{ $limit: -1 }] }],
    ['no stage with two names', [{ $match: {}, $limit: 1 }], { rest: [{ $match: {}, $limit: 1 }] }],
  ])('%s', (_case, pipeline, expected) => {
    expect(splitPushdown(pipeline)).toEqual(expected)
  })
})
