import type { Document } from 'bson'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { decode, encode } from '../../../server/embedded/bson/codec.ts'
import { compareValues } from '../../../server/embedded/bson/compare.ts'
import { compileFilter } from '../../../server/embedded/query/filter.ts'
import { referenceMatches } from '../support/reference-matcher.ts'
import { updated } from './updating.ts'

const RUNS = Number(process.env.RUNS ?? 2000)

const number = fc.integer({ min: 0, max: 4 })
const item = fc.record({ x: number, y: number }, { noNullPrototype: true })
const document = fc.record(
  { n: fc.array(number, { maxLength: 5 }), o: fc.array(item, { maxLength: 4 }), k: number },
  { noNullPrototype: true },
)

type Case = {
  update: Document
  arrayFilters?: Document[]
  filter?: Document
  model: (before: Document) => Document
}

function by(a: unknown, b: unknown): number {
  return compareValues(a, b)
}

/** `$push` with its clauses: in at the position, then in order, then cut. */
const pushes: fc.Arbitrary<Case> = fc
  .record(
    {
      $each: fc.array(number, { maxLength: 3 }),
      $position: fc.integer({ min: -4, max: 6 }),
      $slice: fc.integer({ min: -5, max: 5 }),
      $sort: fc.constantFrom(1, -1),
    },
    { requiredKeys: ['$each'], noNullPrototype: true },
  )
  .map(clauses => ({
    update: { $push: { n: clauses } },
    model({ n, ...rest }) {
      const list = [...n]
      list.splice(clauses.$position ?? list.length, 0, ...clauses.$each)
      if (clauses.$sort) list.sort((a, b) => by(a, b) * clauses.$sort!)
      const { $slice } = clauses
      const cut = $slice === undefined ? list : $slice < 0 ? list.slice($slice) : list.slice(0, $slice)
      return { ...rest, n: cut }
    },
  }))

const sortedPushes: fc.Arbitrary<Case> = fc
  .tuple(fc.array(item, { maxLength: 2 }), fc.constantFrom<Document>({ x: 1 }, { x: -1, y: 1 }, { y: -1 }))
  .map(([$each, $sort]) => ({
    update: { $push: { o: { $each, $sort } } },
    model: before => ({
      ...before,
      o: [...before.o, ...$each].sort((a, b) => {
        for (const [name, direction] of Object.entries($sort))
          if (a[name] !== b[name]) return (a[name] - b[name]) * direction
        return 0
      }),
    }),
  }))

const elementCondition = fc.oneof(
  number,
  number.map($gt => ({ $gt })),
  fc.array(number, { maxLength: 2 }).map($in => ({ $in })),
  number.map($ne => ({ $ne })),
)
const itemCondition = fc.record(
  { x: elementCondition, y: elementCondition },
  { requiredKeys: ['x'], noNullPrototype: true },
)

const removals: fc.Arbitrary<Case> = fc.oneof(
  elementCondition.map(condition => ({
    update: { $pull: { n: condition } },
    model: (before: Document) => ({
      ...before,
      n: before.n.filter((one: number) => !referenceMatches({ v: condition }, { v: one })),
    }),
  })),
  itemCondition.map(condition => ({
    update: { $pull: { o: condition } },
    model: (before: Document) => ({
      ...before,
      o: before.o.filter((one: Document) => !referenceMatches(condition, one)),
    }),
  })),
  fc.array(number, { maxLength: 3 }).map(unwanted => ({
    update: { $pullAll: { n: unwanted } },
    model: (before: Document) => ({
      ...before,
      n: before.n.filter((one: number) => !unwanted.includes(one)),
    }),
  })),
)

const additions: fc.Arbitrary<Case> = fc.array(number, { maxLength: 4 }).map($each => ({
  update: { $addToSet: { n: { $each } } },
  model(before) {
    const n = [...before.n]
    for (const one of $each) if (!n.includes(one)) n.push(one)
    return { ...before, n }
  },
}))

const operator = fc.constantFrom<[string, (current: number, operand: number) => number]>(
  ['$set', (_current, operand) => operand],
  ['$inc', (current, operand) => current + operand],
  ['$mul', (current, operand) => current * operand],
  ['$max', Math.max],
  ['$min', Math.min],
)

/** `$[]` and `$[name]`, alone and two at once; both choose before either changes. */
const chosen: fc.Arbitrary<Case> = fc.oneof(
  fc.tuple(operator, number).map(([[name, apply], operand]) => ({
    update: { [name]: { 'n.$[]': operand, 'o.$[].x': operand } },
    model: (before: Document) => ({
      ...before,
      n: before.n.map((one: number) => apply(one, operand)),
      o: before.o.map((one: Document) => ({ ...one, x: apply(one.x, operand) })),
    }),
  })),
  fc.tuple(operator, number, itemCondition, itemCondition).map(([[name, apply], operand, first, second]) => ({
    update: {
      [name]: { 'o.$[i].x': operand },
      $inc: { ...(name === '$inc' && { 'o.$[i].x': operand }), 'o.$[j].y': 7 },
    },
    arrayFilters: [prefixed('i', first), prefixed('j', second)],
    model: (before: Document) => ({
      ...before,
      o: before.o.map((one: Document) => ({
        x: referenceMatches(first, one) ? apply(one.x, operand) : one.x,
        y: referenceMatches(second, one) ? one.y + 7 : one.y,
      })),
    }),
  })),
)

/** `$`: the element the filter found first. */
const positional: fc.Arbitrary<Case> = fc
  .tuple(operator, number, elementCondition)
  .map(([[name, apply], operand, condition]) => ({
    filter: { n: { $elemMatch: Object(condition) === condition ? condition : { $eq: condition } } },
    update: { [name]: { 'n.$': operand } },
    model(before: Document) {
      const at = before.n.findIndex((one: number) => referenceMatches({ v: condition }, { v: one }))
      return {
        ...before,
        n: before.n.map((one: number, i: number) => (i === at ? apply(one, operand) : one)),
      }
    },
  }))

const moves: fc.Arbitrary<Case> = fc.constantFrom<Case>(
  { update: { $rename: { k: 'z.y' } }, model: ({ k, ...rest }) => ({ ...rest, z: { y: k } }) },
  { update: { $rename: { n: 'o' } }, model: ({ n, k }) => ({ o: n, k }) },
  {
    update: [{ $set: { k: { $size: '$n' }, s: { $sum: '$o.x' } } }, { $unset: 'o' }],
    model: ({ n, o, k }) => {
      void k
      return { n, k: n.length, s: o.reduce((sum: number, one: Document) => sum + one.x, 0) }
    },
  },
  {
    update: { $pop: { n: 1 }, $bit: { k: { xor: 5 } } },
    model: before => ({ ...before, n: before.n.slice(0, -1), k: before.k ^ 5 }),
  },
  {
    update: { $set: { 'n.6': 1 } },
    model: before => ({ ...before, n: [...before.n, ...Array(6 - before.n.length).fill(null), 1] }),
  },
  {
    update: { $unset: { 'n.0': '' } },
    model: before => ({ ...before, n: before.n.map((one: number, i: number) => (i === 0 ? null : one)) }),
  },
)

function prefixed(name: string, condition: Document): Document {
  return Object.fromEntries(Object.entries(condition).map(([field, value]) => [`${name}.${field}`, value]))
}

it('an update of arrays does what the plain meaning of its operators says', () => {
  let changed = 0
  fc.assert(
    fc.property(
      document,
      fc.oneof(pushes, sortedPushes, removals, additions, chosen, positional, moves),
      (before, { update, arrayFilters, filter = {}, model }) => {
        const compiled = compileFilter(decode(encode(filter)))
        fc.pre(compiled.matches(encode(before)))
        const position = compiled.positionOf(encode(before))
        const after = JSON.parse(JSON.stringify(updated(update, before, { arrayFilters }, { position })))
        expect(after).toEqual(model(before))
        if (JSON.stringify(after) !== JSON.stringify(before)) changed++
      },
    ),
    { numRuns: RUNS },
  )
  expect(changed).toBeGreaterThan(RUNS / 4)
}, 600_000)
