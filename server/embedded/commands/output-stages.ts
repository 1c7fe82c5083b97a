import type { Document } from 'bson'
import { decode } from '../bson/codec.ts'
import { rawField } from '../bson/raw.ts'
import { decodeValue } from '../bson/raw-value.ts'
import { locationError, MongoError } from '../errors.ts'
import type { Collection } from '../store/catalog.ts'
import type { Step } from '../store/commit-queue.ts'
import { PASSING_PREFIX, type Store } from '../store/store.ts'
import { compileUpdate } from '../update/update.ts'
import { collectionFor, firstMatch } from './write-target.ts'

/** Documents written in one transaction before others get their turn. */
const DOCUMENTS_PER_STEP = 2000

/** The last stage of a pipeline that writes. */
export type Output =
  | { kind: 'out'; database?: string; collection: string }
  | {
      kind: 'merge'
      database?: string
      collection: string
      on: string[]
      whenMatched: string | Document[]
      whenNotMatched: string
      let?: Document
    }

/** Splits `$out` or `$merge` off; they may only come last. */
export function splitOutput(pipeline: Document[]): { pipeline: Document[]; output?: Output } {
  const at = pipeline.findIndex(stage => '$out' in stage || '$merge' in stage)
  if (at === -1) return { pipeline }
  const stage = pipeline[at]!
  if (at < pipeline.length - 1)
    throw locationError(40601, `${Object.keys(stage)[0]} can only be the final stage in the pipeline`)
  return {
    pipeline: pipeline.slice(0, at),
    output: '$out' in stage ? outOf(stage.$out) : mergeOf(stage.$merge),
  }
}

function outOf(spec: string | Document): Output {
  if (typeof spec === 'string') return { kind: 'out', collection: spec }
  if (typeof spec?.coll !== 'string')
    throw locationError(16990, "$out takes a collection's name, or { db, coll }")
  refuseUnknown('$out', spec, ['db', 'coll'])
  return { kind: 'out', database: spec.db, collection: spec.coll }
}

function mergeOf(given: string | Document): Output {
  const spec: Document = typeof given === 'string' ? { into: given } : given
  refuseUnknown('$merge', spec ?? {}, ['into', 'on', 'whenMatched', 'whenNotMatched', 'let'])
  const into = typeof spec?.into === 'string' ? { coll: spec.into } : spec?.into
  if (typeof into?.coll !== 'string') throw locationError(51178, "$merge 'into' field must name a collection")
  refuseUnknown('$merge.into', into, ['db', 'coll'])
  const { whenMatched = 'merge', whenNotMatched = 'insert', on = '_id' } = spec
  if (!Array.isArray(whenMatched) && !['merge', 'replace', 'keepExisting', 'fail'].includes(whenMatched))
    throw locationError(51191, `$merge 'whenMatched' does not know '${whenMatched}'`)
  if (!['insert', 'discard', 'fail'].includes(whenNotMatched))
    throw locationError(51190, `$merge 'whenNotMatched' does not know '${whenNotMatched}'`)
  return {
    kind: 'merge',
    database: into.db,
    collection: into.coll,
    on: [on].flat(),
    whenMatched,
    whenNotMatched,
    let: spec.let,
  }
}

function refuseUnknown(name: string, spec: Document, known: readonly string[]): void {
  const other = Object.keys(spec).find(field => !known.includes(field))
  if (other) throw locationError(40415, `BSON field '${name}.${other}' is an unknown field.`)
}

/** Writes a pipeline's result. Throws MongoError for the first document that cannot be written. */
export async function writeOutput(
  store: Store,
  database: string,
  output: Output,
  documents: Uint8Array[],
): Promise<void> {
  const target = output.database ?? database
  if (output.kind === 'out') await replaceCollection(store, target, output.collection, documents)
  else await store.commits.submit(mergeSteps(store, target, output, documents, 0))
}

/** Fills a collection under a passing name, then gives it the name and the indexes of the one it replaces. */
async function replaceCollection(store: Store, database: string, name: string, documents: Uint8Array[]) {
  const passing = `${PASSING_PREFIX}${name}`
  await store.commits.submit(() => {
    const left = store.catalog.find(database, passing)
    if (left) store.catalog.drop(left)
    const fresh = store.catalog.create(database, passing)
    for (const { spec } of store.catalog.find(database, name)?.indexes ?? [])
      store.catalog.addIndex(fresh, spec, true)
    return { done: undefined }
  })
  try {
    await store.commits.submit(fillSteps(store, database, passing, documents, 0))
  } catch (error) {
    await store.commits.submit(() => {
      const left = store.catalog.find(database, passing)
      if (left) store.catalog.drop(left)
      return { done: undefined }
    })
    throw error
  }
  await store.commits.submit(() => {
    const old = store.catalog.find(database, name)
    if (old) store.catalog.drop(old)
    store.catalog.rename(store.catalog.find(database, passing)!, name)
    return { done: undefined }
  })
}

function fillSteps(
  store: Store,
  database: string,
  name: string,
  documents: Uint8Array[],
  from: number,
): Step<void> {
  return () => {
    const collection = collectionFor(store, database, name)
    const end = from + DOCUMENTS_PER_STEP
    for (const raw of documents.slice(from, end)) store.documents.insert(collection, raw)
    return end < documents.length
      ? { next: fillSteps(store, database, name, documents, end) }
      : { done: undefined }
  }
}

type Merge = Extract<Output, { kind: 'merge' }>

function mergeSteps(
  store: Store,
  database: string,
  merge: Merge,
  documents: Uint8Array[],
  from: number,
): Step<void> {
  return () => {
    const collection = collectionFor(store, database, merge.collection)
    refuseAmbiguousKey(collection, merge.on)
    const end = from + DOCUMENTS_PER_STEP
    for (const raw of documents.slice(from, end)) mergeOne(store, collection, merge, raw)
    return end < documents.length
      ? { next: mergeSteps(store, database, merge, documents, end) }
      : { done: undefined }
  }
}

function refuseAmbiguousKey(collection: Collection, on: string[]): void {
  const isUnique = (fields: string[]) =>
    fields.length === on.length && fields.every(field => on.includes(field))
  const known =
    isUnique(['_id']) ||
    collection.indexes.some(
      index => index.unique && !index.partial && isUnique(index.fields.map(field => field.path)),
    )
  if (!known) throw locationError(51183, 'Cannot find index to verify that join fields will be unique')
}

function mergeOne(store: Store, collection: Collection, merge: Merge, raw: Uint8Array): void {
  const { on, whenMatched, whenNotMatched } = merge
  const filter = Object.fromEntries(on.map(path => [path, { $eq: keyAt(raw, path) }]))
  const found = firstMatch(store, collection, { filter })
  if (!found) {
    if (whenNotMatched === 'fail')
      throw new MongoError(13113, 'MergeStageNoMatchingDocument', '$merge could not find a matching document')
    if (whenNotMatched === 'insert') store.documents.insert(collection, raw)
    return
  }
  if (whenMatched === 'keepExisting') return
  if (whenMatched === 'fail') {
    store.documents.insert(collection, raw)
    return
  }
  const after = matchedUpdate(merge, raw).apply(found.raw, { now: new Date() })
  if (after !== found.raw) store.documents.replace(collection, found, after)
}

function matchedUpdate({ whenMatched, let: variables }: Merge, raw: Uint8Array) {
  const fresh = decode(raw)
  if (Array.isArray(whenMatched)) return compileUpdate(whenMatched, { let: { ...variables, new: fresh } })
  return whenMatched === 'replace' ? compileUpdate(fresh) : compileUpdate({ $set: fresh })
}

/** The value documents are told apart by. */
function keyAt(raw: Uint8Array, path: string): unknown {
  const value = valueAt(raw, path)
  if (value === undefined || value === null || Array.isArray(value))
    throw locationError(
      51132,
      `$merge write error: 'on' field '${path}' cannot be missing, null, undefined or an array`,
    )
  return value
}

function valueAt(raw: Uint8Array, path: string): unknown {
  const [first, ...rest] = path.split('.')
  const field = rawField(raw, first!)
  return field && rest.reduce<unknown>((inner, name) => Object(inner)[name], decodeValue(field))
}
