import type { Document } from 'bson'
import fc from 'fast-check'

/** Every kind of index there is. Two are unique: where the model must know which documents may not be. */
export const INDEXES: Document[] = [
  { key: { a: 1 }, name: 'single' },
  { key: { a: -1, b: 1 }, name: 'compound' },
  { key: { 'c.d': 1 }, name: 'deep' },
  { key: { b: 1 }, name: 'sparse', sparse: true },
  { key: { b: -1 }, name: 'partial', partialFilterExpression: { a: { $gt: 1 } } },
  { key: { u: 1 }, name: 'unique', unique: true, sparse: true },
  { key: { v: -1 }, name: 'partly unique', unique: true, partialFilterExpression: { w: { $exists: true } } },
  { key: { at: -1 }, name: 'time to live', expireAfterSeconds: 60 },
]
/** Those that hold every document, so that a query may be told to go by them. */
export const WHOLE = ['single', 'compound', 'deep', 'time to live']

const scalar = fc.constantFrom<unknown>(null, 0, 1, 2, 3, 'x', true)
const value = fc.oneof({ weight: 4, arbitrary: scalar }, fc.array(scalar, { maxLength: 3 }))
const id = fc.integer({ min: 0, max: 7 })
const time = fc.integer({ min: 0, max: 5 }).map(minutes => new Date(minutes * 60_000))
const fields = fc.record(
  {
    a: value,
    b: scalar,
    c: fc.oneof(fc.record({ d: value }), fc.array(fc.record({ d: scalar }), { maxLength: 2 }), scalar),
    u: fc.oneof(
      fc.integer({ min: 0, max: 5 }),
      fc.uniqueArray(fc.integer({ min: 0, max: 5 }), { maxLength: 2 }),
    ),
    v: fc.integer({ min: 0, max: 3 }),
    w: fc.constant(1),
    at: fc.oneof(time, fc.constant('never'), fc.array(time, { maxLength: 2 })),
  },
  { requiredKeys: [], noNullPrototype: true },
)
const document = fc.tuple(id, fields).map(([_id, rest]) => ({ _id, ...rest }))

const condition = fc.oneof(
  scalar,
  scalar.map($gt => ({ $gt })),
  scalar.map($gte => ({ $gte })),
  scalar.map($lt => ({ $lt })),
  scalar.map($ne => ({ $ne })),
  fc.array(scalar, { maxLength: 3 }).map($in => ({ $in })),
  fc.boolean().map($exists => ({ $exists })),
  fc.constantFrom(
    { $gt: 0, $lte: 2 },
    { $elemMatch: { $gt: 0, $lt: 3 } },
    { $all: [1, 2] },
    { $size: 2 },
    { $gt: 1 },
  ),
)
/** Conditions on the fields of the documents. */
export const filter = fc.dictionary(fc.constantFrom('a', 'b', 'c.d', 'u', 'v', 'at', '_id'), condition, {
  maxKeys: 2,
  noNullPrototype: true,
})
const change = fc.oneof(
  fields.map(($set): Document => ({ $set })).filter(({ $set }) => Object.keys($set).length > 0),
  fc.constantFrom<Document>(
    { $unset: { a: '' } },
    { $unset: { u: '', w: '' } },
    { $set: { 'c.d': 2 } },
    { $rename: { a: 'b' } },
    [{ $set: { b: { $ifNull: ['$v', 'none'] } } }] as Document,
  ),
  fields,
)
/** For all matches at once: nothing that is unique, since the order they are changed in is nobody's business. */
const broadChange = fc.constantFrom<Document>(
  { $set: { a: 1 } },
  { $set: { a: [1, 2, 3] } },
  { $unset: { b: '' } },
  { $set: { 'x.y': 1 } },
  { $min: { b: 1 } },
)

/** One command, or one round of the housekeeping. */
export type Action =
  | { kind: 'insert'; documents: Document[]; ordered: boolean }
  | {
      kind: 'update'
      statements: { _id: number; filter: Document; change: Document; upsert: boolean }[]
      ordered: boolean
    }
  | { kind: 'updateMany'; filter: Document; change: Document }
  | { kind: 'delete'; _id: number; filter: Document }
  | { kind: 'deleteMany'; filter: Document }
  | { kind: 'modify'; filter: Document; change: Document | undefined; wantsNew: boolean; descending: boolean }
  | { kind: 'expire'; minutes: number }

const statement = fc.record({ _id: id, filter, change, upsert: fc.boolean() })
/** What clients may do to the collection. */
export const action: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('insert' as const),
      documents: fc.array(document, { minLength: 1, maxLength: 3 }),
      ordered: fc.boolean(),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('update' as const),
      statements: fc.array(statement, { minLength: 1, maxLength: 3 }),
      ordered: fc.boolean(),
    }),
  },
  fc.record({ kind: fc.constant('updateMany' as const), filter, change: broadChange }),
  fc.record({ kind: fc.constant('delete' as const), _id: id, filter }),
  fc.record({ kind: fc.constant('deleteMany' as const), filter }),
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('modify' as const),
      filter,
      change: fc.option(change, { nil: undefined }),
      wantsNew: fc.boolean(),
      descending: fc.boolean(),
    }),
  },
  fc.record({ kind: fc.constant('expire' as const), minutes: fc.integer({ min: 0, max: 6 }) }),
)
