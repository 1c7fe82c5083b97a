import { readFileSync, rmSync } from 'node:fs'
import { flushedValue } from './log/found-log.ts'
import type { Log } from './log/log.ts'
import type { Pages } from './pages.ts'

/** How long changes stay in the open transaction, that is in the log and in memory alone. */
const EVERY_MS = 500
/** Bytes of the log after which it is not waited for that time: they stand for changed pages in memory. */
const SOON_BYTES = 8 * 1024 * 1024
/** Bytes of the log after which nothing is accepted before the disk has kept up. */
const HOLD_BYTES = 64 * 1024 * 1024
/** How long after a failed attempt the next one is made. */
const RETRY_MS = 1000

/**
 * What is mapped is let go of where it is so much more than at the start and the process takes so much in all; and how
 * often that is looked at. Not sooner: behind each time V8 compiles the hottest code anew, and every page is fetched again.
 */
const MAPPED_BYTES = 64 * 1024 * 1024
const RESIDENT_BYTES = 384 * 1024 * 1024
const LOOK_EVERY_MS = 250

/** Brings what the log holds into the tree's own file, and lets go of the log behind it. */
export interface Checkpoints {
  /** To be called when a transaction was begun. */
  begun(): void
  /** To be called after each group. */
  changed(): void
  /** Number of the last group that is in the committed tree. */
  committed(): number
  /** While it is there, no group may be begun. */
  hold(): Promise<void> | undefined
  /** Throws what keeps changes from being accepted: a disk that is full, or failed. */
  check(): void
  /** Makes a checkpoint of everything; rejects where that fails. */
  finish(): Promise<void>
}

interface CheckpointOptions {
  pages: Pages
  log: Log
  /** The transaction the log starts behind: it is on the disk. */
  started: { transaction: number; group: number }
  /** Files of the logs it takes the place of. */
  before: string[]
  isOpen(): boolean
  /** Commits the open transaction, with the number of the last group in it. Throws where that fails. */
  commit(group: number): number
}

export function createCheckpoints(options: CheckpointOptions): Checkpoints {
  const { pages, log, started, before, isOpen, commit } = options
  const mostMapped = memory().mapped + MAPPED_BYTES
  let committed = started.group
  let writtenBefore = log.written()
  let timer: NodeJS.Timeout | undefined
  let hold: { promise: Promise<void>; release(): void } | undefined
  /** A disk that is full: it may have room again. */
  let trouble: unknown
  /** A disk that failed: what is on it is known only after a restart. */
  let broken: unknown
  /** The committed transaction the log does not know yet to be on the disk. */
  let unmarked: CheckpointOptions['started'] | undefined = started
  let running: Promise<void> | undefined = mark()
  running.catch(failed).finally(rest)
  const looking = setInterval(() => {
    if (takesTooMuch()) run()
  }, LOOK_EVERY_MS).unref()

  function takesTooMuch(): boolean {
    const { resident, mapped } = memory()
    return mapped > mostMapped && resident > RESIDENT_BYTES
  }

  function rest(): void {
    running = undefined
    if (isOpen() || trouble) soon(trouble ? RETRY_MS : EVERY_MS)
  }

  function soon(afterMs: number): void {
    timer ??= setTimeout(run, afterMs).unref()
  }

  function run(): void {
    clearTimeout(timer)
    timer = undefined
    if (running || broken) return
    running = checkpoint()
    running.catch(failed).finally(rest)
  }

  function failed(error: unknown): void {
    trouble = error
  }

  /**
   * The order that makes it safe: a group is committed to the tree only when the log has it for good, and a
   * transaction is committed only when the one before is on the disk and the log says so.
   */
  async function checkpoint(): Promise<void> {
    await mark()
    stop()
    try {
      while (!log.settled()) await log.durable()
      if (isOpen()) commitAll()
      if (takesTooMuch()) {
        await mark()
        if (!isOpen()) pages.reopen()
      }
    } finally {
      go()
    }
    await mark()
    trouble = undefined
  }

  function commitAll(): void {
    const group = log.lastGroup()
    unmarked = { transaction: commit(group), group }
    committed = group
    writtenBefore = log.written()
  }

  async function mark(): Promise<void> {
    if (!unmarked) return
    const { transaction, group } = unmarked
    await pages.flush().catch(error => {
      broken = error
      throw error
    })
    log.begin()
    log.add('flushed', undefined, flushedValue(transaction))
    log.end()
    await log.durable()
    unmarked = undefined
    log.free(group)
    for (const path of before.splice(0)) rmSync(path, { force: true })
  }

  function stop(): void {
    let release = () => {}
    const promise = new Promise<void>(resolve => {
      release = resolve
    })
    hold = { promise, release }
  }

  function go(): void {
    const held = hold
    hold = undefined
    held?.release()
  }

  return {
    begun: () => soon(EVERY_MS),
    changed() {
      if (log.written() - writtenBefore > SOON_BYTES) run()
    },
    committed: () => committed,
    hold() {
      if (hold) return hold.promise
      return running && log.written() - writtenBefore > HOLD_BYTES
        ? running.catch(() => undefined)
        : undefined
    },
    check() {
      const error = broken ?? trouble
      if (error) throw error
    },
    async finish() {
      clearInterval(looking)
      await running?.catch(() => undefined)
      clearTimeout(timer)
      await checkpoint()
    },
  }
}

/** What the process takes in all, and how much of it is files' pages; known on Linux only (statm in proc(5)). */
function memory(): { resident: number; mapped: number } {
  if (process.platform !== 'linux') return { resident: 0, mapped: 0 }
  const PAGE_BYTES = 4096
  const [, resident, mapped] = readFileSync('/proc/self/statm', 'utf8').split(' ')
  return { resident: Number(resident) * PAGE_BYTES, mapped: Number(mapped) * PAGE_BYTES }
}
