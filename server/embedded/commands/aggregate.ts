import type { Document } from 'bson'
import { evaluateVariables, type Variables } from '../agg/expression.ts'
import { compileGrouping } from '../agg/group.ts'
import { runPipeline } from '../agg/pipeline.ts'
import { splitPushdown } from '../agg/pushdown.ts'
import { encode } from '../bson/codec.ts'
import { isNumeric } from '../bson/document.ts'
import { locationError, mongoError } from '../errors.ts'
import type { Collection } from '../store/catalog.ts'
import type { Query, QuerySpec } from '../store/query.ts'
import type { Store } from '../store/store.ts'
import { type Call, type Command, collectionName, findCollection, isTrue } from './command.ts'
import { countingStage, countMatches } from './count-matches.ts'
import { firstBatch } from './cursor-reply.ts'
import { databaseSource } from './database-sources.ts'
import { explainPlan } from './explain-reply.ts'
import { hintOf } from './find.ts'
import { splitOutput, writeOutput } from './output-stages.ts'
import { allMatches, deadlineOf, listReader, queryReader, type Reader, readMatches } from './reader.ts'
import { collStatsOf, collStatsRow } from './stats.ts'

export const aggregate: Command = {
  names: ['aggregate'],
  takes: ['pipeline', 'cursor', 'hint', 'let', 'explain'],
  /** Stages never spill to disk; there are no validators to bypass. */
  ignores: ['allowDiskUse', 'bypassDocumentValidation'],
  refuses: ['collation', 'rawData', 'exchange', 'fromMongos', 'needsMerge'],
  async run(call) {
    const { body, store } = call
    const isOnDatabase = isNumeric(body[call.name]) && Number(body[call.name]) === 1
    const collection = isOnDatabase ? undefined : findCollection(call)
    const { pipeline, output } = splitOutput(pipelineOf(body))
    if (isTrue(body.explain)) return explainAggregate(call, collection, pipeline)
    if (typeof body.cursor !== 'object' || body.cursor === null)
      throw mongoError(
        'FailedToParse',
        "The 'cursor' option is required, except for aggregate with the explain argument",
      )
    const namespace = `${call.database}.${isOnDatabase ? '$cmd.aggregate' : collectionName(call)}`
    const measured = collStatsOf(pipeline)
    const reader = await (isOnDatabase
      ? databaseReader(call, pipeline)
      : measured
        ? statsReader(call, measured, pipeline.slice(1))
        : readerOf(call, collection, pipeline))
    if (!output) return firstBatch(call, namespace, reader, { batchSize: body.cursor.batchSize })
    const { documents } = await reader(Number.POSITIVE_INFINITY)
    await writeOutput(store, call.database, output, documents)
    return firstBatch(call, namespace, listReader([]), { batchSize: undefined })
  },
}

/** A pipeline that brings its own documents. */
function databaseReader(call: Call, pipeline: Document[]): Reader {
  const { store, body, database } = call
  const around = { lookup: (name: string) => lookupIn(store, database, name), let: body.let }
  return listReader(runPipeline(pipeline.slice(1), databaseSource(call, pipeline), around))
}

function pipelineOf({ pipeline }: Document): Document[] {
  if (!Array.isArray(pipeline)) throw mongoError('TypeMismatch', "'pipeline' must be an array of stages")
  for (const stage of pipeline)
    if (Object.keys(Object(stage)).length !== 1)
      throw locationError(40323, 'A pipeline stage specification object must contain exactly one field.')
  return pipeline
}

/** A pipeline the store can answer alone is read as it goes; any other is worked out at once. */
async function readerOf(
  call: Call,
  collection: Collection | undefined,
  pipeline: Document[],
): Promise<Reader> {
  const { store, body, database } = call
  const around = { lookup: (name: string) => lookupIn(store, database, name), let: body.let }
  if (!collection) return listReader(runPipeline(pipeline, [], around))
  const { rest, ...pushed } = splitPushdown(pipeline)
  const spec = specOf(body, pushed)
  const deadline = deadlineOf(body)
  const counted = countingStage(rest)
  if (counted) return listReader(counted(await countMatches(store, collection, spec, deadline)))
  if (rest.length === 0) return queryReader(store, collection, spec, raw => raw, deadline)
  const query = store.query(collection, spec)
  if ('$group' in rest[0]!) {
    const groups = await groupMatches(query, rest[0].$group, evaluateVariables(body.let), deadline)
    return listReader(runPipeline(rest.slice(1), groups, around))
  }
  return listReader(runPipeline(rest, await allMatches(query, deadline), around))
}

/** Groups what a query finds as it goes: only the groups are kept, and others get their turns meanwhile. */
async function groupMatches(query: Query, operand: unknown, variables: Variables, deadline: number) {
  const grouping = compileGrouping(operand, variables)()
  await readMatches(
    query,
    ({ raw }) => {
      grouping.add(raw)
      return true
    },
    deadline,
  )
  return grouping.result()
}

/** What `$collStats` tells, through the stages behind it. */
async function statsReader(call: Call, operand: Document, rest: Document[]): Promise<Reader> {
  const { store, body, database } = call
  const row = encode(await collStatsRow(call, operand))
  return listReader(
    runPipeline(rest, [row], { lookup: name => lookupIn(store, database, name), let: body.let }),
  )
}

function specOf(body: Document, pushed: Partial<QuerySpec>): QuerySpec {
  return { ...pushed, filter: pushed.filter ?? {}, let: body.let, hint: hintOf(body.hint) }
}

/** Gives the other collections of the database to `$lookup` and its like. */
function lookupIn(store: Store, database: string, name: string) {
  const collection = store.catalog.find(database, name)
  return {
    find(filter: Document): Uint8Array[] {
      const documents: Uint8Array[] = []
      if (collection) store.query(collection, { filter }).run(({ raw }) => documents.push(raw) > 0)
      return documents
    },
  }
}

function explainAggregate(call: Call, collection: Collection | undefined, pipeline: Document[]): Document {
  const { rest, ...pushed } = splitPushdown(pipeline)
  const spec = specOf(call.body, pushed)
  return { ...explainPlan(call, collection, spec), stages: rest }
}
