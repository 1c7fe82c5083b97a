import { MongoError, mongoError } from '../errors.ts'
import type { Catalog } from './catalog.ts'
import type { Ownership } from './owner.ts'
import type { Tree } from './tree.ts'

/**
 * A part of a write that is done in one transaction. Its result is the answer, or the next part: long writes are
 * cut so that others get their turn. A step may be run again after its transaction failed, so it must not change
 * what it captured, and must throw a MongoError only before it writes.
 */
export type Step<T> = () => { done: T } | { next: Step<T> }

export interface CommitQueue {
  /**
   * Runs the steps of a write one after the other; resolves when the last one is durable. With `flush: false` it
   * resolves when it is done: what is done later is behind it in the log, so that nothing overtakes it, but a killed
   * process may lose it together with all that came later.
   */
  submit<T>(step: Step<T>, options?: { flush: boolean }): Promise<T>
  /** Resolves when everything submitted so far is done; refuses whatever comes later. */
  close(): Promise<void>
}

interface Pending {
  step: Step<unknown>
  flush: boolean
  resolve(result: unknown): void
  reject(error: unknown): void
}

const FLUSHED = { flush: true }

/**
 * Writes that were answered before they were on the disk can be lost without the process: the disk was full. For so
 * long nothing is written then, so that whoever goes on from such an answer, which takes a fraction of that, hears of it.
 */
const DISTRUST_MS = 3_000

type Ended = { done: unknown } | { refused: MongoError }
type Outcome = Ended | { next: Step<unknown> }

/**
 * Group commit: all steps waiting at the time share one transaction. Steps are answered when it is durable; those
 * that come meanwhile make up the next ones.
 */
export function createCommitQueue(tree: Tree, catalog: Catalog, ownership: Ownership): CommitQueue {
  let waiting: Pending[] = []
  /** Groups that are done and not yet durable. */
  let unsettled = 0
  let scheduled = false
  let closed = false
  let idle: (() => void) | undefined
  let distrust: { readonly until: number; readonly error: MongoError } | undefined

  function schedule(): void {
    if (scheduled || waiting.length === 0) return
    scheduled = true
    const held = tree.hold()
    if (held) held.then(unschedule)
    else setImmediate(run)
  }

  function unschedule(): void {
    scheduled = false
    schedule()
  }

  function run(): void {
    scheduled = false
    if (!tree.hold()) {
      const group = waiting
      waiting = []
      commit(group)
    }
    schedule()
    endIfIdle()
  }

  function commit(group: Pending[]): void {
    let outcomes: Outcome[]
    try {
      outcomes = tree.transact(() => {
        ownership.check()
        const results = group.map(attempt)
        catalog.saveCounts()
        return results
      })
    } catch (error) {
      catalog.reload()
      if (group.length > 1) for (const pending of group) commit([pending])
      else group[0]!.reject(asMongoError(error))
      return
    }
    // What is a part need not be on the disk before the next part is done: that is behind it in the log.
    for (const [at, outcome] of outcomes.entries()) if ('next' in outcome) goOn(group[at]!, outcome.next)
    const ended = outcomes.flatMap((outcome, at) =>
      'next' in outcome ? [] : [{ outcome, pending: group[at]! }],
    )
    for (const { outcome, pending } of ended) if (!pending.flush) settle(pending, outcome)
    const flushed = ended.filter(({ pending }) => pending.flush)
    unsettled++
    tree
      .durable(flushed.length > 0)
      .then(
        () => {
          for (const { outcome, pending } of flushed) settle(pending, outcome)
        },
        error => {
          catalog.reload()
          if (flushed.length < ended.length)
            distrust = { until: performance.now() + DISTRUST_MS, error: asMongoError(error) }
          waiting = waiting.filter(pending => !group.includes(pending))
          for (const { reject } of group) reject(asMongoError(error))
        },
      )
      .finally(() => {
        unsettled--
        schedule()
        endIfIdle()
      })
  }

  function goOn(pending: Pending, next: Step<unknown>): void {
    pending.step = next
    waiting.push(pending)
  }

  function endIfIdle(): void {
    if (!scheduled && waiting.length === 0 && unsettled === 0) idle?.()
  }

  function attempt({ step }: Pending): Outcome {
    const writesBefore = tree.writes()
    try {
      return step()
    } catch (error) {
      if (error instanceof MongoError && tree.writes() === writesBefore) return { refused: error }
      throw error
    }
  }

  function settle({ resolve, reject }: Pending, outcome: Ended): void {
    if ('done' in outcome) resolve(outcome.done)
    else reject(outcome.refused)
  }

  return {
    submit: <T>(step: Step<T>, { flush } = FLUSHED) =>
      new Promise<T>((resolve, reject) => {
        if (closed) return reject(mongoError('InterruptedAtShutdown', 'the store is closing'))
        if (distrust && performance.now() < distrust.until) return reject(distrust.error)
        waiting.push({ step, flush, resolve: result => resolve(result as T), reject })
        schedule()
      }),
    close: () =>
      new Promise(resolve => {
        closed = true
        idle = resolve
        endIfIdle()
      }),
  }
}

/** How LMDB words a write that the disk did not take; one that was cut short counts as an input/output error. */
const DISK_TROUBLE = /ENOSPC|EFBIG|No space left|File too large|Input\/output error|MDB_MAP_FULL|quota/i

/** What the client is told about a transaction that failed for another reason than the request itself. */
function asMongoError(error: unknown): MongoError {
  if (error instanceof MongoError) return error
  const message = error instanceof Error ? error.message : String(error)
  if (DISK_TROUBLE.test(message))
    return mongoError('OutOfDiskSpace', `nothing was written, the disk is full or failing: ${message}`)
  return mongoError('InternalError', `nothing was written: ${message}`)
}
