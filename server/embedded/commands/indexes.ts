import type { Document } from 'bson'
import { encode } from '../bson/codec.ts'
import { mongoError } from '../errors.ts'
import type { Collection } from '../store/catalog.ts'
import { buildIndex } from '../store/index-build.ts'
import type { Index, IndexSpec } from '../store/index-spec.ts'
import { type Call, type Command, collectionName, findCollection } from './command.ts'
import { firstBatch } from './cursor-reply.ts'
import { exists, isIdIndex, normalSpec, plainKey, refuseBadTtl } from './index-request.ts'
import { listReader } from './reader.ts'

export const ID_INDEX_SPEC = { v: 2, key: { _id: 1 }, name: '_id_' }

const createIndexes: Command = {
  names: ['createIndexes'],
  takes: ['indexes'],
  requires: ['indexes'],
  ignores: ['commitQuorum'],
  refuses: ['rawData'],
  run(call) {
    const { indexes: given } = call.body
    if (given.length === 0) throw mongoError('BadValue', 'Must specify at least one index to create')
    const specs = given.map(normalSpec)
    return call.store.indexBuilds(() => createMissing(call, specs))
  },
}

async function createMissing(call: Call, specs: IndexSpec[]): Promise<Document> {
  const { store, database } = call
  const before = findCollection(call)
  const numIndexesBefore = (before?.indexes.length ?? 0) + 1
  const built: string[] = []
  try {
    for (const spec of specs) {
      if (isIdIndex(spec) || exists(findCollection(call), spec)) continue
      refuseTooMany(findCollection(call))
      await buildIndex(store, database, collectionName(call), spec)
      built.push(spec.name)
    }
  } catch (error) {
    await dropBuilt(call, built)
    throw error
  }
  const numIndexesAfter = (findCollection(call)?.indexes.length ?? 0) + 1
  return {
    numIndexesBefore,
    numIndexesAfter,
    createdCollectionAutomatically: !before,
    ...(numIndexesAfter === numIndexesBefore && { note: 'all indexes already exist' }),
  }
}

/** All indexes of a command are built, or none. */
async function dropBuilt(call: Call, names: readonly string[]): Promise<void> {
  if (names.length === 0) return
  await call.store.commits.submit(() => {
    const collection = findCollection(call)
    for (const index of collection?.indexes.filter(({ name }) => names.includes(name)) ?? [])
      call.store.catalog.dropIndex(collection!, index)
    return { done: undefined }
  })
}

/** Indexes of a collection, the one on `_id` included, as in MongoDB. */
const MAX_INDEXES = 64

function refuseTooMany(collection: Collection | undefined): void {
  if (collection && collection.indexes.length + 1 >= MAX_INDEXES)
    throw mongoError(
      'CannotCreateIndex',
      `add index fails, too many indexes for ${collection.database}.${collection.name}`,
    )
}

const dropIndexes: Command = {
  names: ['dropIndexes', 'deleteIndexes'],
  takes: ['index'],
  requires: ['index'],
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
    'timeseries',
    'expireAfterSeconds',
    'cappedSize',
    'cappedMax',
    'changeStreamPreAndPostImages',
  ],
  run: call =>
    call.store.commits.submit<Document>(() => {
      const collection = requiredCollection(call)
      const { index: change } = call.body
      if (!change) return { done: {} }
      const { name, keyPattern, expireAfterSeconds, ...others } = change
      const [other] = Object.keys(others)
      if (other)
        throw mongoError('NotImplemented', `collMod: 'index.${other}' is not supported by the embedded store`)
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
