import { randomBytes } from 'node:crypto'
import type { Document } from 'bson'
import type { Db, MongoClient } from 'mongodb'
import { PASSING_PREFIX } from '../store/store.ts'
import { documentsInFile } from './bson-file.ts'
import { type Console, inBytes, inDigits } from './console.ts'
import { type DumpedCollection, readDumpFolder } from './dump-folder.ts'
import { insertRaw } from './raw-documents.ts'
import { ToolError } from './tool-error.ts'

/** What was imported of a collection. */
interface ImportedCollection {
  namespace: string
  documents: number
  bytes: number
  indexes: number
}

interface ImportOptions {
  source: string
  /** Documents that are there give way. */
  replace: boolean
  /** Name of the database for what the dump has under another name. */
  as?: string
}

/** A collection on its way: it is filled under a name of its own, and takes its place when it is whole. */
interface Passage {
  dumped: DumpedCollection
  namespace: string
  db: Db
  /** Where the documents go. */
  into: string
  /** It is the collection itself, which was there and empty: a sharded cluster keeps how it is to be spread. */
  inPlace: boolean
}

/** Names of collections that are being imported; the embedded store drops what a killed process leaves under them. */
const PREFIX = `${PASSING_PREFIX}import.`

/** Documents, and bytes of them, sent at a time. */
const BATCH_DOCUMENTS = 1000
const BATCH_BYTES = 8 * 1024 * 1024

/**
 * Brings a dump into a database. All collections with their indexes are made first and then filled, each under a
 * passing name; only when all are whole do they get their own names. So what fails leaves everything as it was.
 * Throws ToolError where a collection holds documents already and `replace` is not set.
 */
export async function importDump(
  client: MongoClient,
  { source, replace, as }: ImportOptions,
  console: Console,
): Promise<ImportedCollection[]> {
  const { collections: found, notices } = await readDumpFolder(source)
  for (const notice of notices) console.say(notice)
  const collections = as ? under(as, found) : found
  const sharded = (await client.db('admin').command({ hello: 1 })).msg === 'isdbgrid'
  await dropLeftovers(client, collections)
  await refuseTaken(client, collections, replace && !sharded, sharded)
  const passages: Passage[] = []
  const arrived = new Set<Passage>()
  try {
    const counts: { documents: number; bytes: number }[] = []
    for (const dumped of collections) passages.push(await begin(client, dumped, sharded))
    for (const passage of passages) counts.push(await fill(passage, console))
    for (const passage of passages) {
      await arrive(client, passage)
      arrived.add(passage)
    }
    return passages.map(({ namespace, dumped }, at) => ({
      namespace,
      ...counts[at]!,
      indexes: Math.max(1, dumped.metadata.indexes.length),
    }))
  } catch (error) {
    for (const passage of passages.filter(each => !arrived.has(each)))
      await undo(passage).catch(({ message }: Error) => console.say(leftOver(passage, message)))
    throw error
  }
}

function under(database: string, collections: readonly DumpedCollection[]): DumpedCollection[] {
  const databases = [...new Set(collections.map(dumped => dumped.database))]
  if (databases.length > 1)
    throw new ToolError(
      `这份备份里有多个数据库(${databases.join('、')}),不能都叫 ${database}。请只留下其中一个子目录`,
      `The dump holds several databases (${databases.join(', ')}), which cannot all be ${database}. Leave one of the folders in it`,
    )
  return collections.map(dumped => ({ ...dumped, database }))
}

async function dropLeftovers(client: MongoClient, collections: readonly DumpedCollection[]): Promise<void> {
  for (const database of new Set(collections.map(dumped => dumped.database))) {
    const db = client.db(database)
    for (const { name } of await db.listCollections({}, { nameOnly: true }).toArray())
      if (name.startsWith(PREFIX)) await db.dropCollection(name)
  }
}

async function refuseTaken(
  client: MongoClient,
  collections: readonly DumpedCollection[],
  replace: boolean,
  sharded: boolean,
): Promise<void> {
  if (replace) return
  const taken: string[] = []
  for (const { database, name } of collections)
    if (
      await client
        .db(database)
        .collection(name)
        .findOne({}, { projection: { _id: 1 } })
    )
      taken.push(`${database}.${name}`)
  if (taken.length === 0) return
  const names = taken.join(', ')
  throw sharded
    ? new ToolError(
        `这些集合里已有数据:${names}。分片集群上不会替换集合,请先清空它们(deleteMany)`,
        `These collections hold documents already: ${names}. On a sharded cluster none is replaced; empty them first (deleteMany)`,
      )
    : new ToolError(
        `这些集合里已有数据:${names}。没有改动任何东西。要用导入的数据代替它们,请加 --replace`,
        `These collections hold documents already: ${names}. Nothing was changed. Add --replace to put the imported ones in their place`,
      )
}

async function begin(client: MongoClient, dumped: DumpedCollection, sharded: boolean): Promise<Passage> {
  const { database, name, metadata } = dumped
  const db = client.db(database)
  const namespace = `${database}.${name}`
  if (metadata.type === 'timeseries')
    throw new ToolError(
      `集合 ${namespace} 是时间序列集合,这里导入不了。请用 mongorestore 导入到 MongoDB`,
      `Collection ${namespace} is a time series, which cannot be imported here. Use mongorestore to bring it into MongoDB`,
    )
  const inPlace = sharded && (await db.listCollections({ name }, { nameOnly: true }).hasNext())
  const into = inPlace ? name : `${PREFIX}${randomBytes(6).toString('hex')}`
  const passage = { dumped, namespace, db, into, inPlace }
  if (!inPlace) {
    await refused(db.command({ create: into, ...optionsOf(metadata.options) }), {
      zh: `集合 ${namespace} 建不了`,
      en: `Collection ${namespace} cannot be made`,
    })
  }
  try {
    for (const index of metadata.indexes)
      if (index.name !== '_id_')
        await refused(db.command({ createIndexes: into, indexes: [specOf(index)] }), {
          zh: `集合 ${namespace} 的索引 ${index.name} 建不了`,
          en: `Index ${index.name} of collection ${namespace} cannot be made`,
        })
    return passage
  } catch (error) {
    await undo(passage)
    throw error
  }
}

/** What no server takes any more is left out. */
function optionsOf({ autoIndexId: _gone, uuid: _own, ...options }: Document): Document {
  return options
}

/** The version of an index is the server's choice, and its namespace a new one. */
function specOf({ v: _version, ns: _namespace, background: _noMatter, ...spec }: Document): Document {
  return spec
}

async function refused<T>(answer: Promise<T>, what: { zh: string; en: string }): Promise<T> {
  try {
    return await answer
  } catch (error) {
    const { message } = error as Error
    throw new ToolError(
      `${what.zh}:${message}。没有改动任何东西`,
      `${what.en}: ${message}. Nothing was changed`,
    )
  }
}

async function fill(passage: Passage, console: Console): Promise<{ documents: number; bytes: number }> {
  const { dumped, namespace, db, into } = passage
  const done = { documents: 0, bytes: 0 }
  if (!dumped.documents) return done
  let batch: Buffer[] = []
  let places: number[] = []
  let batchBytes = 0

  async function send(file: string): Promise<void> {
    const refusal = await insertRaw(db, into, batch)
    if (refusal)
      throw new ToolError(
        `文件 ${file} 第 ${places[refusal.index]} 字节处的文档存不进集合 ${namespace}:${refusal.message}`,
        `The document at byte ${places[refusal.index]} of file ${file} cannot be stored in ${namespace}: ${refusal.message}`,
      )
    done.documents += batch.length
    done.bytes += batchBytes
    batch = []
    places = []
    batchBytes = 0
    console.progress({
      zh: `正在导入 ${namespace}: ${inDigits(done.documents)} (${inBytes(done.bytes)})`,
      en: 'importing',
    })
  }

  for await (const { raw, at } of documentsInFile(dumped.documents)) {
    batch.push(raw)
    places.push(at)
    batchBytes += raw.length
    if (batch.length >= BATCH_DOCUMENTS || batchBytes >= BATCH_BYTES) await send(dumped.documents)
  }
  if (batch.length > 0) await send(dumped.documents)
  return done
}

async function arrive(client: MongoClient, { db, into, inPlace, namespace }: Passage): Promise<void> {
  if (inPlace) return
  await client.db('admin').command({
    renameCollection: `${db.databaseName}.${into}`,
    to: namespace,
    dropTarget: true,
    writeConcern: { w: 'majority' },
  })
}

function leftOver({ db, into }: Passage, message: string) {
  const left = `${db.databaseName}.${into}`
  return {
    zh: `临时集合 ${left} 没能删除(${message}),下次导入时会删除`,
    en: `the passing collection ${left} could not be dropped (${message}); the next import does so`,
  }
}

async function undo({ db, into, inPlace }: Passage): Promise<void> {
  if (inPlace) await db.collection(into).deleteMany({})
  else await db.collection(into).drop()
}
