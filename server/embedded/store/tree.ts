import { join } from 'node:path'
import { type Checkpoints, createCheckpoints } from './checkpoints.ts'
import type { Change } from './log/batch.ts'
import { type FoundLog, findLog, groupsBehind, lastGroupOf } from './log/found-log.ts'
import { createLog, type Log } from './log/log.ts'
import { openPages } from './pages.ts'
import { openPrivateFolder } from './private-folder.ts'
import { refuseDamage, transactionOf } from './refuse-damage.ts'
import { breakSeal, sealData } from './seal.ts'
import { StartError } from './start-error.ts'
import { keyIn, NOTHING, passingKey, type TableKey } from './table-key.ts'
import { TABLE } from './tables.ts'

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

/** `fsync`: what is durable is on the disk. `commit`: it survives a killed process, not a power cut. */
export type Durability = 'fsync' | 'commit'

/**
 * One ordered key-value tree on disk, shared by many tables. A table is a number that prefixes its keys, so
 * making one costs nothing, an aborted transaction leaves none behind, and there is no limit on how many exist.
 */
export interface Tree {
  get(table: number, key: Uint8Array): Buffer | undefined
  has(table: number, key: Uint8Array): boolean
  /** Puts and removes are made inside a transaction. @param own what the key goes on with, see {@link TableKey} */
  put(table: number, key: Uint8Array, value: Uint8Array, own?: Uint8Array): void
  /** Puts an entry whose key is not there yet. @returns false, and changes nothing, where it is */
  putNew(table: number, key: Uint8Array, value: Uint8Array): boolean
  remove(table: number, key: Uint8Array, own?: Uint8Array): boolean
  /** The entries of a range, in key order. The values are copies; do not write while walking. */
  walk(table: number, range: KeyRange, options?: WalkOptions): Iterator<Entry>
  /** The first entries of a range. */
  first(table: number, range: KeyRange, limit: number, options?: WalkOptions): Entry[]
  count(table: number, range: KeyRange): number
  /**
   * Runs `work` as one transaction; an error thrown inside undoes all of it and comes out again. Once the log was
   * started it is durable only when `durable` says so; reads see it at once.
   */
  transact<T>(work: () => T): T
  /**
   * Resolves when all transactions so far are durable. Rejects where they could not be written: then they, and
   * all behind them, were undone.
   * @param flush have them written now; else within moments, with others that are in a hurry if there are any
   */
  durable(flush?: boolean): Promise<void>
  /** While it answers a promise, no transaction may be begun before that resolves. */
  hold(): Promise<void> | undefined
  /** How many puts and removes have been made since the tree was opened. */
  writes(): number
  /**
   * To be called once, by the owner of the folder: brings back what the log of the process before holds, and
   * writes one from now on. `work` is done in the same transaction. Throws StartError where the log is damaged.
   */
  startLog(work: () => void): void
  close(): Promise<void>
}

/** Every key of a table; no key begins with the byte 0xff. */
export const ALL_KEYS: KeyRange = { lower: Buffer.alloc(0), upper: Buffer.of(0xff) }

/** Number of the last group of the log that is in the tree, as a double. */
const APPLIED = Buffer.from('applied')
/** Name of the log that belongs to the tree; absent where everything is in the tree itself. */
const LOG = Buffer.from('log')

/** How often damage is looked for again, and how long after. */
const LOOKS = 3
const LOOK_AGAIN_MS = 200

/**
 * The log in a folder whose data file is whole. What another process does that opens the folder at the same moment
 * can look like damage; real damage stays. Throws StartError where it does.
 */
function lookedAt(folder: string, logFolder: string): FoundLog {
  for (let looks = 1; ; looks++) {
    const before = transactionOf(folder)
    const left = findLog(logFolder)
    try {
      refuseDamage(folder, left, before)
      return left
    } catch (error) {
      if (looks === LOOKS) throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LOOK_AGAIN_MS)
    }
  }
}

/**
 * Opens (or makes) the tree in `folder`; its files can be read by their owner only. Throws StartError where it cannot
 * be written or is damaged.
 */
export function openTree(folder: string, durability: Durability): Tree {
  openPrivateFolder(folder)
  const logFolder = join(folder, 'log')
  const left = lookedAt(folder, logFolder)
  breakSeal(folder)
  const pages = openPages(folder, left.flushed, durability === 'fsync')
  let writes = 0
  let log: Log | undefined
  let checkpoints: Checkpoints | undefined
  let isOpen = false

  function rangeOptions(table: number, range: KeyRange, { reverse, after }: WalkOptions) {
    const lower = keyIn(table, range.lower)
    const upper = keyIn(table, range.upper)
    const resumed = after && keyIn(table, after)
    return reverse
      ? { start: resumed ?? upper, end: lower, reverse, exclusiveStart: true, inclusiveEnd: true }
      : { start: resumed ?? lower, end: upper, exclusiveStart: resumed !== undefined }
  }

  function get(table: number, key: Uint8Array): Buffer | undefined {
    return pages.db.get(passingKey(table, key))
  }

  function putUnlogged(table: number, key: Buffer, value: Buffer): void {
    pages.db.putSync(passingKey(table, key), value)
  }

  function apply({ kind, key, value }: Change): void {
    if (kind === 'put') pages.db.putSync(key, value as Buffer)
    else if (kind === 'remove') pages.db.removeSync(key)
  }

  function begin(): void {
    if (isOpen) return
    pages.begin()
    isOpen = true
    checkpoints?.begun()
  }

  /** Brings the open transaction back to what the log holds. */
  function restore(started: Log, after: number): void {
    try {
      if (isOpen) pages.abort()
      isOpen = false
      begin()
      for (const group of started.groups(after)) group.forEach(apply)
    } catch (error) {
      // What is in memory is no longer what was acknowledged; only a new process can bring that back.
      setImmediate(() => {
        throw error
      })
      throw error
    }
  }

  function transactLogged<T>(started: Log, { check, changed, committed }: Checkpoints, work: () => T): T {
    check()
    begin()
    const before = writes
    started.begin()
    let result: T
    try {
      result = work()
    } catch (error) {
      started.cancel()
      if (writes > before) restore(started, committed())
      throw error
    }
    started.end()
    changed()
    return result
  }

  function startLog(work: () => void): void {
    const before = findLog(logFolder)
    const expected = get(TABLE.meta, LOG)?.toString()
    if (expected && !before.names.has(expected)) throw missing(folder)
    const applied = get(TABLE.meta, APPLIED)?.readDoubleBE(0) ?? 0
    const group = Math.max(applied, lastGroupOf(before))
    let started: Log | undefined
    try {
      const transaction = pages.transact(() => {
        for (const changes of groupsBehind(before, applied, logFolder)) changes.forEach(apply)
        work()
        const made = createLog({
          folder: logFolder,
          durability,
          after: group,
          onLost: () => restore(made, checkpoints!.committed()),
        })
        started = made
        putUnlogged(TABLE.meta, APPLIED, double(group))
        putUnlogged(TABLE.meta, LOG, Buffer.from(made.name.toString('hex')))
        return pages.db.getWriteTxnId()
      })
      log = started!
      checkpoints = createCheckpoints({
        pages,
        log,
        started: { transaction, group },
        before: before.paths,
        isOpen: () => isOpen,
        commit,
      })
    } catch (error) {
      started?.remove()
      throw error
    }
  }

  function commit(group: number): number {
    try {
      putUnlogged(TABLE.meta, APPLIED, double(group))
      const transaction = pages.commit()
      isOpen = false
      return transaction
    } catch (error) {
      isOpen = false
      restore(log!, checkpoints!.committed())
      throw error
    }
  }

  async function endLog(started: Log, { finish }: Checkpoints): Promise<void> {
    await finish()
    pages.transact(() => pages.db.removeSync(passingKey(TABLE.meta, LOG)))
    started.remove()
  }

  return {
    get,
    has: (table, key) => pages.db.doesExist(passingKey(table, key)),
    put(table, key, value, own) {
      writes++
      const whole = passingKey(table, key, own)
      pages.db.putSync(whole, value as Buffer)
      log?.add('put', whole, value)
    },
    putNew(table, key, value) {
      const whole = passingKey(table, key)
      const isNew: unknown = pages.db.putSync(whole, value as Buffer, NO_OVERWRITE)
      if (isNew !== true) return false
      writes++
      log?.add('put', whole, value)
      return true
    },
    remove(table, key, own) {
      writes++
      const whole = passingKey(table, key, own)
      const existed = pages.db.removeSync(whole)
      if (existed) log?.add('remove', whole, NOTHING)
      return existed
    },
    walk(table, range, options = {}) {
      return pages.db
        .getRange(rangeOptions(table, range, options))
        .map(withoutTable)
        [Symbol.iterator]()
    },
    first(table, range, limit, options = {}) {
      const found = pages.db.getRange({ ...rangeOptions(table, range, options), limit })
      return Array.from(found.map(withoutTable))
    },
    count: (table, range) => pages.db.getKeysCount(rangeOptions(table, range, {})),
    transact: work => (log && checkpoints ? transactLogged(log, checkpoints, work) : pages.transact(work)),
    durable: flush => log?.durable(flush) ?? Promise.resolve(),
    hold: () => checkpoints?.hold(),
    writes: () => writes,
    startLog,
    async close() {
      try {
        if (log && checkpoints) await endLog(log, checkpoints)
      } finally {
        isOpen = false
        await pages.close()
      }
      if (log) sealData(folder)
    },
  }
}

const NO_OVERWRITE = { noOverwrite: true }

function double(number: number): Buffer {
  const value = Buffer.alloc(8)
  value.writeDoubleBE(number, 0)
  return value
}

function withoutTable({ key: [, key], value }: { key: TableKey; value: Buffer }): Entry {
  return { key: key as Buffer, value }
}

function missing(folder: string): StartError {
  return new StartError(
    'DATA_LOG_DAMAGED',
    `The log that belongs to the data in ${folder} is missing, and with it acknowledged changes. Put the folder ` +
      '"log" back, or restore the whole folder from a backup.',
  )
}
