import { type Document, ObjectId } from 'bson'
import { encode, MAX_DOCUMENT_BYTES } from '../bson/codec.ts'
import { encodeRaw, idKey, KEPT_KEY_BYTES } from '../bson/key.ts'
import { type RawValue, rawField, readInt32 } from '../bson/raw.ts'
import { decodeValue } from '../bson/raw-value.ts'
import { TYPE } from '../bson/types.ts'
import { mongoError } from '../errors.ts'
import type { Catalog, Collection } from './catalog.ts'
import {
  duplicateKey,
  type EntryChange,
  entryChange,
  refuseDuplicates,
  writeEntries,
} from './index-entries.ts'
import type { Tree } from './tree.ts'

/** A stored document with the key it is stored under. */
export interface Stored {
  idKey: Buffer
  raw: Uint8Array
}

/**
 * The three ways a collection changes. Each checks everything before it writes anything, so a MongoError leaves
 * no trace; call them inside a transaction.
 */
export interface Documents {
  /** Stores a new document (with an `_id` of its own where it brings none) and answers it as stored. */
  insert(collection: Collection, raw: Uint8Array): Stored
  replace(collection: Collection, before: Stored, after: Uint8Array): void
  remove(collection: Collection, stored: Stored): void
}

export function documentsIn(tree: Tree, catalog: Catalog): Documents {
  function changesOf(collection: Collection, before: Uint8Array | undefined, after: Uint8Array | undefined) {
    const changes: EntryChange[] = []
    for (const index of collection.indexes) {
      const change = entryChange(index, before, after)
      if (change) changes.push(change)
    }
    return changes
  }

  function refuseAll(collection: Collection, key: Buffer, changes: EntryChange[], raw: Uint8Array): void {
    for (const change of changes) refuseDuplicates(tree, collection, change, key, raw)
  }

  function writeAll(collection: Collection, key: Buffer, changes: EntryChange[]): void {
    for (const change of changes) writeEntries(tree, catalog, collection, change, key)
  }

  return {
    insert(collection, given) {
      const raw = withId(given)
      refuseTooLarge(raw)
      const key = idKeyOf(raw)
      const changes = changesOf(collection, undefined, raw)
      const isKnown = changes.some(change => change.index.unique) && tree.has(collection.table, key)
      if (!isKnown) refuseAll(collection, key, changes, raw)
      if (isKnown || !tree.putNew(collection.table, key, raw))
        throw duplicateKey(collection, '_id_', { _id: 1 }, { _id: decodeValue(rawField(raw, '_id')!) })
      writeAll(collection, key, changes)
      collection.filter?.add(key)
      catalog.adjustCount(collection, 1)
      return { idKey: key, raw }
    },

    replace(collection, before, after) {
      refuseTooLarge(after)
      const changes = changesOf(collection, before.raw, after)
      refuseAll(collection, before.idKey, changes, after)
      writeAll(collection, before.idKey, changes)
      tree.put(collection.table, before.idKey, after)
    },

    remove(collection, { idKey: key, raw }) {
      writeAll(collection, key, changesOf(collection, raw, undefined))
      tree.remove(collection.table, key)
      catalog.adjustCount(collection, -1)
    },
  }
}

/** The key of a document's `_id`. Throws MongoError for a value that cannot be one. */
function idKeyOf(raw: Uint8Array): Buffer {
  const field = rawField(raw, '_id')!
  if (field.type === TYPE.array || field.type === TYPE.regex || field.type === TYPE.undefined)
    throw mongoError('InvalidIdField', `The '_id' value cannot be of type ${TYPE_NAMES[field.type]}`)
  const key = field.type === TYPE.string ? encodeRaw(field) : keyOfDecoded(field)
  if (key.length > KEPT_KEY_BYTES)
    throw mongoError('BadValue', `an _id may take ${KEPT_KEY_BYTES} bytes in this store, not ${key.length}`)
  return key
}

function keyOfDecoded(field: RawValue): Buffer {
  const value = decodeValue(field)
  if (field.type === TYPE.object) refuseOperators(Object.keys(Object(value)))
  return idKey(value)
}

function refuseOperators(names: string[]): void {
  const operator = names.find(name => name.startsWith('$'))
  if (operator)
    throw mongoError(
      'DollarPrefixedFieldName',
      `_id fields may not contain '$'-prefixed fields: ${operator} is not valid for storage.`,
    )
}

const TYPE_NAMES: Record<number, string> = {
  [TYPE.array]: 'array',
  [TYPE.regex]: 'regex',
  [TYPE.undefined]: 'undefined',
}

/** The document with `_id` as its first field, as MongoDB stores it. */
function withId(raw: Uint8Array): Uint8Array {
  const field = rawField(raw, '_id')
  if (field && field.start === FIRST_VALUE_OF_ID) return raw
  const first: Document = { _id: field ? decodeValue(field) : new ObjectId() }
  const head = encode(first)
  const size = readInt32(raw, 0)
  const fieldStart = field ? field.start - ID_FIELD_PREFIX : size - 1
  const fieldEnd = field ? field.end : size - 1
  const moved = Buffer.concat([
    head.subarray(0, -1),
    raw.subarray(4, fieldStart),
    raw.subarray(fieldEnd, size),
  ])
  moved.writeInt32LE(moved.length, 0)
  return moved
}

/** Bytes before the value of a field `_id`: its type, its name, a zero. */
const ID_FIELD_PREFIX = 5
const FIRST_VALUE_OF_ID = 4 + ID_FIELD_PREFIX

function refuseTooLarge(raw: Uint8Array): void {
  if (raw.length > MAX_DOCUMENT_BYTES)
    throw mongoError(
      'BadValue',
      `object to insert too large. size in bytes: ${raw.length}, max size: ${MAX_DOCUMENT_BYTES}`,
    )
}
