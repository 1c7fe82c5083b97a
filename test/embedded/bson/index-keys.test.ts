import type { Document } from 'bson'
import { describe, expect, it } from 'vitest'
import { encode } from '../../../server/embedded/bson/codec.ts'
import { indexKeys, lowestKey } from '../../../server/embedded/bson/index-keys.ts'
import { encodeValue, MAX_KEY_BYTES } from '../../../server/embedded/bson/key.ts'

type Fields = Record<string, 1 | -1>

function keysOf(document: Document, fields: Fields) {
  return indexKeys(
    encode(document),
    Object.entries(fields).map(([path, direction]) => ({ path, direction })),
  )
}

/** The keys of lists of values, in the order in which an index holds them. */
function expected(fields: Fields, ...tuples: unknown[][]): Buffer[] {
  const directions = Object.values(fields)
  const keys = tuples.map(tuple => Buffer.concat(tuple.map((value, i) => encodeValue(value, directions[i]!))))
  return keys.sort(Buffer.compare)
}

describe('the keys of a document', () => {
  it.each<[string, Document, Fields, unknown[][]]>([
    ['of one field', { a: 5 }, { a: 1 }, [[5]]],
    ['of a field inside a document', { a: { b: 'x' } }, { 'a.b': 1 }, [['x']]],
    ['of several fields in their directions', { a: 5, b: 'x' }, { a: 1, b: -1 }, [[5, 'x']]],
    ['of a missing field are those of null', { b: 1 }, { a: 1, b: 1 }, [[null, 1]]],
    ['of a field behind a scalar are those of null', { a: 5 }, { 'a.b': 1 }, [[null]]],
    ['of a document are the whole document', { a: { b: 1 } }, { a: 1 }, [[{ b: 1 }]]],
    ['of an array are those of its elements, without repeats', { a: [3, 1, 3] }, { a: 1 }, [[1], [3]]],
    ['of an array in an array are the inner array', { a: [[1, 2]] }, { a: 1 }, [[[1, 2]]]],
    [
      'of documents in an array are one for each',
      { a: [{ b: 1 }, { b: 2 }, {}] },
      { 'a.b': 1 },
      [[1], [2], [null]],
    ],
    [
      'of two fields of one array go together',
      {
        a: [
          { b: 1, c: 2 },
          { b: 3, c: 4 },
        ],
      },
      { 'a.b': 1, 'a.c': 1 },
      [
        [1, 2],
        [3, 4],
      ],
    ],
    [
      'of an array beside a plain field repeat the plain one',
      { a: [1, 2], b: 'x' },
      { a: 1, b: 1 },
      [
        [1, 'x'],
        [2, 'x'],
      ],
    ],
    ['of an index into an array are that element', { a: [5, 6] }, { 'a.1': 1 }, [[6]]],
    ['of a field behind an empty array are those of null', { a: [] }, { 'a.b': 1 }, [[null]]],
    ['of arrays inside elements are entered as well', { a: [{ b: [1, 2] }] }, { 'a.b': 1 }, [[1], [2]]],
  ])('%s', (_case, document, fields, tuples) => {
    expect(keysOf(document, fields).keys).toEqual(expected(fields, ...tuples))
  })

  it('tell a missing field, null and an empty array apart as MongoDB does', () => {
    const [missing, empty, nothing] = [{}, { a: [] }, { a: null }].map(document => keysOf(document, { a: 1 }))
    expect(missing!.keys).toEqual(nothing!.keys)
    expect(empty!.keys).not.toEqual(nothing!.keys)
    expect(Buffer.compare(empty!.keys[0]!, nothing!.keys[0]!)).toBe(-1)
  })

  it('say whether an array was entered', () => {
    expect(keysOf({ a: 1 }, { a: 1 }).multikey).toBe(false)
    expect(keysOf({ a: [1] }, { a: 1 }).multikey).toBe(true)
    expect(keysOf({ a: [1] }, { 'a.0': 1 }).multikey).toBe(false)
  })

  it('say whether one of the fields exists', () => {
    expect(keysOf({ b: 1 }, { a: 1 }).hasField).toBe(false)
    expect(keysOf({ a: null }, { a: 1 }).hasField).toBe(true)
    expect(keysOf({ b: 1 }, { a: 1, b: 1 }).hasField).toBe(true)
    expect(keysOf({ a: [{ c: 1 }] }, { 'a.b': 1 }).hasField).toBe(false)
  })

  it('are cut and say so when longer than the store can hold', () => {
    const short = keysOf({ a: 'x'.repeat(100) }, { a: 1 })
    const long = keysOf({ a: 'x'.repeat(5000) }, { a: 1 })
    expect(short.truncated).toBe(false)
    expect(long.truncated).toBe(true)
    expect(long.keys[0]!.length).toBe(MAX_KEY_BYTES)
  })

  it('refuse arrays in two independent fields', () => {
    expect(() => keysOf({ a: [1], b: [2] }, { a: 1, b: 1 })).toThrowError(
      expect.objectContaining({ code: 171, message: 'cannot index parallel arrays [b] [a]' }),
    )
    expect(() => keysOf({ a: [{ b: [1], c: [2] }] }, { 'a.b': 1, 'a.c': 1 })).toThrowError(
      expect.objectContaining({ code: 171 }),
    )
  })

  it('refuse a number that is both an index and a name in the same array', () => {
    expect(() => keysOf({ a: [{ 0: 'x' }] }, { 'a.0': 1 })).toThrowError(
      expect.objectContaining({ code: 16746 }),
    )
  })
})

describe('the lowest key of a document', () => {
  it('is that of the least element ascending and of the greatest descending', () => {
    const raw = encode({ a: [3, 1, 2] })
    expect(lowestKey(raw, [{ path: 'a', direction: 1 }])).toEqual(encodeValue(1, 1))
    expect(lowestKey(raw, [{ path: 'a', direction: -1 }])).toEqual(encodeValue(3, -1))
  })

  it('keeps its full length', () => {
    const text = 'x'.repeat(5000)
    expect(lowestKey(encode({ a: text }), [{ path: 'a', direction: 1 }])).toEqual(encodeValue(text, 1))
  })
})
