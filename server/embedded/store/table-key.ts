import { copyBytes } from '../bson/byte-writer.ts'

/**
 * A key of the tree in its parts, which stand one behind the other there: the number of a table, a key in it, and
 * what makes that key one document's own (empty for most). Put together nowhere but where it is stored, since there
 * are a dozen of them for each document written.
 */
export type TableKey = [table: number, key: Uint8Array, own: Uint8Array]

export const NOTHING = Buffer.alloc(0)

const TABLE_BYTES = 4

export function keyIn(table: number, key: Uint8Array): TableKey {
  return [table, key, NOTHING]
}

const passing = keyIn(0, NOTHING)

/** A key that is the next caller's as soon as what it is handed to has written it. */
export function passingKey(table: number, key: Uint8Array, own: Uint8Array = NOTHING): TableKey {
  passing[0] = table
  passing[1] = key
  passing[2] = own
  return passing
}

export function tableKeyLength([, key, own]: TableKey): number {
  return TABLE_BYTES + key.length + own.length
}

/** Writes a key at `at` and answers where it ends. */
export function writeTableKey([table, key, own]: TableKey, target: Uint8Array, at: number): number {
  target[at] = table >>> 24
  target[at + 1] = table >>> 16
  target[at + 2] = table >>> 8
  target[at + 3] = table
  const ownAt = at + TABLE_BYTES + key.length
  const end = ownAt + own.length
  if (end > target.length) throw new RangeError('the key is longer than the store takes')
  copyBytes(target, at + TABLE_BYTES, key, 0, key.length)
  copyBytes(target, ownAt, own, 0, own.length)
  return end
}

/** The key that stands between two places, in memory of its own. */
export function readTableKey(source: Uint8Array, start: number, end: number): TableKey {
  const table =
    ((source[start]! << 24) | (source[start + 1]! << 16) | (source[start + 2]! << 8) | source[start + 3]!) >>>
    0
  const key = Buffer.allocUnsafe(end - start - TABLE_BYTES)
  copyBytes(key, 0, source, start + TABLE_BYTES, end)
  return [table, key, NOTHING]
}

/** How LMDB writes and reads these keys. */
export const KEYS = { writeKey: writeTableKey, readKey: readTableKey }
