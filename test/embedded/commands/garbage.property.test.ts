import type { Document } from 'bson'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { anyValue } from '../bson/arbitraries.ts'
import { directServer } from '../support/direct-server.ts'

const { run } = directServer()

beforeAll(async () => {
  await run({ create: 'c' })
  await run({
    createIndexes: 'c',
    indexes: [
      { key: { a: 1 }, name: 'a' },
      { key: { 'a.b': -1, c: 1 }, name: 'ab' },
    ],
  })
})

const DOCUMENTS: Document[] = [
  { _id: 1, a: 1, b: 'x', c: [1, 2, { a: 1 }] },
  { _id: 2, a: [{ b: 1 }, { b: 2 }], c: null },
  { _id: 3, a: { b: { c: 1 } }, b: new Date(0) },
]

function words(text: string): fc.Arbitrary<string> {
  return fc.constantFrom(...text.split(' '))
}

const path = words('a b c a.b a.0 a.0.b c.2.a _id $ a.$ a.$[] a.$[x] a.$[].b a. .a $a a.$b 0')
const reference = words('$a $a.b $$ROOT $$x $$ $ $$REMOVE $$NOW $c.0')

const FILTER =
  '$eq $ne $gt $gte $lt $lte $in $nin $not $and $or $nor $expr $exists $type $regex $options $mod $size $all ' +
  '$elemMatch $bitsAllSet $bitsAnyClear $comment $where $text $near $foo'
const UPDATE =
  '$set $unset $inc $mul $min $max $rename $push $pull $pullAll $addToSet $pop $bit $currentDate $setOnInsert ' +
  '$each $slice $sort $position $type and or $foo'
const EXPRESSION =
  '$add $subtract $multiply $divide $mod $abs $cond $ifNull $switch $concat $substrCP $toUpper $split $size $map ' +
  '$filter $reduce $arrayElemAt $slice $in $sum $avg $min $max $push $first $last $literal $let $dateToString ' +
  '$dateTrunc $year $toString $toInt $convert $type $mergeObjects $objectToArray $arrayToObject $zip $range ' +
  '$setUnion $regexMatch $getField $setField $sortArray $round $trunc $eq $and $not $cmp $topN $percentile ' +
  'input in cond as vars if then else branches case default by n to format date unit initialValue field find'
const STAGES =
  '$match $sort $limit $skip $count $group $sortByCount $project $addFields $set $unset $replaceRoot $replaceWith ' +
  '$unwind $lookup $unionWith $facet $sample $bucket $bucketAuto $redact $graphLookup $densify $fill ' +
  '$setWindowFields $out $merge $documents $changeStream $foo from as let pipeline localField foreignField newRoot ' +
  'path coll into boundaries groupBy output size startWith connectFromField connectToField buckets range step ' +
  'partitionBy sortBy preserveNullAndEmptyArrays includeArrayIndex'

/** Documents made of the words of a language, put together without sense. */
function nonsense(language: string): fc.Arbitrary<Document> {
  const name = fc.oneof({ weight: 3, arbitrary: words(language) }, path)
  return fc.letrec<{ document: Document; value: unknown }>(tie => ({
    document: fc.dictionary(name, tie('value'), { maxKeys: 3, noNullPrototype: true }),
    value: fc.oneof(
      { maxDepth: 4, depthIdentifier: 'nonsense' },
      { weight: 2, arbitrary: fc.oneof(fc.integer({ min: -3, max: 5 }), reference, path, words(language)) },
      anyValue,
      { weight: 3, arbitrary: tie('document') },
      fc.array(tie('value'), { maxLength: 3 }),
    ),
  })).document
}

const filter = nonsense(FILTER)
const change = fc.oneof(nonsense(UPDATE), fc.array(nonsense(`${STAGES} ${EXPRESSION}`), { maxLength: 2 }))
const stage = fc
  .tuple(
    words(
      STAGES.split(' ')
        .filter(word => word.startsWith('$'))
        .join(' '),
    ),
    nonsense(`${STAGES} ${EXPRESSION}`),
  )
  .map(([name, operand]) => ({ [name]: operand }))
const loose = fc.oneof(anyValue, nonsense(`${FILTER} ${EXPRESSION}`))

/** One option, or none, of a command that is otherwise in order. */
function options(...names: string[]): fc.Arbitrary<Document> {
  return fc.dictionary(fc.constantFrom(...names), loose, { maxKeys: 1, noNullPrototype: true })
}

const command: fc.Arbitrary<Document> = fc.oneof(
  fc
    .tuple(
      filter,
      options('sort', 'projection', 'hint', 'let', 'limit', 'skip', 'batchSize', 'maxTimeMS', 'readConcern'),
    )
    .map(([given, more]) => ({ find: 'c', filter: given, ...more })),
  nonsense(EXPRESSION).map(projection => ({ find: 'c', projection })),
  nonsense(EXPRESSION).map(expression => ({ find: 'c', filter: { $expr: expression }, let: { x: 1 } })),
  fc
    .array(stage, { maxLength: 3 })
    .map(pipeline => ({ aggregate: 'c', pipeline, cursor: {}, let: { x: 1 } })),
  nonsense(EXPRESSION).map(value => ({ aggregate: 'c', pipeline: [{ $addFields: { value } }], cursor: {} })),
  fc
    .tuple(filter, change, options('arrayFilters', 'upsert', 'multi', 'hint', 'c'))
    .map(([q, u, more]) => ({ update: 'c', updates: [{ q, u, ...more }] })),
  fc
    .tuple(change, fc.array(filter, { maxLength: 2 }))
    .map(([u, arrayFilters]) => ({ update: 'c', updates: [{ q: { a: 1 }, u, arrayFilters }] })),
  fc
    .tuple(
      filter,
      change,
      options('sort', 'fields', 'new', 'upsert', 'remove', 'arrayFilters', 'hint', 'let'),
    )
    .map(([query, update, more]) => ({ findAndModify: 'c', query, update, ...more })),
  fc.tuple(filter, loose).map(([q, limit]) => ({ delete: 'c', deletes: [{ q, limit }] })),
  loose.map(document => ({ insert: 'c', documents: [document] })),
  options('query', 'limit', 'skip', 'hint').map(more => ({ count: 'c', ...more })),
  fc.tuple(path, filter).map(([key, query]) => ({ distinct: 'c', key, query })),
  options('indexes', 'commitQuorum').map(more => ({ createIndexes: 'd', ...more })),
  fc
    .tuple(loose, options('unique', 'sparse', 'partialFilterExpression', 'expireAfterSeconds', 'v', 'name'))
    .map(([key, more]) => ({ createIndexes: 'd', indexes: [{ key, name: 'n', ...more }] })),
  loose.map(index => ({ dropIndexes: 'd', index })),
  loose.map(index => ({ collMod: 'c', index })),
  fc
    .tuple(words('find count update aggregate findAndModify delete distinct explain ping'), loose, loose)
    .map(([name, value, verbosity]) => ({
      explain: { [name]: 'c', filter: value, pipeline: value },
      verbosity,
    })),
  fc.tuple(loose, loose).map(([id, collection]) => ({ getMore: id, collection })),
  loose.map(cursors => ({ killCursors: 'c', cursors })),
  fc
    .tuple(
      words('create drop renameCollection listCollections listIndexes getParameter ping hello'),
      loose,
      options('filter', 'cursor', 'to'),
    )
    .map(([name, value, more]) => ({ [name]: value, ...more })),
)

describe('a command without sense', () => {
  it('is answered or refused, and never an error inside the store', async () => {
    await fc.assert(
      fc.asyncProperty(command, async given => {
        await run({ delete: 'c', deletes: [{ q: {}, limit: 0 }] })
        await run({ insert: 'c', documents: DOCUMENTS })
        const reply = await run(given)
        const errors = [reply, ...(reply.writeErrors ?? [])]
        expect(errors.find(error => error.code === 1)).toBeUndefined()
      }),
      { numRuns: Number(process.env.RUNS ?? 1500) },
    )
  }, 600_000)
})
