import { integerOf, isDocument } from '../bson/document.ts'
import { mongoError } from '../errors.ts'
import { compileFilter } from '../query/filter.ts'
import { compileProjection } from '../query/projection.ts'
import type { QuerySpec } from '../store/query.ts'
import { type Call, type Command, collectionName, countOf, findCollection, isTrue } from './command.ts'
import { cursorReply, firstBatch } from './cursor-reply.ts'
import { deadlineOf, listReader, queryReader } from './reader.ts'

const find: Command = {
  names: ['find'],
  takes: [
    'filter',
    'projection',
    'sort',
    'skip',
    'limit',
    'batchSize',
    'singleBatch',
    'hint',
    'let',
    'noCursorTimeout',
  ],
  /** Sorting never spills to disk; there are no shards to give partial results; the oplog does not exist. */
  ignores: ['allowDiskUse', 'allowPartialResults', 'oplogReplay'],
  refuses: ['collation', 'tailable', 'awaitData', 'returnKey', 'showRecordId', 'min', 'max', 'rawData'],
  run(call) {
    const { body } = call
    const namespace = `${call.database}.${collectionName(call)}`
    const spec = querySpec(call)
    const project = projection(call)
    const collection = findCollection(call)
    const reader = collection
      ? queryReader(call.store, collection, spec, project, deadlineOf(body))
      : listReader([])
    if (!collection) compileFilter(spec.filter, { let: spec.let })
    return firstBatch(call, namespace, reader, {
      batchSize: body.batchSize,
      singleBatch: isTrue(body.singleBatch),
    })
  },
}

const getMore: Command = {
  names: ['getMore'],
  takes: ['collection', 'batchSize'],
  requires: ['collection'],
  async run({ name, body, database, cursors }) {
    const id = integerOf(body[name])
    if (id === undefined) throw mongoError('TypeMismatch', 'the id of a cursor must be a whole number')
    if (body.maxTimeMS !== undefined)
      throw mongoError('BadValue', 'cannot set maxTimeMS on getMore command for a non-awaitData cursor')
    const namespace = `${database}.${body.collection}`
    const batchSize = countOf(body.batchSize, 'batchSize', 0) || Number.POSITIVE_INFINITY
    const batch = await cursors.next(id, namespace, batchSize)
    return cursorReply('nextBatch', namespace, batch.isLast ? 0n : id, batch)
  },
}

const killCursors: Command = {
  names: ['killCursors'],
  takes: ['cursors'],
  requires: ['cursors'],
  run({ body, cursors }) {
    const ids: unknown[] = body.cursors
    if (ids.length === 0 || ids.some(id => integerOf(id) === undefined))
      throw mongoError('TypeMismatch', "'cursors' must be a list of cursors' ids, at least one")
    const killed = ids.filter(id => cursors.kill(integerOf(id)!))
    return {
      cursorsKilled: killed,
      cursorsNotFound: ids.filter(id => !killed.includes(id)),
      cursorsAlive: [],
      cursorsUnknown: [],
    }
  },
}

export const finding: readonly Command[] = [find, getMore, killCursors]

/** The options of `find` that say which documents, in which order. */
export function querySpec({ body }: Call): QuerySpec {
  return {
    filter: body.filter ?? {},
    let: body.let,
    sort: body.sort,
    skip: countOf(body.skip, 'skip', 0),
    limit: countOf(body.limit, 'limit', 0),
    hint: hintOf(body.hint),
  }
}

/** Drivers send an empty document where no hint was given. */
export function hintOf(hint: unknown): QuerySpec['hint'] {
  if (hint === undefined || hint === null) return undefined
  if (typeof hint === 'string') return hint
  if (!isDocument(hint)) throw mongoError('FailedToParse', 'hint must be a string or an object')
  return Object.keys(hint).length === 0 ? undefined : hint
}

function projection({ body }: Call): (raw: Uint8Array) => Uint8Array {
  const spec = body.projection ?? {}
  if (Object.keys(spec).length === 0) return raw => raw
  const { positionOf } = compileFilter(body.filter ?? {}, { let: body.let })
  return compileProjection(spec, { positionOf, let: body.let })
}
