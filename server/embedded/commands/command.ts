import type { Document } from 'bson'
import { decode, encode } from '../bson/codec.ts'
import { locationError, mongoError } from '../errors.ts'
import type { Collection } from '../store/catalog.ts'
import type { Store } from '../store/store.ts'
import type { Cursors } from './cursors.ts'

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
}

/** A reply's document, or its BSON. `ok: 1` is added to the former. */
type Reply = Document | Uint8Array

/** What a command, or a statement inside one, understands: an option that stands in none of the lists is an error. */
export interface Vocabulary {
  /** Options with an effect. */
  takes?: readonly string[]
  /** Options that change nothing in a store with one node and one user; each command says which and why. */
  ignores?: readonly string[]
  /** Options that would change the result but are not supported: an error unless off. */
  refuses?: readonly string[]
  /** Options in none of the lists are no error. */
  ignoresUnknown?: boolean
}

export interface Command extends Vocabulary {
  names: readonly string[]
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

/** Throws MongoError where a command cannot be carried out as its options ask. */
export function checkCommand(command: Command, name: string, body: Document): void {
  refuseTransactions(body)
  checkConcerns(body)
  const options = Object.fromEntries(
    Object.entries(body).filter(([option]) => option !== name && !COMMON.has(option)),
  )
  checkOptions(command, name, options)
}

/** Throws MongoError for an option that is not known or not supported. */
export function checkOptions(vocabulary: Vocabulary, name: string, options: Document): void {
  for (const [option, value] of Object.entries(options)) {
    if (vocabulary.takes?.includes(option) || vocabulary.ignores?.includes(option)) continue
    if (!vocabulary.refuses?.includes(option)) {
      if (vocabulary.ignoresUnknown) continue
      throw locationError(40415, `BSON field '${name}.${option}' is an unknown field.`)
    }
    if (!isOff(option, value))
      throw mongoError('NotImplemented', `${name}: '${option}' is not supported by the embedded store`)
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

/** One node: `w` above 1 can never be met, and a snapshot or linearizable read is not offered. */
function checkConcerns({ writeConcern, readConcern }: Document): void {
  if (Number(writeConcern?.w) > 1)
    throw mongoError('BadValue', "cannot use 'w' > 1 when a host is not replicated")
  if (readConcern?.level && !['local', 'available', 'majority'].includes(readConcern.level))
    throw mongoError('NotImplemented', `read concern '${readConcern.level}' is not supported`)
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

/** A whole number that is not negative, or `fallback` where the option is absent. */
export function countOf(value: unknown, option: string, fallback: number): number {
  if (value === undefined || value === null) return fallback
  const count = Number(value)
  if (!Number.isInteger(count)) throw mongoError('TypeMismatch', `'${option}' must be a whole number`)
  if (count < 0)
    throw locationError(51024, `BSON field '${option}' value must be >= 0, actual value '${count}'`)
  return count
}
