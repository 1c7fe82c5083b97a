import type { Document } from 'bson'
import { encode } from '../bson/codec.ts'
import { rawField as fieldOf } from '../bson/raw.ts'
import { decodeValue } from '../bson/raw-value.ts'
import { TYPE } from '../bson/types.ts'
import { mongoError } from '../errors.ts'
import { compileFilter } from '../query/filter.ts'
import { compileProjection } from '../query/projection.ts'
import type { Step } from '../store/commit-queue.ts'
import { compileUpdate } from '../update/update.ts'
import { rawDocument, rawDouble, rawField } from '../wire/raw-bson.ts'
import { type Call, type Command, collectionName, findCollection, isTrue } from './command.ts'
import { hintOf } from './find.ts'
import { modify, upsert } from './update.ts'
import { collectionFor, findTargets } from './write-target.ts'

export const findAndModify: Command = {
  names: ['findAndModify', 'findandmodify'],
  takes: ['query', 'sort', 'remove', 'update', 'new', 'fields', 'upsert', 'arrayFilters', 'hint', 'let'],
  /** There are no validators to bypass. */
  ignores: ['bypassDocumentValidation', 'bypassEmptyTsReplacement'],
  refuses: ['collation', 'rawData'],
  async run(call) {
    refuseContradictions(call.body)
    const { value, lastErrorObject } = await call.store.commits.submit(modifyStep(call))
    const shown = value && projection(call)(value)
    return rawDocument([
      rawField('lastErrorObject', TYPE.object, encode(lastErrorObject)),
      rawField('value', shown ? TYPE.object : TYPE.null, shown ?? Buffer.alloc(0)),
      rawDouble('ok', 1),
    ])
  },
}

interface Modified {
  value?: Uint8Array
  lastErrorObject: Document
}

function modifyStep(call: Call): Step<Modified> {
  const { store, database, body } = call
  const spec = { filter: body.query ?? {}, let: body.let, sort: body.sort, hint: hintOf(body.hint) }
  const wantsNew = isTrue(body.new)
  return () => {
    const collection = findCollection(call)
    const { filter, now } = findTargets(store, collection, spec, { isMany: false, budget: 1 })
    const [found] = now
    if (isTrue(body.remove)) {
      if (found) store.documents.remove(collection!, found)
      return { done: { value: found?.raw, lastErrorObject: { n: now.length } } }
    }
    const changes = compileUpdate(body.update, { arrayFilters: body.arrayFilters, let: body.let })
    if (found) {
      const after = modify(store, collection!, found, changes, filter.positionOf(found.raw))
      return {
        done: { value: wantsNew ? after : found.raw, lastErrorObject: { n: 1, updatedExisting: true } },
      }
    }
    if (!isTrue(body.upsert)) return { done: { lastErrorObject: { n: 0, updatedExisting: false } } }
    const { raw } = upsert(store, collectionFor(store, database, collectionName(call)), spec.filter, changes)
    const upserted = decodeValue(fieldOf(raw, '_id')!)
    const lastErrorObject = { n: 1, updatedExisting: false, upserted }
    return { done: { value: wantsNew ? raw : undefined, lastErrorObject } }
  }
}

function projection({ body }: Call): (raw: Uint8Array) => Uint8Array {
  const { positionOf } = compileFilter(body.query ?? {}, { let: body.let })
  return compileProjection(body.fields ?? {}, { positionOf })
}

function refuseContradictions({ remove, update, upsert: upserts, new: wantsNew }: Document): void {
  if (isTrue(remove) === (update !== undefined))
    throw mongoError('FailedToParse', 'Either an update or remove=true must be specified')
  if (isTrue(remove) && isTrue(upserts))
    throw mongoError('FailedToParse', 'Cannot specify both upsert=true and remove=true')
  if (isTrue(remove) && isTrue(wantsNew))
    throw mongoError(
      'FailedToParse',
      "Cannot specify both new=true and remove=true; 'remove' always returns the deleted document",
    )
}
