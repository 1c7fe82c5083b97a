import type { Document } from 'bson'
import { decode, encode } from '../bson/codec.ts'
import { locationError, mongoError } from '../errors.ts'
import type { Collection } from '../store/catalog.ts'
import type { Store } from '../store/store.ts'
import { checkConcerns } from './concerns.ts'
import type { Cursors } from './cursors.ts'
import { refuseWrongType } from './option-types.ts'
import { checkApiVersion } from './stable-api.ts'

/** What the commands of one server share. */
export interface Server {
  store: Store
  cursors: Cursors
  startedAt: Date
}

/** One command as a client sent it. */
export interface Call extends Server {
  /** Its name as the client wrote it: the first field of the body. */
  name: string
  database: string
  body: Document
  sequences: Map<string, Uint8Array[]>
  connectionId: number
  /** How many documents are written before others get their turn; the command knows where absent. */
  documentsPerStep?: number
}

/** A reply's document, or its BSON. `ok: 1` is added to the former. */
type Reply = Document | Uint8Array

/** What a command, or a statement inside one, understands: an option that stands in none of the lists is an error. */
export interface Vocabulary {
  /** Options with an effect. */
  takes?: readonly string[]
  /** Those of them that must be there. */
  requires?: readonly string[]
  /** Options that change nothing in a store with one node and one user; each command says which and why. */
  ignores?: readonly string[]
  /** Options that would change the result but are not supported: an error unless off. */
  refuses?: readonly string[]
  /** Options in none of the lists are no error. */
  ignoresUnknown?: boolean
  /** The error for an option in none of the lists, where it is not the usual one. */
  unknown?(option: string): Error
}

export interface Command extends Vocabulary {
  names: readonly string[]
  /** It concerns the whole server, and is only taken against its database. */
  adminOnly?: boolean
  run(call: Call): Reply | Promise<Reply>
}

/**
 * Options every command may carry. Sessions, gossip and hints for routing have no meaning on one node; `maxTimeMS`
 * bounds reads, while writes are done in short steps.
 */
const COMMON = new Set([
  '$db',
  'lsid',
  'comment',
  '$readPreference',
  '$clusterTime',
  'maxTimeMS',
  'readConcern',
  'writeConcern',
  'apiVersion',
  'apiStrict',
  'apiDeprecationErrors',
])

/**
 * Throws MongoError where a command cannot be carried out as its options ask; some came `beside` the body. Options that
 * are null count as absent, as in MongoDB, and are taken out.
 */
export function checkCommand(
  command: Command,
  name: string,
  body: Document,
  beside: ReadonlyMap<string, unknown> = NONE,
): void {
  refuseTransactions(body)
  checkApiVersion(name, body)
  const options: Document = {}
  for (const option in body) {
    if (option === name) continue
    if (COMMON.has(option)) refuseWrongType(name, option, body[option])
    else options[option] = body[option]
  }
  checkConcerns(body)
  for (const option of beside.keys()) options[option] = []
  checkOptions(command, name, options)
  for (const option in body) if (body[option] === null) delete body[option]
}

const NONE: ReadonlyMap<string, unknown> = new Map()

/** Throws MongoError for an option that is not known or not supported, and takes out those that are null. */
export function checkOptions(vocabulary: Vocabulary, name: string, options: Document): void {
  for (const [option, value] of Object.entries(options)) {
    if (vocabulary.takes?.includes(option)) {
      if (value === null) delete options[option]
      refuseWrongType(name, option, value)
      if (option === 'cursor') refuseUnknownParts(name, value)
      continue
    }
    if (vocabulary.ignores?.includes(option)) continue
    if (!vocabulary.refuses?.includes(option)) {
      if (vocabulary.ignoresUnknown) continue
      if (vocabulary.unknown) throw vocabulary.unknown(option)
      throw locationError(40415, `BSON field '${name}.${option}' is an unknown field.`)
    }
    if (!isOff(option, value))
      throw mongoError('NotImplemented', `${name}: '${option}' is not supported by the embedded store`)
  }
  for (const option of vocabulary.requires ?? [])
    if (options[option] === undefined)
      throw locationError(40414, `BSON field '${name}.${option}' is missing but a required field`)
}

/** The size of the first batch is all there is to say about a cursor. */
function refuseUnknownParts(name: string, cursor: Document | null): void {
  for (const part in cursor ?? {}) {
    if (part !== 'batchSize')
      throw locationError(40415, `BSON field '${name}.cursor.${part}' is an unknown field.`)
    refuseWrongType(`${name}.cursor`, part, cursor?.[part])
  }
}

function isOff(option: string, value: unknown): boolean {
  if (option === 'collation') return Object(value).locale === 'simple'
  if (value === null || typeof value !== 'object') return !value
  return '_bsontype' in value ? Number(value) === 0 : Object.keys(value).length === 0
}

function refuseTransactions(body: Document): void {
  if ('txnNumber' in body || 'startTransaction' in body || 'autocommit' in body)
    throw mongoError(
      'IllegalOperation',
      'Transaction numbers are only allowed on a replica set member or mongos',
    )
}

/** The collection a command names in its first field. */
export function collectionName({ name, body }: Call): string {
  const value = body[name]
  if (typeof value !== 'string' || value === '')
    throw mongoError('InvalidNamespace', `collection name has invalid type or is empty: ${name}`)
  return value
}

export function findCollection(call: Call): Collection | undefined {
  return call.store.catalog.find(call.database, collectionName(call))
}

/** Documents of an option that may come beside the body. */
export function rawDocuments({ name, body, sequences }: Call, option: string): Uint8Array[] {
  const documents = sequences.get(option) ?? body[option]?.map(encode)
  if (!documents) throw locationError(40414, `BSON field '${name}.${option}' is missing but a required field`)
  if (documents.length === 0 || documents.length > 100_000)
    throw mongoError(
      'InvalidLength',
      `Write batch sizes must be between 1 and 100000. Got ${documents.length} operations.`,
    )
  return documents
}

export function decodedDocuments(call: Call, option: string): Document[] {
  return rawDocuments(call, option).map(decode)
}

/** Whether a flag is set; numbers count as flags too. */
export function isTrue(value: unknown): boolean {
  return value === true || (typeof value !== 'string' && Number(value ?? 0) !== 0)
}

/** A whole number of any sign, 0 where the option is absent. */
export function wholeOf(value: unknown, option: string): number {
  const count = Number(value ?? 0)
  if (!Number.isInteger(count)) throw mongoError('TypeMismatch', `'${option}' must be a whole number`)
  return count
}

/** A whole number that is not negative, or `fallback` where the option is absent. */
export function countOf(value: unknown, option: string, fallback: number): number {
  if (value === undefined || value === null) return fallback
  const count = wholeOf(value, option)
  if (count < 0)
    throw locationError(51024, `BSON field '${option}' value must be >= 0, actual value '${count}'`)
  return count
}
