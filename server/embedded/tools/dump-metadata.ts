import { Binary, BSON, type Document } from 'mongodb'

/** What a dump says of a collection beside its documents, as mongodump writes it. */
export interface DumpMetadata {
  /** Options it was created with. */
  options: Document
  /** As `listIndexes` answers them, the one on `_id` too. */
  indexes: Document[]
  /** In hexadecimal, without hyphens; absent where the server had none. */
  uuid?: string
  collectionName: string
  type: string
}

/** `info`: a row of `listCollections`; both with numbers in their BSON types. */
export function metadataOf(info: Document, indexes: Document[]): DumpMetadata {
  const uuid: unknown = info.info?.uuid
  return {
    options: info.options ?? {},
    indexes,
    ...(uuid instanceof Binary && { uuid: Buffer.from(uuid.value()).toString('hex') }),
    collectionName: info.name,
    type: info.type ?? 'collection',
  }
}

/** The metadata as text: Extended JSON v2, canonical. */
export function writeMetadata({ options, indexes, uuid, collectionName, type }: DumpMetadata): string {
  const document = {
    ...(Object.keys(options).length > 0 && { options }),
    indexes,
    ...(uuid && { uuid }),
    collectionName,
    type,
  }
  return BSON.EJSON.stringify(document, { relaxed: false })
}

/** Reads what any version of mongodump has written. Throws where the text is no metadata. */
export function readMetadata(text: string, fallbackName: string): DumpMetadata {
  const document: unknown = text.trim() === '' ? {} : BSON.EJSON.parse(text, { relaxed: false })
  if (typeof document !== 'object' || document === null || Array.isArray(document))
    throw new Error('it is no JSON object')
  const { options = {}, indexes = [], uuid, collectionName = fallbackName, type } = document as Document
  if (!Array.isArray(indexes)) throw new Error("'indexes' is no list")
  return {
    options,
    indexes,
    ...(uuid && { uuid }),
    collectionName,
    type: type ?? (options.viewOn ? 'view' : options.timeseries ? 'timeseries' : 'collection'),
  }
}

/** The file `prelude.json` at the top of a dump: who wrote it, of which server. */
interface Prelude {
  ServerVersion: string
  ToolVersion: string
}

/** By it an export of ours is known. */
const OUR_TOOL = 'orderloom'

export function preludeOf(serverVersion: string): Prelude {
  return { ServerVersion: serverVersion, ToolVersion: OUR_TOOL }
}

export function isOurs(preludeText: string): boolean {
  try {
    return (JSON.parse(preludeText) as Prelude).ToolVersion === OUR_TOOL
  } catch (error) {
    if (error instanceof SyntaxError) return false
    throw error
  }
}
