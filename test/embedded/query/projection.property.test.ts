import type { Document } from 'bson'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { decode, encode } from '../../../server/embedded/bson/codec.ts'
import { compileProjection } from '../../../server/embedded/query/projection.ts'
import { isPlainDocument, referenceMatches } from '../support/reference-matcher.ts'

const RUNS = Number(process.env.RUNS ?? 2000)

const value: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown }>(tie => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.integer({ min: 0, max: 3 }),
    fc.constantFrom('x', null),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
})).value
const document = fc.dictionary(fc.constantFrom('a', 'b', 'c'), value, { maxKeys: 3, noNullPrototype: true })

/** No path leads through another. */
const paths = fc.oneof(
  fc.subarray(['a', 'b', 'c'], { minLength: 1 }),
  fc.subarray(['a.b', 'a.c', 'b.a', 'c.a.b', 'c.a.c', 'c.b'], { minLength: 1 }),
  fc.subarray(['a', 'b.a', 'b.b.c', 'c.c'], { minLength: 1 }),
)

function included(source: unknown, wanted: string[][]): unknown {
  if (Array.isArray(source))
    return source
      .filter(item => Array.isArray(item) || isPlainDocument(item))
      .map(item => included(item, wanted))
  return mapped(source, (name, item) => {
    const inside = wanted.filter(path => path[0] === name).map(path => path.slice(1))
    if (inside.some(path => path.length === 0)) return [item]
    const isWay = Array.isArray(item) || isPlainDocument(item)
    return inside.length > 0 && isWay ? [included(item, inside)] : []
  })
}

function excluded(source: unknown, unwanted: string[][]): unknown {
  if (Array.isArray(source)) return source.map(item => excluded(item, unwanted))
  if (!isPlainDocument(source)) return source
  return mapped(source, (name, item) => {
    const inside = unwanted.filter(path => path[0] === name).map(path => path.slice(1))
    if (inside.some(path => path.length === 0)) return []
    return [inside.length > 0 ? excluded(item, inside) : item]
  })
}

/** A document of the fields for which `change` answers a value. */
function mapped(source: unknown, change: (name: string, item: unknown) => unknown[]): Document {
  return Object.fromEntries(
    Object.entries(Object(source)).flatMap(([name, item]) => change(name, item).map(kept => [name, kept])),
  )
}

function sliced(list: unknown, [skip, limit]: [number, number]): unknown {
  if (!Array.isArray(list)) return list
  const start = skip < 0 ? Math.max(0, list.length + skip) : skip
  return list.slice(start, start + limit)
}

interface Case {
  projection: Document
  model: (document: Document) => unknown
}

const flags: fc.Arbitrary<Case> = fc
  .tuple(paths, fc.boolean(), fc.boolean())
  .map(([names, includes, withId]) => {
    const segments = names.map(name => name.split('.'))
    const projection = Object.fromEntries(names.map(name => [name, includes ? 1 : 0]))
    if (!withId) projection._id = 0
    return {
      projection,
      model: ({ _id, ...rest }) => ({
        ...(withId && { _id }),
        ...Object(includes ? included(rest, segments) : excluded(rest, segments)),
      }),
    }
  })

const window = fc.tuple(fc.integer({ min: -4, max: 4 }), fc.integer({ min: 1, max: 4 }))
const slices: fc.Arbitrary<Case> = fc.oneof(
  window.map(part => ({
    projection: { a: { $slice: part } },
    model: (one: Document) => (Object.hasOwn(one, 'a') ? { ...one, a: sliced(one.a, part) } : one),
  })),
  fc.integer({ min: -4, max: 4 }).map(count => ({
    projection: { a: { $slice: count }, b: 1 },
    model: (one: Document) =>
      mapped(one, (name, item) => {
        if (name === 'a') return [sliced(item, count < 0 ? [count, -count] : [0, count])]
        return name === 'c' ? [] : [item]
      }),
  })),
)

const condition = fc.constantFrom<Document>(
  { $gt: 1 },
  { a: 1 },
  { a: { $gte: 1 }, b: { $exists: true } },
  { $in: ['x', 0] },
)
const elements: fc.Arbitrary<Case> = condition.map($elemMatch => ({
  projection: { a: { $elemMatch }, b: 1 },
  model: one =>
    mapped(one, (name, item) => {
      if (name !== 'a') return name === 'c' ? [] : [item]
      if (!Array.isArray(item)) return []
      const found = item.find(element => referenceMatches({ v: { $elemMatch } }, { v: [element] }))
      return found === undefined ? [] : [[found]]
    }),
}))

it('a projection shows what the manual says it shows', () => {
  fc.assert(
    fc.property(document, fc.oneof(flags, slices, elements), (fields, { projection, model }) => {
      const given = { _id: 1, ...fields }
      const shown = decode(compileProjection(decode(encode(projection)))(encode(given)))
      const loose = JSON.parse(JSON.stringify(shown))
      const expected = model(given)
      expect(loose).toEqual(expected)
      expect(JSON.stringify(loose)).toBe(JSON.stringify(expected))
    }),
    { numRuns: RUNS },
  )
}, 600_000)
