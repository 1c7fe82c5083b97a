import type { Document } from 'bson'
import { encode } from '../bson/codec.ts'
import { mongoError } from '../errors.ts'
import { compileFilter } from '../query/filter.ts'
import type { Collection } from '../store/catalog.ts'
import { type Command, collectionName, findCollection, isTrue } from './command.ts'
import { firstBatch } from './cursor-reply.ts'
import { ID_INDEX_SPEC } from './indexes.ts'
import { listReader } from './reader.ts'

const create: Command = {
  names: ['create'],
  /** Settings of a storage engine that is not this one. */
  ignores: ['storageEngine', 'indexOptionDefaults', 'autoIndexId', 'flags'],
  refuses: [
    'capped',
    'size',
    'max',
    'timeseries',
    'expireAfterSeconds',
    'clusteredIndex',
    'validator',
    'validationLevel',
    'validationAction',
    'viewOn',
    'pipeline',
    'collation',
    'changeStreamPreAndPostImages',
    'encryptedFields',
    'idIndex',
  ],
  run: call =>
    call.store.commits.submit(() => {
      if (findCollection(call))
        throw mongoError(
          'NamespaceExists',
          `Collection ${call.database}.${collectionName(call)} already exists.`,
        )
      call.store.catalog.create(call.database, collectionName(call))
      return { done: {} }
    }),
}

const drop: Command = {
  names: ['drop'],
  run: call =>
    call.store.commits.submit<Document>(() => {
      const collection = findCollection(call)
      if (!collection) return { done: {} }
      call.store.catalog.drop(collection)
      return { done: { ns: namespaceOf(collection), nIndexesWas: collection.indexes.length + 1 } }
    }),
}

const dropDatabase: Command = {
  names: ['dropDatabase'],
  run: ({ store, database }) =>
    store.commits.submit(() => {
      for (const collection of store.catalog.collections(database)) store.catalog.drop(collection)
      return { done: { dropped: database } }
    }),
}

const renameCollection: Command = {
  names: ['renameCollection'],
  adminOnly: true,
  takes: ['to', 'dropTarget'],
  requires: ['to'],
  run: ({ name, body, store }) =>
    store.commits.submit(() => {
      const from = splitNamespace(body[name])
      const to = splitNamespace(body.to)
      if (from.database !== to.database)
        throw mongoError(
          'NotImplemented',
          'renaming into another database is not supported by the embedded store',
        )
      const collection = store.catalog.find(from.database, from.name)
      const target = store.catalog.find(to.database, to.name)
      if (!collection) throw mongoError('NamespaceNotFound', `Source collection ${body[name]} does not exist`)
      if (target && !isTrue(body.dropTarget)) throw mongoError('NamespaceExists', 'target namespace exists')
      if (target) store.catalog.drop(target)
      store.catalog.rename(collection, to.name)
      return { done: {} }
    }),
}

const listCollections: Command = {
  names: ['listCollections'],
  takes: ['filter', 'cursor', 'nameOnly'],
  ignores: ['authorizedCollections'],
  refuses: ['rawData'],
  run(call) {
    const { database, store, body } = call
    const filter = compileFilter(body.filter ?? {})
    const rows = store.catalog
      .collections(database)
      .map(collection => encode(descriptionOf(collection, isTrue(body.nameOnly))))
      .filter(row => filter.matches(row))
    const namespace = `${database}.$cmd.listCollections`
    return firstBatch(call, namespace, listReader(rows), { batchSize: body.cursor?.batchSize })
  },
}

const listDatabases: Command = {
  names: ['listDatabases'],
  adminOnly: true,
  takes: ['filter', 'nameOnly'],
  ignores: ['authorizedDatabases'],
  run({ store, body }) {
    const filter = compileFilter(body.filter ?? {})
    const rows = store.catalog
      .databases()
      .map(name => (isTrue(body.nameOnly) ? { name } : { name, sizeOnDisk: 0, empty: false }))
      .filter(row => filter.matches(encode(row)))
    return { databases: rows, ...(!isTrue(body.nameOnly) && { totalSize: 0 }) }
  },
}

export const collections: readonly Command[] = [
  create,
  drop,
  dropDatabase,
  renameCollection,
  listCollections,
  listDatabases,
]

function descriptionOf({ name, uuid }: Collection, nameOnly: boolean): Document {
  if (nameOnly) return { name, type: 'collection' }
  return { name, type: 'collection', options: {}, info: { readOnly: false, uuid }, idIndex: ID_INDEX_SPEC }
}

function namespaceOf({ database, name }: Collection): string {
  return `${database}.${name}`
}

function splitNamespace(namespace: unknown): { database: string; name: string } {
  const dot = typeof namespace === 'string' ? namespace.indexOf('.') : -1
  if (typeof namespace !== 'string' || dot < 1)
    throw mongoError('InvalidNamespace', `Invalid namespace: ${namespace}`)
  return { database: namespace.slice(0, dot), name: namespace.slice(dot + 1) }
}
