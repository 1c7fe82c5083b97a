import { chmodSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { open, type RootDatabase } from 'lmdb'

/** A half-open range of keys: `lower` is in, `upper` is out. */
export interface KeyRange {
  lower: Uint8Array
  upper: Uint8Array
}

export interface Entry {
  key: Buffer
  value: Buffer
}

interface WalkOptions {
  reverse?: boolean
  /** Start behind this key (before it when reverse): the place where an earlier walk stopped. */
  after?: Uint8Array
}

/** `fsync`: a transaction is on the disk when it returns. `commit`: it survives a killed process, not a power cut. */
export type Durability = 'fsync' | 'commit'

/**
 * One ordered key-value tree on disk, shared by many tables. A table is a number that prefixes its keys, so
 * making one costs nothing, an aborted transaction leaves none behind, and there is no limit on how many exist.
 */
export interface Tree {
  get(table: number, key: Uint8Array): Buffer | undefined
  has(table: number, key: Uint8Array): boolean
  put(table: number, key: Uint8Array, value: Uint8Array): void
  remove(table: number, key: Uint8Array): boolean
  /** The entries of a range, in key order. The values are copies; do not write while walking. */
  walk(table: number, range: KeyRange, options?: WalkOptions): Iterator<Entry>
  /** The first entries of a range. */
  first(table: number, range: KeyRange, limit: number, options?: WalkOptions): Entry[]
  count(table: number, range: KeyRange): number
  /** Runs `work` as one transaction; an error thrown inside undoes all of it and comes out again. */
  transact<T>(work: () => T): T
  /** How many puts and removes have been made since the tree was opened. */
  writes(): number
  close(): Promise<void>
}

/** Every key of a table; no key begins with the byte 0xff. */
export const ALL_KEYS: KeyRange = { lower: Buffer.alloc(0), upper: Buffer.of(0xff) }

/** Opens (or makes) the tree in `folder`; its files can be read by their owner only. */
export function openTree(folder: string, durability: Durability): Tree {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const db: RootDatabase<Buffer, Uint8Array> = open(folder, {
    keyEncoding: 'binary',
    encoding: 'binary',
    cache: false,
    pageSize: 4096,
    overlappingSync: false,
    noSync: durability === 'commit',
  })
  for (const file of readdirSync(folder)) if (file.endsWith('.mdb')) chmodSync(join(folder, file), 0o600)
  let writes = 0

  function rangeOptions(table: number, range: KeyRange, { reverse, after }: WalkOptions) {
    const lower = keyIn(table, range.lower)
    const upper = keyIn(table, range.upper)
    const resumed = after && keyIn(table, after)
    return reverse
      ? { start: resumed ?? upper, end: lower, reverse, exclusiveStart: true, inclusiveEnd: true }
      : { start: resumed ?? lower, end: upper, exclusiveStart: resumed !== undefined }
  }

  return {
    get: (table, key) => db.getBinary(keyIn(table, key)),
    has: (table, key) => db.doesExist(keyIn(table, key)),
    put(table, key, value) {
      writes++
      db.putSync(keyIn(table, key), value as Buffer)
    },
    remove(table, key) {
      writes++
      return db.removeSync(keyIn(table, key))
    },
    walk(table, range, options = {}) {
      return db
        .getRange(rangeOptions(table, range, options))
        .map(withoutTable)
        [Symbol.iterator]()
    },
    first(table, range, limit, options = {}) {
      const found = db.getRange({ ...rangeOptions(table, range, options), limit })
      return Array.from(found.map(withoutTable))
    },
    count: (table, range) => db.getKeysCount(rangeOptions(table, range, {})),
    transact: work => db.transactionSync(work),
    writes: () => writes,
    close: () => db.close(),
  }
}

function keyIn(table: number, key: Uint8Array): Buffer {
  const whole = Buffer.allocUnsafe(4 + key.length)
  whole.writeUInt32BE(table, 0)
  whole.set(key, 4)
  return whole
}

function withoutTable({ key, value }: { key: Uint8Array; value: Buffer }): Entry {
  return { key: Buffer.from(key.buffer, key.byteOffset + 4, key.length - 4), value }
}
