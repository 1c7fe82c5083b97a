import { createHash } from 'node:crypto'
import type { Document } from 'bson'
import { equalBytes } from '../bson/compare.ts'
import { type IndexKeys, indexKeys, valuesOfKey } from '../bson/index-keys.ts'
import type { KeyPart } from '../bson/key.ts'
import { elementAt, endOfValue, startOfValue } from '../bson/raw.ts'
import { decodeValue } from '../bson/raw-value.ts'
import { mongoError } from '../errors.ts'
import type { Catalog, Collection } from './catalog.ts'
import type { Index } from './index-spec.ts'
import { NOTHING } from './table-key.ts'
import type { Tree } from './tree.ts'

/** Longest `_id` key that is appended to an index key as it is; a longer one is appended as its hash. */
const MAX_SUFFIX_BYTES = 200

/** A document's entries to add to an index and to take from it. */
export interface EntryChange {
  index: Index
  added: readonly Buffer[]
  removed: readonly Buffer[]
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
  if (old === fresh) return undefined
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
  const own = ownPart(index, idKey)
  for (const key of removed) tree.remove(index.table, key, own)
  for (const key of added) tree.put(index.table, key, idKey, own)
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

const NO_KEYS: IndexKeys = { keys: [], multikey: false, hasField: false, truncated: false }

function keysOf(index: Index, raw: Uint8Array): IndexKeys {
  if (index.partial && !index.partial.filter.matches(raw)) return NO_KEYS
  const keys = indexKeys(raw, index.fields)
  return index.sparse && !keys.hasField ? NO_KEYS : keys
}

/** An entry's whole key in its index. */
export function entryKey(index: Index, key: Buffer, idKey: Buffer): Buffer {
  return Buffer.concat([key, ownPart(index, idKey)])
}

/** What makes an entry's key one document's own. A unique index needs none: a key leads to one document. */
function ownPart(index: Index, idKey: Buffer): Buffer {
  if (index.unique) return NOTHING
  return idKey.length <= MAX_SUFFIX_BYTES ? idKey : createHash('sha256').update(idKey).digest()
}

function without(keys: readonly Buffer[], others: readonly Buffer[]): readonly Buffer[] {
  return keys.filter(key => !others.some(other => other.equals(key)))
}

function sameField(before: Uint8Array, after: Uint8Array, name: string): boolean {
  const a = elementAt(before, name, 0)
  const b = elementAt(after, name, 0)
  if (a < 0 || b < 0) return a === b
  const length = endOfElement(before, a) - a
  return length === endOfElement(after, b) - b && equalBytes(before, a, after, b, length)
}

function endOfElement(bytes: Uint8Array, element: number): number {
  return endOfValue(bytes, bytes[element]!, startOfValue(bytes, element))
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
