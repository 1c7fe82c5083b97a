import type { Document } from 'bson'
import fc from 'fast-check'

/** A record as BSON would decode it, with the usual prototype. */
function record(model: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<Document> {
  return fc.record(model, { noNullPrototype: true })
}

const scalar = fc.oneof(fc.integer({ min: 0, max: 4 }), fc.constantFrom('x', 'y', 'z'), fc.boolean())
const nested = fc.record(
  { b: fc.integer({ min: 0, max: 4 }), c: scalar },
  { requiredKeys: [], noNullPrototype: true },
)

/** Documents with few names and few values, so that filters often hit. */
export const plainDocument: fc.Arbitrary<Document> = fc.record(
  {
    a: fc.oneof(scalar, fc.array(scalar, { maxLength: 3 }), nested, fc.array(nested, { maxLength: 3 })),
    d: fc.oneof(scalar, nested),
    e: scalar,
  },
  { requiredKeys: [], noNullPrototype: true },
)

const PATHS = ['a', 'a.b', 'a.c', 'd', 'd.b', 'e', 'missing'] as const

/** Conditions whose meaning is beyond doubt. */
const plainCondition: fc.Arbitrary<unknown> = fc.oneof(
  scalar,
  record({ $ne: scalar }),
  record({ $in: fc.array(scalar, { maxLength: 3 }) }),
  record({ $nin: fc.array(scalar, { maxLength: 3 }) }),
  record({ $gt: scalar }),
  record({ $gte: scalar, $lte: scalar }),
  record({ $lt: scalar }),
  record({ $exists: fc.boolean() }),
  record({ $not: record({ $gt: scalar }) }),
)

const condition: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: plainCondition },
  record({ $elemMatch: record({ $gte: scalar, $lte: scalar }) }),
  record({ $size: fc.integer({ min: 0, max: 3 }) }),
  record({ $all: fc.array(scalar, { minLength: 1, maxLength: 2 }) }),
  record({ $elemMatch: fc.record({ b: scalar, c: scalar }, { requiredKeys: ['b'], noNullPrototype: true }) }),
  record({ $mod: fc.constant([2, 1]) }),
  record({ $type: fc.constantFrom('string', 'bool') }),
  record({ $in: fc.constantFrom([null], [null, 1]) }),
  fc.constantFrom(null, { $gte: null }, { $lt: null }, {}, [], [1]),
)

function filterOf(conditions: fc.Arbitrary<unknown>): fc.Arbitrary<Document> {
  const fields = fc.dictionary(fc.constantFrom(...PATHS), conditions, { maxKeys: 2, noNullPrototype: true })
  return fc.letrec<{ filter: Document }>(tie => {
    const branches = fc.array(tie('filter'), { minLength: 1, maxLength: 2 })
    return {
      filter: fc.oneof(
        { maxDepth: 2 },
        { weight: 3, arbitrary: fields },
        record({ $and: branches }),
        record({ $or: branches }),
        record({ $nor: branches }),
        fc.tuple(fields, record({ $or: branches })).map(([own, or]) => ({ ...own, ...or })),
      ),
    }
  }).filter
}

/** Filters over the fields of {@link plainDocument} on which two matchers should agree. */
export const plainFilter = filterOf(plainCondition)

/** Filters over the same fields with every kind of condition. */
export const anyFilter = filterOf(condition)
