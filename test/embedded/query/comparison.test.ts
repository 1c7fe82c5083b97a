import { Decimal128, type Document, Double, Int32, Long, MaxKey, MinKey, ObjectId } from 'bson'
import { describe, expect, it } from 'vitest'
import { matches } from './matching.ts'

const id = new ObjectId()

describe('equality', () => {
  it.each<[string, Document, Document, boolean]>([
    ['a number of another type', { a: new Int32(5) }, { a: new Double(5) }, true],
    ['a long', { a: 5 }, { a: Long.fromNumber(5) }, true],
    ['a decimal', { a: 5 }, { a: Decimal128.fromString('5.0') }, true],
    ['a long that only rounds to it', { a: 2 ** 53 }, { a: Long.fromString('9007199254740993') }, false],
    ['a number as text', { a: 5 }, { a: '5' }, false],
    ['minus zero and zero', { a: 0 }, { a: -0 }, true],
    ['NaN and NaN', { a: NaN }, { a: NaN }, true],
    ['NaN and a number', { a: NaN }, { a: 0 }, false],
    ['a string', { a: 'x' }, { a: 'x' }, true],
    ['a longer string', { a: 'x' }, { a: 'xy' }, false],
    ['a string of the same length', { a: 'x' }, { a: 'y' }, false],
    ['an object id', { _id: id }, { _id: id }, true],
    ['a date', { a: new Date(5) }, { a: new Date(5) }, true],
    ['another date', { a: new Date(5) }, { a: new Date(6) }, false],
    ['true and one', { a: true }, { a: 1 }, false],
    ['an element of an array', { a: 2 }, { a: [1, 2] }, true],
    ['an array as a whole', { a: [1, 2] }, { a: [1, 2] }, true],
    ['an array in an array', { a: [1, 2] }, { a: [[1, 2]] }, true],
    ['an array in another order', { a: [2, 1] }, { a: [1, 2] }, false],
    ['a document', { a: { b: 1 } }, { a: { b: 1 } }, true],
    ['a document with a field more', { a: { b: 1 } }, { a: { b: 1, c: 1 } }, false],
    ['a document with fields in another order', { a: { b: 1, c: 1 } }, { a: { c: 1, b: 1 } }, false],
    ['an empty document', { a: {} }, { a: {} }, true],
    ['a field inside documents of an array', { 'a.b': 2 }, { a: [{ b: 1 }, { b: 2 }] }, true],
    ['an element by index', { 'a.1': 2 }, { a: [1, 2] }, true],
    ['another element by index', { 'a.0': 2 }, { a: [1, 2] }, false],
    ['two fields, both of which must hold', { a: 1, b: 2 }, { a: 1, b: 3 }, false],
  ])('of %s', (_case, filter, document, expected) => {
    expect(matches(filter, document)).toBe(expected)
    const [[path, value]] = Object.entries(filter) as [[string, unknown]]
    if (Object.keys(filter).length > 1) return
    expect(matches({ [path]: { $eq: value } }, document), '$eq').toBe(expected)
    expect(matches({ [path]: { $ne: value } }, document), '$ne').toBe(!expected)
    expect(matches({ [path]: { $in: ['other', value] } }, document), '$in').toBe(expected)
    expect(matches({ [path]: { $nin: ['other', value] } }, document), '$nin').toBe(!expected)
  })
})

describe('null', () => {
  const equalToNull: [string, Document, string, boolean][] = [
    ['a null', { a: null }, 'a', true],
    ['a missing field', {}, 'a', true],
    ['an empty document', { a: {} }, 'a', false],
    ['zero', { a: 0 }, 'a', false],
    ['an empty array', { a: [] }, 'a', false],
    ['an array with a null', { a: [1, null] }, 'a', true],
    ['a field missing in a document', { a: {} }, 'a.b', true],
    ['a field behind a scalar', { a: 5 }, 'a.b', true],
    ['a field behind an empty array', { a: [] }, 'a.b', false],
    ['a field behind scalars in an array', { a: [1, 2] }, 'a.b', false],
    ['a field missing in one document of an array', { a: [{ b: 1 }, {}] }, 'a.b', true],
    ['a field in all documents of an array', { a: [{ b: 1 }, { b: 2 }] }, 'a.b', false],
    ['a field behind an array in an array', { a: [[]] }, 'a.b', false],
  ]
  it.each(equalToNull)('equals %s as MongoDB says', (_case, document, path, expected) => {
    expect(matches({ [path]: null }, document)).toBe(expected)
    expect(matches({ [path]: { $in: [null, 75] } }, document)).toBe(expected)
    expect(matches({ [path]: { $gte: null } }, document)).toBe(expected)
    expect(matches({ [path]: { $lte: null } }, document)).toBe(expected)
    expect(matches({ [path]: { $ne: null } }, document)).toBe(!expected)
    expect(matches({ [path]: { $not: { $gte: null } } }, document)).toBe(!expected)
    expect(matches({ [path]: { $gt: null } }, document)).toBe(false)
    expect(matches({ [path]: { $lt: null } }, document)).toBe(false)
  })
})

describe('orderings', () => {
  const at: [string, unknown, unknown, unknown][] = [
    ['ints', new Int32(4), new Int32(5), new Int32(6)],
    ['doubles', 4.9, 5, 5.1],
    [
      'longs',
      Long.fromString('9007199254740992'),
      Long.fromString('9007199254740993'),
      Long.fromString('9007199254740994'),
    ],
    ['decimals', Decimal128.fromString('0.1'), Decimal128.fromString('0.2'), Decimal128.fromString('0.3')],
    ['strings', 'a', 'b', 'c'],
    ['dates', new Date(-1), new Date(0), new Date(1)],
    ['booleans', false, true, undefined],
    ['documents', { a: 1 }, { a: 2 }, { b: 1 }],
    ['object ids', new ObjectId('0'.repeat(24)), new ObjectId('1'.repeat(24)), new ObjectId('2'.repeat(24))],
  ]
  it.each(at)('of %s hold under, at and over the boundary', (_case, under, bound, over) => {
    const holds = (operator: string, value: unknown) => matches({ a: { [operator]: bound } }, { a: value })
    expect(['$lt', '$lte', '$gt', '$gte'].map(operator => holds(operator, under))).toEqual([
      true,
      true,
      false,
      false,
    ])
    expect(['$lt', '$lte', '$gt', '$gte'].map(operator => holds(operator, bound))).toEqual([
      false,
      true,
      false,
      true,
    ])
    if (over === undefined) return
    expect(['$lt', '$lte', '$gt', '$gte'].map(operator => holds(operator, over))).toEqual([
      false,
      false,
      true,
      true,
    ])
  })

  it('never hold for a value of another type, nor for a missing field', () => {
    for (const operator of ['$lt', '$lte', '$gt', '$gte'])
      for (const document of [
        {},
        { a: null },
        { a: 'x' },
        { a: true },
        { a: {} },
        { a: new Date() },
        { a: [] },
      ])
        expect(matches({ a: { [operator]: 5 } }, document), `${operator} ${JSON.stringify(document)}`).toBe(
          false,
        )
  })

  it('fail for a missing field where their negation holds', () => {
    expect(matches({ a: { $lt: 5 } }, {})).toBe(false)
    expect(matches({ a: { $not: { $gte: 5 } } }, {})).toBe(true)
    expect(matches({ a: { $not: { $gte: 5 } } }, { a: 'x' })).toBe(true)
  })

  it('hold for an array of which different elements fulfil them', () => {
    expect(matches({ a: { $gt: 5, $lt: 3 } }, { a: [1, 9] })).toBe(true)
    expect(matches({ a: { $gt: 5, $lt: 3 } }, { a: 4 })).toBe(false)
  })

  it('hold for NaN only with itself, and only where equality is enough', () => {
    expect(matches({ a: { $lt: 5 } }, { a: NaN })).toBe(false)
    expect(matches({ a: { $gte: NaN } }, { a: NaN })).toBe(true)
    expect(matches({ a: { $lte: NaN } }, { a: Decimal128.fromString('NaN') })).toBe(true)
    expect(matches({ a: { $gt: NaN } }, { a: 5 })).toBe(false)
    expect(matches({ a: { $lte: NaN } }, { a: 5 })).toBe(false)
  })

  it('hold for every type against MinKey and MaxKey', () => {
    for (const document of [{ a: 5 }, { a: 'x' }, { a: null }, {}]) {
      expect(matches({ a: { $gt: new MinKey() } }, document)).toBe(true)
      expect(matches({ a: { $lte: new MaxKey() } }, document)).toBe(true)
      expect(matches({ a: { $lt: new MinKey() } }, document)).toBe(false)
      expect(matches({ a: new MinKey() }, document)).toBe(false)
    }
    expect(matches({ a: { $gt: new MinKey() } }, { a: new MinKey() })).toBe(false)
    expect(matches({ a: { $gte: new MinKey() } }, { a: new MinKey() })).toBe(true)
  })
})

describe('$in', () => {
  it('finds one of many strings, numbers and ids', () => {
    const strings = Array.from({ length: 500 }, (_, i) => `order-${i}`)
    expect(matches({ a: { $in: strings } }, { a: 'order-499' })).toBe(true)
    expect(matches({ a: { $in: strings } }, { a: 'order-500' })).toBe(false)
    expect(matches({ a: { $in: [1, 2, 3] } }, { a: new Double(3) })).toBe(true)
    expect(matches({ a: { $in: [1, 2, 3] } }, { a: '3' })).toBe(false)
    expect(matches({ a: { $in: [new ObjectId(), id] } }, { a: id })).toBe(true)
    expect(matches({ a: { $in: ['订单', { b: 1 }, [1]] } }, { a: '订单' })).toBe(true)
    expect(matches({ a: { $in: ['订单', { b: 1 }, [1]] } }, { a: { b: 1.0 } })).toBe(true)
  })

  it('of nothing matches nothing, and its negation everything', () => {
    expect(matches({ a: { $in: [] } }, { a: 1 })).toBe(false)
    expect(matches({ a: { $nin: [] } }, { a: 1 })).toBe(true)
  })

  it('takes regular expressions', () => {
    expect(matches({ a: { $in: ['x', /^ord/] } }, { a: 'order' })).toBe(true)
    expect(matches({ a: { $nin: [/^ord/] } }, { a: 'order' })).toBe(false)
  })
})
