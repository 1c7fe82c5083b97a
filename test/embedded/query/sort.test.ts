import type { Document } from 'bson'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decode, encode } from '../../../server/embedded/bson/codec.ts'
import { compareValues } from '../../../server/embedded/bson/compare.ts'
import { compileSort, sortDocuments } from '../../../server/embedded/query/sort.ts'
import { anyScalar } from '../bson/arbitraries.ts'

const sorted = (documents: Document[], spec: Document, limit?: number) =>
  sortDocuments(
    documents.map(document => encode(document)),
    spec,
    limit,
  ).map(raw => JSON.parse(JSON.stringify(decode(raw))))

describe('sorting', () => {
  it.each<[string, Document, Document[], Document[]]>([
    ['ascending', { a: 1 }, [{ a: 2 }, { a: 1 }], [{ a: 1 }, { a: 2 }]],
    ['descending', { a: -1 }, [{ a: 1 }, { a: 2 }], [{ a: 2 }, { a: 1 }]],
    [
      'by several fields',
      { a: 1, b: -1 },
      [
        { a: 1, b: 1 },
        { a: 1, b: 2 },
      ],
      [
        { a: 1, b: 2 },
        { a: 1, b: 1 },
      ],
    ],
    [
      'a missing field like null, before numbers',
      { a: 1 },
      [{ a: 1 }, {}, { a: null }],
      [{}, { a: null }, { a: 1 }],
    ],
    ['an array by its least element', { a: 1 }, [{ a: 2 }, { a: [3, 1] }], [{ a: [3, 1] }, { a: 2 }]],
    [
      'an array by its greatest element, descending',
      { a: -1 },
      [{ a: 2 }, { a: [3, 1] }],
      [{ a: [3, 1] }, { a: 2 }],
    ],
    ['an empty array before null', { a: 1 }, [{ a: null }, { a: [] }], [{ a: [] }, { a: null }]],
    [
      'by a field inside documents',
      { 'a.b': 1 },
      [{ a: { b: 2 } }, { a: { b: 1 } }],
      [{ a: { b: 1 } }, { a: { b: 2 } }],
    ],
    [
      'equal ones in the order they came',
      { a: 1 },
      [
        { a: 1, n: 2 },
        { a: 1, n: 1 },
      ],
      [
        { a: 1, n: 2 },
        { a: 1, n: 1 },
      ],
    ],
  ])('%s', (_case, spec, documents, expected) => {
    expect(sorted(documents, spec)).toEqual(expected)
  })

  it('with a limit gives the first of what it gives without', () => {
    const documents = fc.array(fc.record({ a: anyScalar }, { noNullPrototype: true }), { maxLength: 400 })
    fc.assert(
      fc.property(documents, fc.integer({ min: 1, max: 60 }), (list, limit) => {
        const raws = list.map((document, n) => encode({ ...document, n }))
        const all = sortDocuments(raws, { a: -1 })
        expect(sortDocuments(raws, { a: -1 }, limit)).toEqual(all.slice(0, limit))
      }),
      { numRuns: 50 },
    )
  })

  it('follows the comparison order of values', () => {
    fc.assert(
      fc.property(anyScalar, anyScalar, (a, b) => {
        const compare = compileSort({ a: 1 })
        expect(compare(encode({ a }), encode({ a: b }))).toBe(compareValues(a, b))
      }),
    )
  })

  it.each([
    [{ a: 2 }, 15975],
    [{ a: 'x' }, 15974],
    [{ a: { $meta: 'textScore' } }, 2],
    [{ '': 1 }, 40352],
    [{ 'a..b': 1 }, 15998],
    [{ $a: 1 }, 16410],
    [{ a: 1, $natural: 1 }, 2],
  ])('refuses %j', (spec, code) => {
    expect(() => compileSort(spec)).toThrowError(expect.objectContaining({ code }))
  })

  it('refuses two independent arrays', () => {
    expect(() => sorted([{ a: [1], b: [1] }], { a: 1, b: 1 })).toThrowError(
      expect.objectContaining({ code: 2 }),
    )
  })
})
