import { mkdir, open } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Document } from 'bson'
import type { Db, MongoClient } from 'mongodb'
import { PASSING_PREFIX } from '../store/store.ts'
import { type Console, inBytes, inDigits } from './console.ts'
import { metadataOf, preludeOf, writeMetadata } from './dump-metadata.ts'
import { fileNameOf } from './dump-names.ts'
import { readRaw } from './raw-documents.ts'
import { openTarget, syncFolder } from './target-folder.ts'

/** What was exported of a collection. */
interface ExportedCollection {
  namespace: string
  documents: number
  bytes: number
  indexes: number
}

interface ExportOptions {
  target: string
  /** An earlier export in the target gives way. */
  replace: boolean
}

/** Databases that belong to the server itself. */
const OWN_DATABASES: readonly string[] = ['admin', 'config', 'local']

/** Bytes collected before they are written. */
const CHUNK_BYTES = 1024 * 1024

/**
 * Writes every collection of every database in the format of mongodump, which `mongorestore` takes:
 * https://www.mongodb.com/docs/database-tools/mongodump/ . The target appears when all of it is on the disk.
 */
export async function exportDump(
  client: MongoClient,
  { target, replace }: ExportOptions,
  console: Console,
): Promise<ExportedCollection[]> {
  const folder = await openTarget(resolve(target), replace)
  try {
    const exported: ExportedCollection[] = []
    for (const database of await databasesOf(client)) {
      const path = join(folder.path, database)
      await mkdir(path, { mode: 0o700 })
      const db = client.db(database)
      for (const info of await collectionsOf(db))
        exported.push(await exportCollection(db, info, path, console))
      await syncFolder(path)
    }
    const { version } = await client.db('admin').command({ buildInfo: 1 })
    await writeWhole(join(folder.path, 'prelude.json'), JSON.stringify(preludeOf(String(version))))
    await folder.finish()
    return exported
  } catch (error) {
    await folder.cancel()
    throw error
  }
}

async function databasesOf(client: MongoClient): Promise<string[]> {
  const { databases } = await client.db('admin').admin().listDatabases({ nameOnly: true })
  return databases.map(({ name }) => name).filter(name => !OWN_DATABASES.includes(name))
}

/** Collections that hold documents. What is in `system.` the server makes itself; some are on their way to a name. */
async function collectionsOf(db: Db): Promise<Document[]> {
  const all: Document[] = await db.listCollections({}, { promoteValues: false }).toArray()
  return all
    .filter(({ type }) => type !== 'view')
    .filter(({ name }: Document) => !name.startsWith('system.') && !name.startsWith(PASSING_PREFIX))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

async function exportCollection(
  db: Db,
  info: Document,
  path: string,
  console: Console,
): Promise<ExportedCollection> {
  const collection = db.collection(info.name)
  const namespace = `${db.databaseName}.${info.name}`
  const expected = await collection.estimatedDocumentCount()
  const indexes = await collection.listIndexes({ promoteValues: false }).toArray()
  const base = join(path, fileNameOf(info.name))
  await writeWhole(`${base}.metadata.json`, writeMetadata(metadataOf(info, indexes)))
  const exported = { namespace, documents: 0, bytes: 0, indexes: indexes.length }
  const file = await open(`${base}.bson`, 'wx', 0o600)
  try {
    let chunk: Uint8Array[] = []
    let chunkBytes = 0
    const flush = async () => {
      await file.appendFile(Buffer.concat(chunk))
      chunk = []
      chunkBytes = 0
    }
    for await (const document of readRaw(collection)) {
      chunk.push(document)
      chunkBytes += document.length
      exported.documents++
      exported.bytes += document.length
      if (chunkBytes < CHUNK_BYTES) continue
      await flush()
      console.progress(progressOf(exported, expected))
    }
    if (chunkBytes > 0) await flush()
    await file.sync()
  } finally {
    await file.close()
  }
  return exported
}

function progressOf({ namespace, documents, bytes }: ExportedCollection, expected: number) {
  const done = `${namespace}: ${inDigits(documents)} / ${inDigits(Math.max(expected, documents))} (${inBytes(bytes)})`
  return { zh: `正在导出 ${done}`, en: 'exporting' }
}

async function writeWhole(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
}
