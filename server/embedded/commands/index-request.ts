import type { Document } from 'bson'
import { encode } from '../bson/codec.ts'
import { isDocument } from '../bson/document.ts'
import { locationError, mongoError } from '../errors.ts'
import { refuseBadPartialFilter } from '../query/partial-filter.ts'
import type { Collection } from '../store/catalog.ts'
import { fieldsOf, type IndexSpec } from '../store/index-spec.ts'
import { checkOptions, isTrue, type Vocabulary } from './command.ts'

/** Fields of one index, as in MongoDB. */
const MAX_FIELDS = 32

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
  unknown: option =>
    mongoError(
      'InvalidIndexSpecificationOption',
      `The field '${option}' is not valid for an index specification.`,
    ),
}

/** An index as `createIndexes` asks for it, in the form it is kept. Throws MongoError for what no index may be. */
export function normalSpec(given: Document): IndexSpec {
  checkOptions(SPEC, 'createIndexes.indexes', given)
  const { key, name, unique, sparse, partialFilterExpression, expireAfterSeconds } = given
  if (!isDocument(key))
    throw mongoError('FailedToParse', "The 'key' field is a required property of an index specification")
  if (Object.keys(key).length === 0)
    throw mongoError('CannotCreateIndex', 'Index keys cannot be an empty object')
  const fields = fieldsOf(key)
  if (fields.length > MAX_FIELDS)
    throw locationError(13103, `too many compound keys: ${fields.length}, at most ${MAX_FIELDS}`)
  if (typeof name !== 'string' || name === '')
    throw mongoError('FailedToParse', "The 'name' field is a required property of an index specification")
  if (name === '*') throw mongoError('BadValue', "The index name '*' is not valid.")
  if (partialFilterExpression && isTrue(sparse))
    throw mongoError('CannotCreateIndex', "cannot mix 'partialFilterExpression' and 'sparse' options")
  if (partialFilterExpression) refuseBadPartialFilter(partialFilterExpression)
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

/** Throws MongoError where an index of so many fields cannot have this time to live. */
export function refuseBadTtl(fields: number, seconds: number): void {
  if (fields !== 1)
    throw mongoError(
      'CannotCreateIndex',
      'TTL indexes are single-field indexes, compound indexes do not support TTL',
    )
  if (!(seconds >= 0 && seconds <= 2_147_483_647))
    throw mongoError('CannotCreateIndex', 'TTL index expireAfterSeconds must be within 0 and 2147483647')
}

/** The index on `_id` is always there; it is unique and has no options. */
export function isIdIndex({ key, name, ...options }: IndexSpec): boolean {
  const isOnId = Object.keys(key).join() === '_id' && Number(key._id) > 0
  if (!isOnId && name === '_id_')
    throw mongoError(
      'BadValue',
      "The index name '_id_' is reserved for the _id index, which must have key pattern {_id: 1}",
    )
  const [odd] = isOnId ? Object.keys(options).filter(option => option !== 'v' && option !== 'unique') : []
  if (odd)
    throw mongoError(
      'InvalidIndexSpecificationOption',
      `The field '${odd}' is not valid for an _id index specification.`,
    )
  return isOnId
}

/** Whether the very same index is there already. Throws MongoError where another stands in its way. */
export function exists(collection: Collection | undefined, spec: IndexSpec): boolean {
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

/** The fields and directions of a key as plain numbers. */
export function plainKey(key: Document): Document {
  return Object.fromEntries(Object.entries(key).map(([path, direction]) => [path, Number(direction)]))
}
