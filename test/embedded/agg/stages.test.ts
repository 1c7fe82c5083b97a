import { Decimal128, type Document, Double, Int32, Long, ObjectId } from 'bson'
import { describe, expect, it } from 'vitest'
import { run, stored } from './running.ts'

const ORDERS = [
  {
    _id: 1,
    shop: 'a',
    fen: 100,
    items: [
      { sku: 'x', n: 1 },
      { sku: 'y', n: 2 },
    ],
  },
  { _id: 2, shop: 'b', fen: 250, items: [{ sku: 'x', n: 5 }] },
  { _id: 3, shop: 'a', fen: 50, items: [] },
]

type Case = [name: string, pipeline: Document[], before: Document[], after: Document[]]

function check([, pipeline, before, after]: Case): void {
  expect(run(pipeline, before)).toEqual(stored(after))
}

describe('stages that choose and order', () => {
  it.each<Case>([
    ['$match', [{ $match: { shop: 'b' } }], ORDERS, [ORDERS[1]!]],
    ['$sort', [{ $sort: { fen: 1 } }], ORDERS, [ORDERS[2]!, ORDERS[0]!, ORDERS[1]!]],
    ['$sort, $skip and $limit', [{ $sort: { fen: 1 } }, { $skip: 1 }, { $limit: 1 }], ORDERS, [ORDERS[0]!]],
    ['$limit beyond the end', [{ $limit: 9 }], ORDERS, ORDERS],
    ['$skip beyond the end', [{ $skip: 9 }], ORDERS, []],
    ['$sample of more than there are', [{ $sample: { size: 9 } }, { $sort: { _id: 1 } }], ORDERS, ORDERS],
    ['$count', [{ $count: 'n' }], ORDERS, [{ n: 3 }]],
    ['$count of nothing', [{ $match: { _id: 9 } }, { $count: 'n' }], ORDERS, []],
    ['no stage', [], ORDERS, ORDERS],
  ])('%s', (...test) => check(test))
})

describe('$group', () => {
  it.each<Case>([
    [
      'sums and counts by a field',
      [{ $group: { _id: '$shop', fen: { $sum: '$fen' }, n: { $sum: 1 } } }],
      ORDERS,
      [
        { _id: 'a', fen: 150, n: 2 },
        { _id: 'b', fen: 250, n: 1 },
      ],
    ],
    ['over everything', [{ $group: { _id: null, n: { $count: {} } } }], ORDERS, [{ _id: null, n: 3 }]],
    [
      'by several fields',
      [{ $group: { _id: { s: '$shop', i: '$_id' } } }, { $limit: 1 }],
      ORDERS,
      [{ _id: { s: 'a', i: 1 } }],
    ],
    [
      'by an expression',
      [{ $group: { _id: { $gte: ['$fen', 100] }, n: { $sum: 1 } } }],
      ORDERS,
      [
        { _id: true, n: 2 },
        { _id: false, n: 1 },
      ],
    ],
    ['by a missing field, as null', [{ $group: { _id: '$nope' } }], ORDERS, [{ _id: null }]],
    [
      'takes equal numbers of different types for one group',
      [{ $group: { _id: '$a', n: { $sum: 1 } } }],
      [{ a: new Int32(1) }, { a: new Double(1) }, { a: Long.fromNumber(1) }],
      [{ _id: 1, n: 3 }],
    ],
    [
      'least, greatest, first and last',
      [
        {
          $group: {
            _id: null,
            least: { $min: '$fen' },
            most: { $max: '$fen' },
            first: { $first: '$fen' },
            last: { $last: '$fen' },
          },
        },
      ],
      ORDERS,
      [{ _id: null, least: 50, most: 250, first: 100, last: 50 }],
    ],
    [
      'the mean as a double',
      [{ $group: { _id: null, mean: { $avg: '$fen' } } }],
      [{ fen: 1 }, { fen: 2 }],
      [{ _id: null, mean: 1.5 }],
    ],
    [
      'the mean of ints that is whole',
      [{ $group: { _id: null, mean: { $avg: '$fen' } } }],
      [{ fen: 1 }, { fen: 3 }],
      [{ _id: null, mean: new Double(2) }],
    ],
    [
      'the mean of nothing',
      [{ $group: { _id: null, mean: { $avg: '$nope' } } }],
      ORDERS,
      [{ _id: null, mean: null }],
    ],
    [
      'the sum of nothing',
      [{ $group: { _id: null, sum: { $sum: '$shop' } } }],
      ORDERS,
      [{ _id: null, sum: 0 }],
    ],
    [
      'the sum of ints that overflow',
      [{ $group: { _id: null, sum: { $sum: '$a' } } }],
      [{ a: new Int32(2 ** 31 - 1) }, { a: 1 }],
      [{ _id: null, sum: Long.fromNumber(2 ** 31) }],
    ],
    [
      'the sum of longs a double cannot hold',
      [{ $group: { _id: null, sum: { $sum: '$a' } } }],
      [{ a: Long.fromString('9007199254740993') }, { a: 1 }],
      [{ _id: null, sum: Long.fromString('9007199254740994') }],
    ],
    [
      'the sum of doubles without what rounding adds',
      [{ $group: { _id: null, sum: { $sum: '$a' } } }],
      Array.from({ length: 10 }, () => ({ a: 0.1 })),
      [{ _id: null, sum: new Double(1) }],
    ],
    [
      'the sum of decimals',
      [{ $group: { _id: null, sum: { $sum: '$a' } } }],
      [{ a: Decimal128.fromString('0.1') }, { a: Decimal128.fromString('0.2') }, { a: 1 }],
      [{ _id: null, sum: Decimal128.fromString('1.3') }],
    ],
    [
      'gathers values',
      [{ $group: { _id: '$shop', ids: { $push: '$_id' } } }],
      ORDERS,
      [
        { _id: 'a', ids: [1, 3] },
        { _id: 'b', ids: [2] },
      ],
    ],
    [
      'gathers distinct values',
      [{ $group: { _id: null, shops: { $addToSet: '$shop' } } }],
      ORDERS,
      [{ _id: null, shops: ['a', 'b'] }],
    ],
    [
      'gathers whole documents',
      [{ $group: { _id: null, all: { $push: '$$ROOT' } } }],
      ORDERS,
      [{ _id: null, all: ORDERS }],
    ],
    [
      'merges documents',
      [{ $group: { _id: null, all: { $mergeObjects: '$a' } } }],
      [{ a: { x: 1 } }, { a: { x: 2, y: 3 } }],
      [{ _id: null, all: { x: 2, y: 3 } }],
    ],
    [
      'sums an expression',
      [{ $group: { _id: null, sum: { $sum: { $multiply: ['$fen', 2] } } } }],
      ORDERS,
      [{ _id: null, sum: 800 }],
    ],
    [
      'with an accumulator of the library',
      [{ $group: { _id: null, two: { $firstN: { input: '$_id', n: 2 } } } }],
      ORDERS,
      [{ _id: null, two: [1, 2] }],
    ],
    ['of nothing is nothing', [{ $group: { _id: null, n: { $sum: 1 } } }], [], []],
  ])('%s', (...test) => check(test))

  it('keeps ids of every type as they are', () => {
    const id = new ObjectId()
    expect(run([{ $group: { _id: '$a' } }], [{ a: id }, { a: new Date(5) }])).toEqual([
      { _id: id },
      { _id: new Date(5) },
    ])
  })
})

describe('stages that shape documents', () => {
  it.each<Case>([
    ['$project keeps fields', [{ $project: { shop: 1 } }], [ORDERS[0]!], [{ _id: 1, shop: 'a' }]],
    ['$project drops fields', [{ $project: { items: 0, fen: 0 } }], [ORDERS[0]!], [{ _id: 1, shop: 'a' }]],
    [
      '$project computes',
      [{ $project: { _id: 0, yuan: { $divide: ['$fen', 100] } } }],
      [ORDERS[0]!],
      [{ yuan: 1 }],
    ],
    [
      '$project renames, with types kept',
      [{ $project: { _id: 0, b: '$a' } }],
      [{ a: Long.fromNumber(5) }],
      [{ b: Long.fromNumber(5) }],
    ],
    ['$project replaces a field', [{ $project: { shop: '$fen' } }], [ORDERS[0]!], [{ _id: 1, shop: 100 }]],
    ['$project leaves out what is missing', [{ $project: { x: '$nope' } }], [ORDERS[0]!], [{ _id: 1 }]],
    ['$project nests', [{ $project: { _id: 0, a: { b: '$fen' } } }], [ORDERS[0]!], [{ a: { b: 100 } }]],
    [
      '$project takes fields through arrays',
      [{ $project: { _id: 0, skus: '$items.sku' } }],
      [ORDERS[0]!],
      [{ skus: ['x', 'y'] }],
    ],
    [
      '$addFields',
      [{ $addFields: { double: { $multiply: ['$fen', 2] } } }],
      [{ fen: 3 }],
      [{ fen: 3, double: 6 }],
    ],
    ['$set inside a document', [{ $set: { 'a.c': 2 } }], [{ a: { b: 1 } }], [{ a: { b: 1, c: 2 } }]],
    [
      '$set inside a document given nested',
      [{ $set: { a: { c: 2 } } }],
      [{ a: { b: 1 } }],
      [{ a: { b: 1, c: 2 } }],
    ],
    [
      '$set inside documents of an array',
      [{ $set: { 'a.c': 2 } }],
      [{ a: [{ b: 1 }, {}] }],
      [{ a: [{ b: 1, c: 2 }, { c: 2 }] }],
    ],
    ['$set where a scalar was', [{ $set: { 'a.c': 2 } }], [{ a: 1 }], [{ a: { c: 2 } }]],
    ['$unset', [{ $unset: ['items', 'fen'] }], [ORDERS[0]!], [{ _id: 1, shop: 'a' }]],
    ['$replaceRoot', [{ $replaceRoot: { newRoot: { shop: '$shop' } } }], [ORDERS[0]!], [{ shop: 'a' }]],
    ['$replaceWith', [{ $replaceWith: '$a' }], [{ a: { b: 1 } }], [{ b: 1 }]],
    [
      '$replaceWith merged',
      [{ $replaceWith: { $mergeObjects: ['$$ROOT', { x: 1 }] } }],
      [{ a: 1 }],
      [{ a: 1, x: 1 }],
    ],
  ])('%s', (...test) => check(test))
})

describe('$unwind', () => {
  it.each<Case>([
    [
      'gives one document per element',
      [{ $unwind: '$a' }],
      [{ _id: 1, a: [5, 6] }],
      [
        { _id: 1, a: 5 },
        { _id: 1, a: 6 },
      ],
    ],
    ['drops what has none', [{ $unwind: '$a' }], [{ a: [] }, { a: null }, {}], []],
    ['takes a plain value for the only element', [{ $unwind: '$a' }], [{ a: 5 }], [{ a: 5 }]],
    [
      'goes into documents',
      [{ $unwind: '$a.b' }],
      [{ a: { b: [1, 2], c: 3 } }],
      [{ a: { b: 1, c: 3 } }, { a: { b: 2, c: 3 } }],
    ],
    [
      'keeps what has none, if asked',
      [{ $unwind: { path: '$a', preserveNullAndEmptyArrays: true } }],
      [{ _id: 1, a: [] }, { _id: 2, a: null }, { _id: 3 }],
      [{ _id: 1 }, { _id: 2, a: null }, { _id: 3 }],
    ],
    [
      'tells the index',
      [{ $unwind: { path: '$a', includeArrayIndex: 'i' } }],
      [{ a: ['x', 'y'] }, { a: 'z' }],
      [
        { a: 'x', i: Long.fromNumber(0) },
        { a: 'y', i: Long.fromNumber(1) },
        { a: 'z', i: null },
      ],
    ],
  ])('%s', (...test) => check(test))
})

describe('stages that join', () => {
  const stock = [
    { _id: 'x', free: 5 },
    { _id: 'y', free: 0 },
  ]

  it('$lookup adds what belongs together', () => {
    const join = { from: 'stock', localField: 'sku', foreignField: '_id', as: 'stock' }
    expect(run([{ $lookup: join }], [{ sku: 'x' }, { sku: 'z' }], { stock })).toEqual(
      stored([
        { sku: 'x', stock: [stock[0]] },
        { sku: 'z', stock: [] },
      ]),
    )
  })

  it('$lookup takes each element of an array, and null for a missing field', () => {
    const join = { from: 'stock', localField: 'items.sku', foreignField: '_id', as: 'stock' }
    const [first] = run([{ $lookup: join }], ORDERS, { stock })
    expect(first?.stock).toEqual(stored(stock))
    const byMissing = { from: 'other', localField: 'nope', foreignField: 'nope', as: 'found' }
    expect(run([{ $lookup: byMissing }], [{}], { other: [{ a: 1 }, { nope: 1 }] })).toEqual(
      stored([{ found: [{ a: 1 }] }]),
    )
  })

  it('$lookup runs a pipeline with variables', () => {
    const join = {
      from: 'stock',
      let: { wanted: '$n' },
      pipeline: [{ $match: { $expr: { $gte: ['$free', '$$wanted'] } } }, { $project: { _id: 1 } }],
      as: 'enough',
    }
    expect(run([{ $lookup: join }], [{ n: 3 }, { n: 9 }], { stock })).toEqual(
      stored([
        { n: 3, enough: [{ _id: 'x' }] },
        { n: 9, enough: [] },
      ]),
    )
  })

  it('$lookup joins by field and pipeline together', () => {
    const join = {
      from: 'stock',
      localField: 'sku',
      foreignField: '_id',
      pipeline: [{ $match: { free: { $gt: 0 } } }],
      as: 'found',
    }
    expect(run([{ $lookup: join }], [{ sku: 'x' }, { sku: 'y' }], { stock })).toEqual(
      stored([
        { sku: 'x', found: [stock[0]] },
        { sku: 'y', found: [] },
      ]),
    )
  })

  it('$unionWith appends', () => {
    expect(run([{ $unionWith: 'stock' }], [{ a: 1 }], { stock })).toEqual(stored([{ a: 1 }, ...stock]))
    const some = { coll: 'stock', pipeline: [{ $match: { free: 0 } }] }
    expect(run([{ $unionWith: some }], [], { stock })).toEqual(stored([stock[1]!]))
  })

  it('$facet runs several pipelines over the same documents', () => {
    const facets = {
      count: [{ $count: 'n' }],
      cheap: [{ $match: { fen: { $lt: 60 } } }, { $project: { fen: 1 } }],
    }
    expect(run([{ $facet: facets }], ORDERS)).toEqual(
      stored([{ count: [{ n: 3 }], cheap: [{ _id: 3, fen: 50 }] }]),
    )
  })
})

describe('stages that group otherwise', () => {
  it.each<Case>([
    [
      '$bucket, whose limits belong to the interval above',
      [{ $bucket: { groupBy: '$fen', boundaries: [0, 100, 300] } }],
      ORDERS,
      [
        { _id: 0, count: 1 },
        { _id: 100, count: 2 },
      ],
    ],
    [
      '$bucket with a default',
      [
        {
          $bucket: {
            groupBy: '$fen',
            boundaries: [60, 200],
            default: 'other',
            output: { ids: { $push: '$_id' } },
          },
        },
      ],
      ORDERS,
      [
        { _id: 60, ids: [1] },
        { _id: 'other', ids: [2, 3] },
      ],
    ],
    [
      '$sortByCount',
      [{ $sortByCount: '$shop' }],
      ORDERS,
      [
        { _id: 'a', count: 2 },
        { _id: 'b', count: 1 },
      ],
    ],
    [
      '$redact of whole documents',
      [{ $redact: { $cond: [{ $eq: ['$shop', 'a'] }, '$$KEEP', '$$PRUNE'] } }],
      ORDERS,
      [ORDERS[0]!, ORDERS[2]!],
    ],
    [
      '$redact of documents inside',
      [{ $redact: { $cond: [{ $gt: ['$n', 1] }, '$$PRUNE', '$$DESCEND'] } }],
      [ORDERS[0]!],
      [{ ...ORDERS[0], items: [{ sku: 'x', n: 1 }] }],
    ],
    [
      '$bucketAuto',
      [{ $bucketAuto: { groupBy: '$p', buckets: 2 } }],
      [1, 2, 3, 4].map(p => ({ p })),
      [
        { _id: { min: 1, max: 3 }, count: 2 },
        { _id: { min: 3, max: 4 }, count: 2 },
      ],
    ],
    [
      '$densify',
      [{ $densify: { field: 'a', range: { step: 2, bounds: [0, 5] } } }],
      [
        { a: 0, b: 1 },
        { a: 4, b: 2 },
      ],
      [{ a: 0, b: 1 }, { a: 2 }, { a: 4, b: 2 }],
    ],
    [
      '$fill with the last value',
      [{ $fill: { sortBy: { d: 1 }, output: { s: { method: 'locf' } } } }],
      [{ d: 1, s: 5 }, { d: 2 }],
      [
        { d: 1, s: 5 },
        { d: 2, s: 5 },
      ],
    ],
    [
      '$setWindowFields',
      [
        {
          $setWindowFields: {
            sortBy: { d: 1 },
            output: { sum: { $sum: '$q', window: { documents: ['unbounded', 'current'] } } },
          },
        },
      ],
      [
        { d: 2, q: 5 },
        { d: 1, q: 3 },
      ],
      [
        { d: 1, q: 3, sum: 3 },
        { d: 2, q: 5, sum: 8 },
      ],
    ],
  ])('%s', (...test) => check(test))

  it('$graphLookup reaches each document once, at its least depth', () => {
    const people = [
      { _id: 'c', boss: 'b' },
      { _id: 'b', boss: 'a' },
      { _id: 'a', boss: 'c' },
    ]
    const graph = {
      from: 'people',
      startWith: '$boss',
      connectFromField: 'boss',
      connectToField: '_id',
      as: 'chain',
      depthField: 'far',
    }
    const chain = (options: Document) =>
      run([{ $graphLookup: { ...graph, ...options } }], [people[0]!], { people })[0]?.chain
    expect(chain({}).map((person: Document) => [person._id, Number(person.far)])).toEqual([
      ['b', 0],
      ['a', 1],
      ['c', 2],
    ])
    expect(chain({ maxDepth: 0 }).map((person: Document) => person._id)).toEqual(['b'])
    expect(
      chain({ restrictSearchWithMatch: { _id: { $ne: 'a' } } }).map((person: Document) => person._id),
    ).toEqual(['b'])
  })
})

describe('a pipeline is refused', () => {
  it.each<[string, unknown, number]>([
    ['an unknown stage', { $foo: 1 }, 40324],
    ['a stage for search', { $search: {} }, 40324],
    ['two stages in one', { $match: {}, $limit: 1 }, 40323],
    ['no stage in a document', {}, 40323],
    ['$match of a number', { $match: 5 }, 15959],
    ['$match by script', { $match: { $where: '1' } }, 2],
    ['$sort of nothing', { $sort: {} }, 15976],
    ['$limit of zero', { $limit: 0 }, 15958],
    ['$limit of text', { $limit: 'x' }, 15957],
    ['$skip below zero', { $skip: -1 }, 15956],
    ['$group without _id', { $group: { n: { $sum: 1 } } }, 15955],
    ['$group of a number', { $group: 5 }, 15947],
    ['$group with a plain field', { $group: { _id: 1, n: 5 } }, 40234],
    ['$group with an unknown accumulator', { $group: { _id: 1, n: { $foo: 1 } } }, 15952],
    ['$group by script', { $group: { _id: 1, n: { $accumulator: {} } } }, 15952],
    ['$group with two accumulators', { $group: { _id: 1, n: { $sum: 1, $avg: 1 } } }, 40238],
    ['$project of nothing', { $project: {} }, 51272],
    ['$project that keeps and drops', { $project: { a: 1, b: 0 } }, 31254],
    ['$project with an unknown operator', { $project: { a: { $foo: 1 } } }, 168],
    ['$unwind without a dollar', { $unwind: 'a' }, 28818],
    ['$unwind of nothing', { $unwind: {} }, 28812],
    ['$lookup without a collection', { $lookup: { as: 'x' } }, 9],
    ['$lookup with half a join', { $lookup: { from: 'x', as: 'y', localField: 'z' } }, 9],
    ['$count of a number', { $count: 5 }, 40156],
    ['$replaceRoot by a scalar', { $replaceRoot: { newRoot: '$a' } }, 40228],
    ['$unset of a number', { $unset: 5 }, 31002],
    ['$bucket out of order', { $bucket: { groupBy: '$a', boundaries: [2, 1] } }, 40194],
    ['$bucket of mixed types', { $bucket: { groupBy: '$a', boundaries: [2, 'x'] } }, 40193],
    ['$bucket without a place for a value', { $bucket: { groupBy: '$a', boundaries: [5, 9] } }, 40066],
    ['$graphLookup without a collection', { $graphLookup: { startWith: '$a' } }, 9],
    ['$setWindowFields by script', { $setWindowFields: { output: { x: { $function: {} } } } }, 168],
  ])('for %s', (_case, stage, code) => {
    expect(() => run([stage as Document], [{ a: 1 }])).toThrowError(expect.objectContaining({ code }))
  })
})
