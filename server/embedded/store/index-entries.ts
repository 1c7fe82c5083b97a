import { createHash } from 'node:crypto'
import type { Document } from 'bson'
import { indexKeys, valuesOfKey } from '../bson/index-keys.ts'
import type { KeyPart } from '../bson/key.ts'
import { type RawValue, rawField } from '../bson/raw.ts'
import { decodeValue } from '../bson/raw-value.ts'
import { mongoError } from '../errors.ts'
import type { Catalog, Collection } from './catalog.ts'
import type { Index } from './index-spec.ts'
import type { Tree } from './tree.ts'

/** Longest `_id` key that is appended to an index key as it is; a longer one is appended as its hash. */
const MAX_SUFFIX_BYTES = 200

/** A document's entries to add to an index and to take from it. */
export interface EntryChange {
  index: Index
  added: Buffer[]
  removed: Buffer[]
  multikey: boolean
  truncated: boolean
}

/** What an index must change when a document turns from `before` into `after`; undefined where nothing. */
export function entryChange(
  index: Index,
  before: Uint8Array | undefined,
  after: Uint8Array | undefined,
): EntryChange | undefined {
  if (before && after && index.roots.every(root => sameField(before, after, root))) return undefined
  const old = before ? keysOf(index, before) : NO_KEYS
  const fresh = after ? keysOf(index, after) : NO_KEYS
  return {
    index,
    added: before ? without(fresh.keys, old.keys) : fresh.keys,
    removed: after ? without(old.keys, fresh.keys) : old.keys,
    multikey: fresh.multikey,
    truncated: fresh.truncated,
  }
}

/** Throws E11000 where another document than `idKey` already has one of the keys in a unique index. */
export function refuseDuplicates(
  tree: Tree,
  collection: Collection,
  { index, added }: EntryChange,
  idKey: Buffer,
  raw: Uint8Array,
): void {
  if (!index.unique) return
  for (const key of added) {
    const holder = tree.get(index.table, key)
    if (holder && !holder.equals(idKey)) throw duplicateEntry(collection, index, key, raw)
  }
}

/** Writes the change; must come after all checks of the document's other indexes. */
export function writeEntries(
  tree: Tree,
  catalog: Catalog,
  collection: Collection,
  { index, added, removed, multikey, truncated }: EntryChange,
  idKey: Buffer,
): void {
  for (const key of removed) tree.remove(index.table, entryKey(index, key, idKey))
  for (const key of added) tree.put(index.table, entryKey(index, key, idKey), idKey)
  if ((multikey && !index.multikey) || (truncated && !index.truncated)) {
    index.multikey ||= multikey
    index.truncated ||= truncated
    catalog.save(collection)
  }
}

/** E11000 for a key of an index; of an array, it is the element that is told. */
function duplicateEntry(collection: Collection, { name, spec, fields }: Index, key: Buffer, raw: Uint8Array) {
  const values = valuesOfKey(raw, fields, key) ?? []
  const keyValue = Object.fromEntries(fields.map(({ path }, i) => [path, decodePart(values[i])]))
  return duplicateKey(collection, name, spec.key, keyValue)
}

function decodePart(part: KeyPart): unknown {
  return part === undefined || part === 'empty array' ? null : decodeValue(part)
}

/** E11000 as MongoDB words it, with `keyPattern` and `keyValue`. */
export function duplicateKey(collection: Collection, indexName: string, key: Document, keyValue: Document) {
  const shown = Object.entries(keyValue).map(([path, value]) => `${path}: ${inShell(value)}`)
  return mongoError(
    'DuplicateKey',
    `E11000 duplicate key error collection: ${collection.database}.${collection.name} ` +
      `index: ${indexName} dup key: { ${shown.join(', ')} }`,
    { keyPattern: key, keyValue },
  )
}

interface Keys {
  keys: Buffer[]
  multikey: boolean
  truncated: boolean
}

const NO_KEYS: Keys = { keys: [], multikey: false, truncated: false }

function keysOf(index: Index, raw: Uint8Array): Keys {
  if (index.partial && !index.partial.filter.matches(raw)) return NO_KEYS
  const { keys, multikey, truncated, hasField } = indexKeys(raw, index.fields)
  if (index.sparse && !hasField) return NO_KEYS
  return { keys, multikey, truncated }
}

/** A unique index needs no `_id` in its keys: a key leads to one document. */
export function entryKey(index: Index, key: Buffer, idKey: Buffer): Buffer {
  if (index.unique) return key
  const suffix = idKey.length <= MAX_SUFFIX_BYTES ? idKey : createHash('sha256').update(idKey).digest()
  return Buffer.concat([key, suffix])
}

function without(keys: Buffer[], others: Buffer[]): Buffer[] {
  return keys.filter(key => !others.some(other => other.equals(key)))
}

function sameField(before: Uint8Array, after: Uint8Array, name: string): boolean {
  const a = rawField(before, name)
  const b = rawField(after, name)
  if (!a || !b) return a === b
  return a.type === b.type && bytesOf(a).equals(bytesOf(b))
}

function bytesOf({ bytes, start, end }: RawValue): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start)
}

/** A value as the shell prints it, the way MongoDB does inside E11000 messages. */
function inShell(value: unknown): string {
  const tagged = Object(value) as { _bsontype?: string; toHexString?(): string }
  if (tagged._bsontype === 'ObjectId') return `ObjectId('${tagged.toHexString?.()}')`
  if (value instanceof Date) return `new Date(${value.getTime()})`
  if (typeof value === 'string') return JSON.stringify(value)
  if (tagged._bsontype === 'Double' && Number.isInteger(Number(value))) return Number(value).toFixed(1)
  if (value === null || typeof value !== 'object' || tagged._bsontype) return String(value)
  if (Array.isArray(value)) return `[ ${value.map(inShell).join(', ')} ]`
  return `{ ${Object.entries(value)
    .map(([name, inner]) => `${name}: ${inShell(inner)}`)
    .join(', ')} }`
}
