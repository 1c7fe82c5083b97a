import { hostname } from 'node:os'
import type { Document } from 'bson'
import { isDocument } from '../bson/document.ts'
import { locationError, mongoError } from '../errors.ts'
import type { Collection } from '../store/catalog.ts'
import { eachEntry } from '../store/each-entry.ts'
import type { Store } from '../store/store.ts'
import { type Call, type Command, collectionName, findCollection } from './command.ts'

/** What the entries of a table take: bytes of the values, and of keys and values together. */
interface TableSize {
  entries: number
  values: number
  all: number
}

/** A collection's share of the data file. All of them lie in one file, so there is no file of its own to measure. */
interface CollectionSize {
  documents: TableSize
  /** By the name of the index. The one on `_id` is the order the documents lie in and takes no room. */
  indexes: Map<string, Omit<TableSize, 'values'>>
}

/** `collStats` as MongoDB 7 answers it; `storageSize` is what documents and their keys take, without free room. */
const collStats: Command = {
  names: ['collStats', 'collstats'],
  takes: ['scale'],
  async run(call) {
    const scale = scaleOf(call.body.scale)
    return { ns: namespaceOf(call), ...(await storageStats(call.store, findCollection(call), scale)) }
  },
}

/** `dbStats` as MongoDB 7 answers it, without what it says of the whole file system. */
const dbStats: Command = {
  names: ['dbStats', 'dbstats'],
  takes: ['scale'],
  refuses: ['freeStorage'],
  async run({ store, database, body }) {
    const scale = scaleOf(body.scale)
    const collections = store.catalog.collections(database)
    const sum = { objects: 0, dataSize: 0, storageSize: 0, indexes: 0, indexSize: 0 }
    for (const collection of collections) {
      const { documents, indexes } = await sizeOf(store, collection)
      sum.objects += documents.entries
      sum.dataSize += documents.values
      sum.storageSize += documents.all
      sum.indexes += indexes.size
      sum.indexSize += total(indexes)
    }
    return {
      db: database,
      collections: collections.length,
      views: 0,
      objects: sum.objects,
      avgObjSize: sum.objects === 0 ? 0 : sum.dataSize / sum.objects,
      dataSize: sum.dataSize / scale,
      storageSize: sum.storageSize / scale,
      indexes: sum.indexes,
      indexSize: sum.indexSize / scale,
      totalSize: (sum.storageSize + sum.indexSize) / scale,
      scaleFactor: scale,
    }
  },
}

export const stats: readonly Command[] = [collStats, dbStats]

/** The operand of a `$collStats` that begins the pipeline; throws where it stands elsewhere, which MongoDB refuses. */
export function collStatsOf(pipeline: readonly Document[]): Document | undefined {
  if (pipeline.slice(1).some(stage => '$collStats' in stage))
    throw locationError(40602, '$collStats is only valid as the first stage in a pipeline')
  const operand = pipeline[0]?.$collStats
  if (operand === undefined) return undefined
  if (!isDocument(operand))
    throw locationError(5447000, '$collStats must take a nested object but found a value of another type')
  return operand
}

/** The one document that `$collStats` puts into the pipeline. */
export async function collStatsRow(call: Call, operand: Document): Promise<Document> {
  const unknown = Object.keys(operand).find(name => !['storageStats', 'count'].includes(name))
  if (unknown)
    throw mongoError('NotImplemented', `$collStats: '${unknown}' is not supported by the embedded store`)
  const collection = findCollection(call)
  if (!collection && operand.count)
    throw mongoError(
      'NamespaceNotFound',
      `Unable to retrieve count in $collStats stage :: caused by :: Collection [${namespaceOf(call)}] not found.`,
    )
  return {
    ns: namespaceOf(call),
    host: hostname(),
    localTime: new Date(),
    ...(operand.storageStats && {
      storageStats: await storageStats(call.store, collection, scaleOf(operand.storageStats.scale)),
    }),
    ...(operand.count && { count: collection!.count }),
  }
}

async function storageStats(
  store: Store,
  collection: Collection | undefined,
  scale: number,
): Promise<Document> {
  const { documents, indexes } = collection ? await sizeOf(store, collection) : NO_COLLECTION
  const indexBytes = total(indexes)
  return {
    size: documents.values / scale,
    count: documents.entries,
    ...(documents.entries > 0 && { avgObjSize: Math.round(documents.values / documents.entries) }),
    numOrphanDocs: 0,
    storageSize: documents.all / scale,
    freeStorageSize: 0,
    capped: false,
    nindexes: indexes.size,
    indexBuilds: collection?.indexes.filter(index => !index.ready).map(index => index.name) ?? [],
    totalIndexSize: indexBytes / scale,
    totalSize: (documents.all + indexBytes) / scale,
    indexSizes: Object.fromEntries([...indexes].map(([name, { all }]) => [name, all / scale])),
    indexDetails: Object.fromEntries([...indexes].map(([name, { entries }]) => [name, { entries }])),
    scaleFactor: scale,
  }
}

const NO_COLLECTION: CollectionSize = { documents: { entries: 0, values: 0, all: 0 }, indexes: new Map() }

async function sizeOf({ tree }: Store, { table, indexes }: Collection): Promise<CollectionSize> {
  async function measure(number: number): Promise<TableSize> {
    const size = { entries: 0, values: 0, all: 0 }
    await eachEntry(tree, number, ({ key, value }) => {
      size.entries++
      size.values += value.length
      size.all += TABLE_NUMBER_BYTES + key.length + value.length
    })
    return size
  }

  const documents = await measure(table)
  const sizes: CollectionSize['indexes'] = new Map([['_id_', { entries: documents.entries, all: 0 }]])
  for (const index of indexes) sizes.set(index.name, await measure(index.table))
  return { documents, indexes: sizes }
}

/** The number of the table stands before every key. */
const TABLE_NUMBER_BYTES = 4

function total(indexes: CollectionSize['indexes']): number {
  let sum = 0
  for (const { all } of indexes.values()) sum += all
  return sum
}

function scaleOf(given: unknown): number {
  if (given === undefined || given === null) return 1
  const scale = Math.trunc(Number(given))
  if (Number.isNaN(scale)) throw mongoError('TypeMismatch', "'scale' must be a number")
  if (scale < 1) throw locationError(51024, `BSON field 'scale' value must be >= 1, actual value '${scale}'`)
  return scale
}

function namespaceOf(call: Call): string {
  return `${call.database}.${collectionName(call)}`
}
