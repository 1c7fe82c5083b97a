import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { createGunzip } from 'node:zlib'
import type { Text } from '../../workflow/text.ts'
import { type DumpMetadata, readMetadata } from './dump-metadata.ts'
import { collectionNameOf } from './dump-names.ts'
import { ToolError } from './tool-error.ts'

/** A collection in a dump. */
export interface DumpedCollection {
  database: string
  name: string
  metadata: DumpMetadata
  /** Absent where there are no documents. */
  documents?: string
}

interface DumpFolder {
  collections: DumpedCollection[]
  /** What is in the folder and is left out. */
  notices: Text[]
}

const OWN_DATABASES: readonly string[] = ['admin', 'config', 'local']
const ENDING = /^(.*?)(\.metadata\.json|\.bson)(\.gz)?$/

/** Looks through a folder that `export` or mongodump has made. Throws ToolError where it holds no dump. */
export async function readDumpFolder(path: string): Promise<DumpFolder> {
  const folder: DumpFolder = { collections: [], notices: [] }
  const entries = await readdir(path, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    throw new ToolError(
      `读不了目录 ${path}:${error.message}`,
      `Folder ${path} cannot be read: ${error.message}`,
    )
  })
  for (const entry of entries) {
    const inner = join(path, entry.name)
    if (entry.isDirectory() && OWN_DATABASES.includes(entry.name))
      folder.notices.push({
        zh: `跳过数据库 ${entry.name}:它属于 MongoDB 服务器自己`,
        en: `database ${entry.name} is left out: it belongs to the MongoDB server itself`,
      })
    else if (entry.isDirectory()) await readDatabase(folder, entry.name, inner)
    else if (!/^prelude\.json(\.gz)?$/.test(entry.name)) folder.notices.push(unknownFile(inner))
  }
  if (folder.collections.length > 0) return folder
  throw new ToolError(
    `${path} 里没有可导入的集合。应当是 mongodump 或 export 的输出目录,其中每个数据库一个子目录`,
    `There is no collection to import in ${path}. It should be what mongodump or export wrote: a folder with one folder per database`,
  )
}

async function readDatabase(folder: DumpFolder, database: string, path: string): Promise<void> {
  const files = new Map<string, { metadata?: string; documents?: string }>()
  for (const file of await readdir(path)) {
    const [, base, ending] = ENDING.exec(file) ?? []
    const kind = ending === '.bson' ? 'documents' : 'metadata'
    if (base) files.set(base, { ...files.get(base), [kind]: join(path, file) })
    else if (!/^prelude\.json(\.gz)?$/.test(file)) folder.notices.push(unknownFile(join(path, file)))
  }
  for (const [base, { metadata: metadataFile, documents }] of [...files].sort()) {
    const guess = nameIn(base)
    const metadata = metadataFile ? await readMetadataFile(metadataFile, guess) : readMetadata('', guess)
    // The buckets of a time series lie in a file of another name than its metadata.
    const name = guess.startsWith('system.') ? guess : metadata.collectionName
    const namespace = `${database}.${name}`
    if (name.startsWith('system.') || name.startsWith('$'))
      folder.notices.push({
        zh: `跳过系统集合 ${namespace}`,
        en: `system collection ${namespace} is left out`,
      })
    else if (metadata.type === 'view')
      folder.notices.push({
        zh: `跳过视图 ${namespace}:它没有自己的数据`,
        en: `view ${namespace} is left out: it has no data of its own`,
      })
    else folder.collections.push({ database, name, metadata, documents })
  }
}

function nameIn(base: string): string {
  try {
    return collectionNameOf(base) ?? base
  } catch (error) {
    if (error instanceof URIError) return base
    throw error
  }
}

async function readMetadataFile(path: string, fallbackName: string): Promise<DumpMetadata> {
  try {
    const file = createReadStream(path)
    return readMetadata(await text(path.endsWith('.gz') ? file.pipe(createGunzip()) : file), fallbackName)
  } catch (error) {
    const { message } = error as Error
    throw new ToolError(`文件 ${path} 读不懂:${message}`, `File ${path} cannot be understood: ${message}`)
  }
}

function unknownFile(path: string): Text {
  return {
    zh: `跳过文件 ${path}:不是集合的文件`,
    en: `file ${path} is left out: it is no file of a collection`,
  }
}
