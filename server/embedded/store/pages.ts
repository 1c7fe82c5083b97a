import { chmodSync, closeSync, fdatasync, openSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { ABORT, open, type RootDatabase } from 'lmdb'
import { KEYS, type TableKey } from './table-key.ts'
import { VALUES } from './values.ts'

/** An LMDB file, of which one write transaction at a time may stay open as long as one likes. */
export interface Pages {
  /** Another one after `reopen`. */
  readonly db: RootDatabase<Buffer, TableKey>
  /** Runs `work` as a transaction that is on the disk when it returns. */
  transact<T>(work: () => T): T
  /** Begins a transaction: from now on this thread reads and writes in it. */
  begin(): void
  /**
   * Commits it and answers its number. It is not on the disk before `flush`, and until then no other one may be
   * committed. Where it throws the transaction is undone.
   */
  commit(): number
  abort(): void
  flush(): Promise<void>
  /**
   * Lets go of the memory that reading has mapped, which counts as the process's own although it is the system's
   * cache. Must be called while no transaction is open and the last one is on the disk: another process may look
   * at the file meanwhile.
   */
  reopen(): void
  close(): Promise<void>
}

const OPTIONS = {
  keyEncoder: KEYS,
  encoder: VALUES,
  cache: false,
  pageSize: 4096,
  overlappingSync: false,
  // Addresses, not memory: a map that has to grow is mapped once more beside the old one. Windows would make the
  // file as large.
  ...(process.platform !== 'win32' && { mapSize: 2 ** 38 }),
} as const

/** LMDB's flags for a transaction: abortable, committed by this thread, its pages left to the system to write. */
const UNFLUSHED: number = 0x10003

const syncAsync = promisify(fdatasync)

/**
 * Opens the file as its last transaction left it that is known to be on the disk. LMDB writes a transaction's
 * pages to places that neither it nor the one before uses, and then one of two places, in turn, with the number
 * and the root (mdb_txn_commit, mdb_env_write_meta in mdb.c). Without a flush between the two a power cut may keep
 * the root and lose pages; the transaction before is then still whole, as long as it was flushed and no third one
 * was committed. So where the newest is not the `flushed` one, the one before is taken.
 */
export function openPages(folder: string, flushed: number | undefined, sync: boolean): Pages {
  const options = { ...OPTIONS, noSync: !sync }
  let db: RootDatabase<Buffer, TableKey> = open(folder, options)
  if (flushed !== undefined && newestTransaction(db) > flushed) {
    void db.close()
    const before = { ...options, usePreviousSnapshot: true }
    db = open(folder, before)
  }
  for (const file of readdirSync(folder)) if (file.endsWith('.mdb')) chmodSync(join(folder, file), 0o600)
  const fd = openSync(join(folder, 'data.mdb'), 'r+')
  let finish: ((result: unknown) => unknown) | undefined

  function end(result: unknown): void {
    const finishing = finish
    finish = undefined
    finishing?.(result)
  }

  return {
    get db() {
      return db
    },
    transact: work => db.transactionSync(work),
    // A callback's result that has `then` keeps the transaction open until `then`'s first argument is called.
    begin() {
      const untilFinished = {
        // biome-ignore lint/suspicious/noThenProperty: it is what keeps the transaction open
        then(onFulfilled: (result: unknown) => unknown) {
          finish = onFulfilled
        },
      }
      db.transactionSync(() => untilFinished, UNFLUSHED)
    },
    commit() {
      const transaction = db.getWriteTxnId()
      end(undefined)
      return transaction
    },
    abort: () => end(ABORT),
    flush: () => (sync ? syncAsync(fd) : Promise.resolve()),
    reopen() {
      void db.close()
      db = open(folder, options)
    },
    async close() {
      if (finish) end(ABORT)
      closeSync(fd)
      await db.close()
    },
  }
}

function newestTransaction(db: RootDatabase<Buffer, TableKey>): number {
  let next = 0
  db.transactionSync(() => {
    next = db.getWriteTxnId()
    return ABORT
  })
  return next - 1
}
