import type { Document } from 'bson'
import { encode } from '../bson/codec.ts'
import { mongoError } from '../errors.ts'
import { compileFilter } from '../query/filter.ts'
import type { Collection } from '../store/catalog.ts'
import { buildIndex } from '../store/index-build.ts'
import { fieldsOf, type Index, type IndexSpec } from '../store/index-spec.ts'
import {
  type Call,
  type Command,
  checkOptions,
  collectionName,
  findCollection,
  isTrue,
  type Vocabulary,
} from './command.ts'
import { firstBatch } from './cursor-reply.ts'
import { listReader } from './reader.ts'

export const ID_INDEX_SPEC = { v: 2, key: { _id: 1 }, name: '_id_' }

const createIndexes: Command = {
  names: ['createIndexes'],
  takes: ['indexes'],
  ignores: ['commitQuorum'],
  refuses: ['rawData'],
  run(call) {
    const { indexes: given } = call.body
    if (!Array.isArray(given) || given.length === 0)
      throw mongoError('BadValue', 'Must specify at least one index to create')
    const specs = given.map(normalSpec)
    return call.store.indexBuilds(() => createMissing(call, specs))
  },
}

async function createMissing(call: Call, specs: IndexSpec[]): Promise<Document> {
  const { store, database } = call
  const before = findCollection(call)
  const numIndexesBefore = (before?.indexes.length ?? 0) + 1
  for (const spec of specs) {
    if (isIdIndex(spec) || exists(findCollection(call), spec)) continue
    await buildIndex(store, database, collectionName(call), spec)
  }
  const numIndexesAfter = (findCollection(call)?.indexes.length ?? 0) + 1
  return {
    numIndexesBefore,
    numIndexesAfter,
    createdCollectionAutomatically: !before,
    ...(numIndexesAfter === numIndexesBefore && { note: 'all indexes already exist' }),
  }
}

const SPEC: Vocabulary = {
  takes: ['key', 'name', 'unique', 'sparse', 'partialFilterExpression', 'expireAfterSeconds'],
  /** Every build leaves readers and writers their turns, and there is one version of the format. */
  ignores: ['background', 'v', 'ns'],
  refuses: [
    'collation',
    'hidden',
    'storageEngine',
    'weights',
    'default_language',
    'language_override',
    'textIndexVersion',
    '2dsphereIndexVersion',
    'bits',
    'min',
    'max',
    'bucketSize',
    'wildcardProjection',
    'prepareUnique',
    'dropDups',
  ],
}

function normalSpec(given: Document): IndexSpec {
  checkOptions(SPEC, 'indexes', given)
  const { key, name, unique, sparse, partialFilterExpression, expireAfterSeconds } = given
  if (typeof key !== 'object' || key === null || Object.keys(key).length === 0)
    throw mongoError('CannotCreateIndex', 'Index keys cannot be an empty object')
  const fields = fieldsOf(key)
  if (typeof name !== 'string' || name === '')
    throw mongoError('FailedToParse', "The 'name' field is a required property of an index specification")
  if (partialFilterExpression && isTrue(sparse))
    throw mongoError('CannotCreateIndex', "cannot mix 'partialFilterExpression' and 'sparse' options")
  if (partialFilterExpression) compileFilter(partialFilterExpression)
  if (expireAfterSeconds !== undefined) refuseBadTtl(fields.length, Number(expireAfterSeconds))
  return {
    v: 2,
    key,
    name,
    ...(isTrue(unique) && { unique: true }),
    ...(isTrue(sparse) && { sparse: true }),
    ...(partialFilterExpression && { partialFilterExpression }),
    ...(expireAfterSeconds !== undefined && { expireAfterSeconds }),
  }
}

function refuseBadTtl(fields: number, seconds: number): void {
  if (fields !== 1)
    throw mongoError(
      'CannotCreateIndex',
      'TTL indexes are single-field indexes, compound indexes do not support TTL',
    )
  if (!(seconds >= 0 && seconds <= 2_147_483_647))
    throw mongoError('CannotCreateIndex', 'TTL index expireAfterSeconds must be within 0 and 2147483647')
}

function isIdIndex({ key, name }: IndexSpec): boolean {
  if (Object.keys(key).join() !== '_id') return false
  if (name !== '_id_' && name !== '_id_1') throw mongoError('BadValue', "The index on _id is named '_id_'")
  return true
}

/** Whether the very same index is there already. Throws MongoError where another stands in its way. */
function exists(collection: Collection | undefined, spec: IndexSpec): boolean {
  for (const { spec: other } of collection?.indexes ?? []) {
    if (signatureOf(other).equals(signatureOf(spec))) {
      if (other.name !== spec.name)
        throw mongoError('IndexOptionsConflict', `Index already exists with a different name: ${other.name}`)
      if (Number(other.expireAfterSeconds ?? -1) === Number(spec.expireAfterSeconds ?? -1)) return true
      throw mongoError(
        'IndexOptionsConflict',
        `An equivalent index already exists with the same name but different options: ${spec.name}`,
      )
    }
    if (other.name === spec.name)
      throw mongoError(
        'IndexKeySpecsConflict',
        `An existing index has the same name as the requested index: ${spec.name}`,
      )
  }
  return false
}

/** What tells indexes apart: two with the same of these would hold the same entries. */
function signatureOf({ key, unique, sparse, partialFilterExpression }: IndexSpec): Buffer {
  return encode({ key: plainKey(key), unique, sparse, partialFilterExpression })
}

function plainKey(key: Document): Document {
  return Object.fromEntries(Object.entries(key).map(([path, direction]) => [path, Number(direction)]))
}

const dropIndexes: Command = {
  names: ['dropIndexes', 'deleteIndexes'],
  takes: ['index'],
  refuses: ['rawData'],
  run: call =>
    call.store.commits.submit(() => {
      const collection = requiredCollection(call)
      const nIndexesWas = collection.indexes.length + 1
      for (const index of indexesToDrop(collection, call.body.index))
        call.store.catalog.dropIndex(collection, index)
      return { done: { nIndexesWas } }
    }),
}

function indexesToDrop(collection: Collection, wanted: unknown): Index[] {
  if (wanted === '*') return collection.indexes
  if (Array.isArray(wanted)) return wanted.flatMap(name => indexesToDrop(collection, name))
  if (wanted === '_id_') throw mongoError('InvalidOptions', 'cannot drop _id index')
  const found = collection.indexes.filter(index =>
    typeof wanted === 'string'
      ? index.name === wanted
      : encode(plainKey(index.spec.key)).equals(encode(plainKey(Object(wanted)))),
  )
  if (found.length === 0) throw mongoError('IndexNotFound', `index not found with name [${wanted}]`)
  return found
}

const listIndexes: Command = {
  names: ['listIndexes'],
  takes: ['cursor'],
  refuses: ['rawData'],
  run(call) {
    const collection = requiredCollection(call)
    const rows = [ID_INDEX_SPEC, ...collection.indexes.map(index => index.spec)].map(encode)
    const namespace = `${call.database}.${collection.name}`
    return firstBatch(call, namespace, listReader(rows), { batchSize: call.body.cursor?.batchSize })
  },
}

const collMod: Command = {
  names: ['collMod'],
  takes: ['index'],
  refuses: [
    'validator',
    'validationLevel',
    'validationAction',
    'viewOn',
    'pipeline',
    'changeStreamPreAndPostImages',
  ],
  run: call =>
    call.store.commits.submit<Document>(() => {
      const collection = requiredCollection(call)
      const { index: change } = call.body
      if (!change) return { done: {} }
      const { name, keyPattern, expireAfterSeconds } = change
      const [index] = indexesToDrop(collection, name ?? keyPattern)
      if (!index || expireAfterSeconds === undefined)
        throw mongoError('InvalidOptions', 'collMod changes the expireAfterSeconds of an index, nothing else')
      refuseBadTtl(index.fields.length, Number(expireAfterSeconds))
      const before = index.spec.expireAfterSeconds
      index.spec.expireAfterSeconds = expireAfterSeconds
      call.store.catalog.save(collection)
      return { done: { expireAfterSeconds_old: before, expireAfterSeconds_new: expireAfterSeconds } }
    }),
}

export const indexes: readonly Command[] = [createIndexes, dropIndexes, listIndexes, collMod]

function requiredCollection(call: Call): Collection {
  const collection = findCollection(call)
  if (!collection)
    throw mongoError('NamespaceNotFound', `ns does not exist: ${call.database}.${collectionName(call)}`)
  return collection
}
