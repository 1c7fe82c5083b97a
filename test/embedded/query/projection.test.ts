import type { Document } from 'bson'
import { describe, expect, it } from 'vitest'
import { decode, encode } from '../../../server/embedded/bson/codec.ts'
import { compileProjection } from '../../../server/embedded/query/projection.ts'
import { compiled } from './matching.ts'

function project(spec: Document, document: Document, filter: Document = {}): Document {
  const { positionOf } = compiled(filter)
  const apply = compileProjection(decode(encode(spec)), { positionOf })
  return JSON.parse(JSON.stringify(decode(apply(encode(document)))))
}

const DOCUMENT = {
  _id: 1,
  a: { b: 1, c: 2 },
  list: [{ b: 1, c: 2 }, 5, [{ b: 3, c: 4 }]],
  n: [1, 2, 3],
  x: 'x',
}

describe('a projection', () => {
  it.each<[string, Document, Document]>([
    ['includes fields and _id', { x: 1 }, { _id: 1, x: 'x' }],
    ['includes without _id', { x: true, _id: 0 }, { x: 'x' }],
    ['includes _id alone', { _id: 1 }, { _id: 1 }],
    ['excludes fields', { a: 0, list: 0, n: false }, { _id: 1, x: 'x' }],
    ['excludes _id alone', { _id: 0 }, { a: DOCUMENT.a, list: DOCUMENT.list, n: [1, 2, 3], x: 'x' }],
    ['excludes with _id named', { _id: 1, a: 0, list: 0, n: 0 }, { _id: 1, x: 'x' }],
    ['includes inside a document', { 'a.b': 1 }, { _id: 1, a: { b: 1 } }],
    ['includes inside a document given nested', { a: { b: 1 } }, { _id: 1, a: { b: 1 } }],
    ['includes inside arrays, without scalars', { 'list.b': 1 }, { _id: 1, list: [{ b: 1 }, [{ b: 3 }]] }],
    [
      'excludes inside arrays, with scalars',
      { 'list.b': 0, a: 0, n: 0, x: 0 },
      { _id: 1, list: [{ c: 2 }, 5, [{ c: 4 }]] },
    ],
    ['leaves a scalar out on the way to an included field', { 'x.y': 1 }, { _id: 1 }],
    ['keeps a scalar on the way to an excluded field', { 'x.y': 0, a: 0, list: 0, n: 0 }, { _id: 1, x: 'x' }],
    ['keeps the order of the document', { x: 1, a: 1 }, { _id: 1, a: { b: 1, c: 2 }, x: 'x' }],
    ['says nothing of fields that are not there', { nope: 1 }, { _id: 1 }],
    ['slices the first', { n: { $slice: 2 }, x: 1 }, { _id: 1, n: [1, 2], x: 'x' }],
    ['slices the last', { n: { $slice: -2 }, x: 1 }, { _id: 1, n: [2, 3], x: 'x' }],
    ['slices from the middle', { n: { $slice: [1, 1] }, x: 1 }, { _id: 1, n: [2], x: 'x' }],
    ['slices from the end', { n: { $slice: [-2, 1] }, x: 1 }, { _id: 1, n: [2], x: 'x' }],
    ['slices and keeps everything else', { n: { $slice: 1 }, list: 0, a: 0 }, { _id: 1, n: [1], x: 'x' }],
    ['slices alone', { n: { $slice: 1 } }, { ...DOCUMENT, n: [1] }],
    ['slices only arrays', { x: { $slice: 1 }, n: 0, list: 0, a: 0 }, { _id: 1, x: 'x' }],
    ['keeps the first matching element', { n: { $elemMatch: { $gt: 1 } } }, { _id: 1, n: [2] }],
    [
      'keeps the first element with matching fields',
      { list: { $elemMatch: { c: 2 } } },
      { _id: 1, list: [{ b: 1, c: 2 }] },
    ],
    ['drops an array without a matching element', { n: { $elemMatch: { $gt: 5 } } }, { _id: 1 }],
    ['computes fields', { y: { $add: ['$a.b', 10] }, x: 1 }, { _id: 1, x: 'x', y: 11 }],
    ['renames fields', { y: '$a.c' }, { _id: 1, y: 2 }],
    ['is empty', {}, DOCUMENT],
  ])('%s', (_case, spec, expected) => {
    expect(project(spec, DOCUMENT)).toEqual(expected)
    expect(Object.keys(project(spec, DOCUMENT))).toEqual(Object.keys(expected))
  })

  it('keeps the element the filter matched', () => {
    expect(project({ 'n.$': 1 }, DOCUMENT, { n: 2 })).toEqual({ _id: 1, n: [2] })
    expect(project({ 'n.$': 1, x: 1 }, DOCUMENT, { n: { $gt: 1 } })).toEqual({ _id: 1, n: [2], x: 'x' })
    const document = { _id: 1, a: { n: [{ v: 1 }, { v: 2 }] } }
    expect(project({ 'a.n.$': 1 }, document, { 'a.n.v': 2 })).toEqual({ _id: 1, a: { n: [{ v: 2 }] } })
  })

  it.each<[Document, number]>([
    [{ a: 1, b: 0 }, 31254],
    [{ a: 0, b: 1 }, 31253],
    [{ a: 1, 'a.b': 1 }, 31249],
    [{ 'a.b': 1, a: 1 }, 31250],
    [{ n: { $slice: 'x' } }, 31273],
    [{ n: { $slice: [1] } }, 31272],
    [{ n: { $slice: [1, 0] } }, 28724],
    [{ n: { $elemMatch: 5 } }, 31274],
    [{ 'a.n': { $elemMatch: { b: 1 } } }, 31275],
    [{ n: 0, 'a.$': 1 }, 31395],
    [{ 'n.$': 1, 'a.$': 1 }, 31276],
    [{ n: { $elemMatch: { b: 1 } }, 'a.$': 1 }, 31255],
    [{ 'n.$.b': 1 }, 31394],
    [{ n: { $elemMatch: { b: 1 } }, x: 0 }, 31254],
    [{ score: { $meta: 'textScore' } }, 17308],
    [{ $a: 1 }, 16410],
    [{ 'a..b': 1 }, 40353],
    [{ y: { $foo: 1 } }, 168],
  ])('%j is refused with code %i', (spec, code) => {
    expect(() => compileProjection(decode(encode(spec)))).toThrowError(expect.objectContaining({ code }))
  })

  it('refuses a positional projection where the filter matched no element', () => {
    expect(() => project({ 'n.$': 1 }, DOCUMENT, { x: 'x' })).toThrowError(
      expect.objectContaining({ code: 51246 }),
    )
  })
})
