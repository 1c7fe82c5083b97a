import { BSONRegExp, type Document, MaxKey, MinKey } from 'bson'
import fc from 'fast-check'
import { anyNumber, anyScalar } from '../bson/arbitraries.ts'

function record(model: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<Document> {
  return fc.record(model, { requiredKeys: [], noNullPrototype: true })
}

/** Few values of many types, so that they often meet. */
const few = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 3 }) },
  fc.constantFrom<unknown>('', 'a', 'ab', null, true, false, 1.5, NaN, new Date(0), new Date(-5)),
)
const scalar = fc.oneof({ weight: 5, arbitrary: few }, anyScalar, anyNumber)
const value: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown }>(tie => ({
  value: fc.oneof(
    { maxDepth: 3 },
    { weight: 3, arbitrary: scalar },
    fc.array(tie('value'), { maxLength: 3 }),
    record({ b: tie('value'), c: tie('value'), 0: tie('value') }),
  ),
})).value
/** Documents of few fields with values of every type. */
export const anyDocument = record({ a: value, b: value, d: value })

const path = fc.constantFrom('a', 'a', 'a.b', 'a.b.c', 'a.0', 'a.0.b', 'a.1', 'a.b.0', 'b', 'b.c', 'd', 'x')
const operand = fc.oneof(
  { weight: 4, arbitrary: few },
  { weight: 2, arbitrary: scalar },
  value,
  fc.constantFrom<unknown>(new MinKey(), new MaxKey()),
)
const withoutRegex = operand.filter(item => !(item instanceof BSONRegExp))
const members = fc.array(operand, { maxLength: 3 })
const types = fc.constantFrom(
  'int',
  'string',
  'array',
  'object',
  'null',
  'number',
  'bool',
  'date',
  'objectId',
)

const operators = fc.letrec<{ operators: Document }>(tie => ({
  operators: fc.oneof(
    { maxDepth: 2 },
    record({ $gt: withoutRegex, $lte: withoutRegex }).filter(isNotEmpty),
    record({ $gte: withoutRegex, $lt: withoutRegex }).filter(isNotEmpty),
    fc.oneof(
      members.map($in => ({ $in })),
      members.map($nin => ({ $nin })),
      withoutRegex.map($ne => ({ $ne })),
      operand.map($eq => ({ $eq })),
      members.map($all => ({ $all })),
    ),
    fc.boolean().map($exists => ({ $exists })),
    fc.integer({ min: 0, max: 3 }).map($size => ({ $size })),
    fc.oneof(types, fc.array(types, { minLength: 1, maxLength: 2 })).map($type => ({ $type })),
    fc.constantFrom([2, 0], [3, 1], [2, -1]).map($mod => ({ $mod })),
    fc.constantFrom('^a', 'b$', '^$').map($regex => ({ $regex })),
    tie('operators').map($not => ({ $not })),
    tie('operators').map($elemMatch => ({ $elemMatch })),
    fc
      .dictionary(fc.constantFrom('b', 'c', 'b.c', '0'), fc.oneof(operand, tie('operators')), {
        minKeys: 1,
        maxKeys: 2,
        noNullPrototype: true,
      })
      .map($elemMatch => ({ $elemMatch })),
  ),
})).operators

const condition = fc.oneof({ weight: 1, arbitrary: operand }, { weight: 3, arbitrary: operators })
/** Filters over the fields of {@link anyDocument} with operands of every type. */
export const typedFilter = fc.letrec<{ filter: Document }>(tie => {
  const fields = fc.dictionary(path, condition, { maxKeys: 2, noNullPrototype: true })
  const branches = fc.array(tie('filter'), { minLength: 1, maxLength: 2 })
  return {
    filter: fc.oneof(
      { maxDepth: 2 },
      { weight: 5, arbitrary: fields },
      record({ $and: branches, $or: branches, $nor: branches }),
    ),
  }
}).filter

function isNotEmpty(given: Document): boolean {
  return Object.keys(given).length > 0
}
