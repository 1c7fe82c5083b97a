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
import { upsert } from './update.ts'
import { collectionFor, findTargets } from './write-target.ts'

export const findAndModify: Command = {
  names: ['findAndModify', 'findandmodify'],
  takes: ['query', 'sort', 'remove', 'update', 'new', 'fields', 'upsert', 'arrayFilters', 'hint', 'let'],
  /** There are no validators to bypass. */
  ignores: ['bypassDocumentValidation', 'bypassEmptyTsReplacement'],
  refuses: ['collation', 'rawData'],
  async run(call) {
    refuseContradictions(call.body)
    const { value, lastErrorObject } = await call.store.commits.submit(modifyStep(call, projection(call)))
    return rawDocument([
      rawField('lastErrorObject', TYPE.object, encode(lastErrorObject)),
      rawField('value', value ? TYPE.object : TYPE.null, value ?? Buffer.alloc(0)),
      rawDouble('ok', 1),
    ])
  },
}

interface Modified {
  /** As the client wants to see it. */
  value?: Uint8Array
  lastErrorObject: Document
}

type Project = (raw: Uint8Array) => Uint8Array

/** What to show is worked out before anything is written, so that an error there leaves no trace. */
function modifyStep(call: Call, project: Project): Step<Modified> {
  const { store, database, body } = call
  const spec = { filter: body.query ?? {}, let: body.let, sort: body.sort, hint: hintOf(body.hint) }
  const wantsNew = isTrue(body.new)
  return () => {
    const collection = findCollection(call)
    const { filter, now } = findTargets(store, collection, spec, { isMany: false, budget: 1 })
    const [found] = now
    if (isTrue(body.remove)) {
      const value = found && project(found.raw)
      if (found) store.documents.remove(collection!, found)
      return { done: { value, lastErrorObject: { n: now.length } } }
    }
    const changes = compileUpdate(body.update, { arrayFilters: body.arrayFilters, let: body.let })
    if (found) {
      const after = changes.apply(found.raw, { position: filter.positionOf(found.raw), now: new Date() })
      const value = project(wantsNew ? after : found.raw)
      if (after !== found.raw) store.documents.replace(collection!, found, after)
      return { done: { value, lastErrorObject: { n: 1, updatedExisting: true } } }
    }
    if (!isTrue(body.upsert)) return { done: { lastErrorObject: { n: 0, updatedExisting: false } } }
    const { raw } = upsert(store, collectionFor(store, database, collectionName(call)), spec.filter, changes)
    const upserted = decodeValue(fieldOf(raw, '_id')!)
    const lastErrorObject = { n: 1, updatedExisting: false, upserted }
    return { done: { value: wantsNew ? project(raw) : undefined, lastErrorObject } }
  }
}

function projection({ body }: Call): Project {
  const fields: Document = body.fields ?? {}
  if (isTrue(body.new) && Object.keys(fields).some(path => path.endsWith('.$')))
    throw mongoError('BadValue', 'cannot use a positional projection and return the new document')
  const { positionOf } = compileFilter(body.query ?? {}, { let: body.let })
  return compileProjection(fields, { positionOf, let: body.let })
}

function refuseContradictions(body: Document): void {
  const { remove, update, upsert: upserts, new: wantsNew, arrayFilters } = body
  if (!isTrue(remove) && !update)
    throw mongoError('FailedToParse', 'Either an update or remove=true must be specified')
  if (isTrue(remove) && update)
    throw mongoError('FailedToParse', 'Cannot specify both an update and remove=true')
  if (isTrue(remove) && arrayFilters)
    throw mongoError('FailedToParse', 'Cannot specify arrayFilters and remove=true')
  if (isTrue(remove) && isTrue(upserts))
    throw mongoError('FailedToParse', 'Cannot specify both upsert=true and remove=true')
  if (isTrue(remove) && isTrue(wantsNew))
    throw mongoError(
      'FailedToParse',
      "Cannot specify both new=true and remove=true; 'remove' always returns the deleted document",
    )
}
