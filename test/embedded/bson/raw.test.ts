import { BSONRegExp, Code, DBRef, Decimal128, Long, MaxKey, MinKey, ObjectId, Timestamp } from 'bson'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decode, encode } from '../../../server/embedded/bson/codec.ts'
import { arrayIndex, type Visit, visitPath } from '../../../server/embedded/bson/path.ts'
import { rawField } from '../../../server/embedded/bson/raw.ts'
import { decodeValue, rawOf } from '../../../server/embedded/bson/raw-value.ts'
import { MongoError } from '../../../server/embedded/errors.ts'
import { anyValue } from './arbitraries.ts'

/** What a path leads to, as [value, position]; a missing value is 'missing'. */
function visited(document: object, path: string, entersLastArray = true): unknown[] {
  const seen: unknown[] = []
  const visit: Visit = (value, position) => {
    seen.push([value ? JSON.parse(JSON.stringify(decodeValue(value))) : 'missing', position])
    return false
  }
  visitPath(encode(document), 0, { path: path.split('.'), entersLastArray, visit })
  return seen
}

describe('reading a field of raw BSON', () => {
  it('finds it behind fields of every type', () => {
    const document = {
      double: 1.5,
      string: 'x',
      object: { a: 1 },
      array: [1, 2],
      binary: Buffer.from('b'),
      id: new ObjectId(),
      bool: true,
      date: new Date(0),
      nothing: null,
      regex: new BSONRegExp('a', 'i'),
      code: new Code('x'),
      scoped: new Code('x', { a: 1 }),
      int: 1,
      timestamp: new Timestamp({ t: 1, i: 1 }),
      long: Long.fromNumber(5),
      decimal: Decimal128.fromString('1'),
      min: new MinKey(),
      max: new MaxKey(),
      ref: new DBRef('c', new ObjectId()),
      last: 'found',
    }
    const last = rawField(encode(document), 'last')
    expect(last && decodeValue(last)).toBe('found')
  })

  it('takes no name for another that begins like it, in any script', () => {
    const raw = encode({ ab: 1, a: 2, 订单: 3, 订: 4, aé: 5 })
    for (const [name, value] of [
      ['a', 2],
      ['ab', 1],
      ['订', 4],
      ['订单', 3],
      ['aé', 5],
    ] as const)
      expect(Number(decodeValue(rawField(raw, name)!)), name).toBe(value)
    expect(rawField(raw, 'abc')).toBeUndefined()
    expect(rawField(raw, 'é')).toBeUndefined()
  })

  it('refuses bytes that are no BSON', () => {
    expect(() => rawField(Buffer.from([10, 0, 0, 0, 0x55, 0x61, 0, 0, 0, 0]), 'b')).toThrow(MongoError)
  })
})

describe('values between raw and decoded', () => {
  it('survive the way there and back', () => {
    fc.assert(
      fc.property(anyValue, value => {
        const viaDocument = encode({ '': decodeValue(rawOf(value)) })
        expect(viaDocument).toEqual(encode({ '': value }))
        expect(decode(viaDocument)).toEqual(decode(encode({ '': value })))
      }),
      { numRuns: 1000 },
    )
  })
})

describe('visiting a dotted path', () => {
  it.each<[string, object, string, unknown[]]>([
    ['gives a plain value', { a: 1 }, 'a', [[1, -1]]],
    ['goes into documents', { a: { b: 1 } }, 'a.b', [[1, -1]]],
    ['says once that a field is missing', {}, 'a.b', [['missing', -1]]],
    ['says that a scalar in the way makes the field missing', { a: 5 }, 'a.b', [['missing', -1]]],
    [
      'gives the elements of an array, then the array',
      { a: [1, 2] },
      'a',
      [
        [1, 0],
        [2, 1],
        [[1, 2], -1],
      ],
    ],
    [
      'goes into each document of an array',
      { a: [{ b: 1 }, { b: 2 }] },
      'a.b',
      [
        [1, 0],
        [2, 1],
      ],
    ],
    [
      'says for each document of an array whether it is missing',
      { a: [{ b: 1 }, {}] },
      'a.b',
      [
        [1, 0],
        ['missing', 1],
      ],
    ],
    ['says nothing about elements that are no documents', { a: [1, 'x', [{ b: 1 }]] }, 'a.b', []],
    ['says nothing about an empty array in the way', { a: [] }, 'a.b', []],
    ['takes a number for an index', { a: [5, 6] }, 'a.1', [[6, -1]]],
    [
      'takes a number for a name inside documents of an array as well',
      { a: [{ 0: 'x' }] },
      'a.0',
      [
        ['x', 0],
        [{ 0: 'x' }, -1],
      ],
    ],
    [
      'goes on behind an index',
      { a: [{ b: 1 }, { b: 2 }] },
      'a.1.b',
      [
        ['missing', 0],
        ['missing', 1],
        [2, -1],
      ],
    ],
    ['goes into an array inside an array only by index', { a: [[{ b: 1 }]] }, 'a.0.b', [[1, 0]]],
    [
      'tells the outermost position',
      { a: [{ b: [1, 2] }] },
      'a.b',
      [
        [1, 0],
        [2, 0],
        [[1, 2], 0],
      ],
    ],
    ['does not take 00 or 1x for an index', { a: [5, 6] }, 'a.00', []],
  ])('%s', (_case, document, path, expected) => {
    expect(visited(document, path)).toEqual(expected)
  })

  it('gives an array at the end only as a whole where that is asked for', () => {
    expect(visited({ a: [1, 2] }, 'a', false)).toEqual([[[1, 2], -1]])
  })

  it('knows indexes from names', () => {
    expect(['0', '7', '10'].map(arrayIndex)).toEqual([0, 7, 10])
    expect(['', '01', '-1', '1x', '1.5', 'a'].map(arrayIndex)).toEqual([-1, -1, -1, -1, -1, -1])
  })
})
