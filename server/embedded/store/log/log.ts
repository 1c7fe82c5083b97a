import { randomBytes } from 'node:crypto'
import { fdatasyncSync, ftruncateSync, readSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Durability } from '../tree.ts'
import { type Batch, batchesIn, type Change, createBatch, groupsOf } from './batch.ts'
import { createSegment, fillSegment, removeSegment, SEGMENT_BYTES, type Segment } from './segment.ts'

/**
 * The write-ahead log: every group of changes in the order in which they were made, in files that are written one
 * behind the other and used again. A group is durable when the batch it is in is on the disk; batches are written
 * one at a time, and what comes meanwhile makes up the next one. So what is on the disk is always a beginning of
 * what was done, and a group is there only with all groups it could have seen.
 */
export interface Log {
  /** Its files begin with this name, in hexadecimal. */
  readonly name: Buffer
  begin(): void
  /** See {@link Batch}. */
  add: Batch['add']
  /** Ends the group, where something was added, and has it written within moments. */
  end(): void
  cancel(): void
  /** Number of the last group that was ended. */
  lastGroup(): number
  /** Bytes of the log since it was opened. */
  written(): number
  /** Whether all groups that were ended are durable. */
  settled(): boolean
  /** Resolves when all groups that were ended are durable; rejects where they were lost. @param flush now */
  durable(flush?: boolean): Promise<void>
  /** The groups behind group number `after`, those included that are not durable yet. */
  groups(after: number): Generator<Change[]>
  /** Groups up to this number are not needed any more. */
  free(upTo: number): void
  /** Closes the files and removes them. */
  remove(): void
}

interface LogOptions {
  folder: string
  durability: Durability
  /** Number of the group before the first one. */
  after: number
  /**
   * A batch could not be written. Its groups, and those behind it, are gone from the log; what they changed must
   * be undone before this returns.
   */
  onLost(): void
}

interface Flight {
  promise: Promise<void>
  resolve(): void
  reject(error: unknown): void
}

/** How long a group that is not flushed waits for others that are. */
const LAZY_MS = 20
/** How long after a file could not be made the next attempt is. */
const RETRY_MS = 10_000

/** Opens a new log. Throws where its first file cannot be made. */
export function createLog({ folder, durability, after, onLost }: LogOptions): Log {
  const name = randomBytes(8)
  let files = 0
  let current = createSegment(nextPath())
  const full: Segment[] = []
  const spare: Segment[] = []
  let filling = createBatch(name)
  let writing = createBatch(name)
  let fillingFlight = flight()
  let writingFlight: Flight | undefined
  /** Number of the last group that is durable. */
  let durableGroup = after
  let bytes = 0
  let preparing = durability === 'commit'
  let broken: unknown
  let removed = false
  /** Groups nobody has flushed are written when it is over. */
  let lazily: NodeJS.Timeout | undefined
  prepare()

  function nextPath(): string {
    return join(folder, `${name.toString('hex')}-${++files}.log`)
  }

  function lastGroup(): number {
    return durableGroup + writing.groups() + filling.groups()
  }

  function start(): void {
    clearTimeout(lazily)
    lazily = undefined
    if (writingFlight || filling.groups() === 0) return
    ;[filling, writing] = [writing, filling]
    writingFlight = fillingFlight
    fillingFlight = flight()
    writeOut().then(landed, lost)
  }

  /**
   * Waits for the disk itself: into room that is there already that takes a fraction of a millisecond, less than
   * going to another thread and back. Async, so that a failure is looked at after the transaction it belongs to.
   */
  async function writeOut(): Promise<void> {
    if (broken) throw broken
    const batch = writing.seal(durableGroup + 1)
    if (isToRotate(batch.length)) rotate()
    for (let done = 0; done < batch.length; ) {
      done += writeSync(current.fd, batch, done, batch.length - done, current.end + done)
    }
    if (durability === 'fsync') fdatasyncSync(current.fd)
    current.end += batch.length
    bytes += batch.length
  }

  /** A file that is filled is taken as soon as there is one. */
  function isToRotate(bytes: number): boolean {
    if (current.end === 0) return false
    return current.end + bytes > SEGMENT_BYTES || (!current.filled && spare.length > 0)
  }

  function landed(): void {
    durableGroup += writing.groups()
    current.lastGroup = durableGroup
    writing.clear()
    const { resolve } = writingFlight!
    writingFlight = undefined
    resolve()
    prepare()
    start()
  }

  function lost(error: unknown): void {
    eraseTail()
    writing.clear()
    filling.clear()
    const flights = [writingFlight!, fillingFlight]
    writingFlight = undefined
    fillingFlight = flight()
    onLost()
    for (const { reject } of flights) reject(error)
  }

  /** What was told to have failed must not come back when the log is read; where that is not sure, nothing is written any more. */
  function eraseTail(): void {
    try {
      if (current.filled) writeSync(current.fd, Buffer.alloc(name.length), 0, name.length, current.end)
      else ftruncateSync(current.fd, current.end)
      fdatasyncSync(current.fd)
    } catch (error) {
      broken = error
    }
  }

  function rotate(): void {
    const next = spare.pop() ?? createSegment(nextPath())
    full.push(current)
    current = next
  }

  /** Has the next file ready before it is needed. */
  function prepare(): void {
    if (preparing || removed || spare.length > 0 || (current.filled && current.end < SEGMENT_BYTES / 2))
      return
    preparing = true
    fillSegment(nextPath())
      .then(segment => {
        if (removed) removeSegment(segment)
        else spare.push(segment)
      })
      .then(prepared, error => {
        process.emitWarning(error)
        setTimeout(prepared, RETRY_MS).unref()
      })
  }

  function prepared(): void {
    preparing = false
  }

  return {
    name,
    begin: () => filling.begin(),
    add: (kind, key, value) => filling.add(kind, key, value),
    cancel: () => filling.cancel(),
    end() {
      if (filling.end()) lazily ??= setTimeout(start, LAZY_MS)
    },
    lastGroup,
    written: () => bytes + filling.bytes(),
    settled: () => !writingFlight && filling.groups() === 0,
    durable(flush = true) {
      const last = filling.groups() > 0 ? fillingFlight : writingFlight
      if (flush) start()
      return last?.promise ?? Promise.resolve()
    },

    *groups(from) {
      for (const { fd, end, lastGroup: last } of [...full, current]) {
        if (last <= from) continue
        const content = Buffer.allocUnsafe(end)
        readSync(fd, content, 0, end, 0)
        for (const batch of batchesIn(content, name)) yield* groupsOf(batch, from + 1)
      }
      if (writingFlight)
        for (const batch of batchesIn(writing.seal(durableGroup + 1), name)) yield* groupsOf(batch, from + 1)
      const next = durableGroup + writing.groups() + 1
      for (const batch of batchesIn(filling.seal(next), name)) yield* groupsOf(batch, from + 1)
    },

    free(upTo) {
      while (full.length > 0 && full[0]!.lastGroup <= upTo) {
        const segment = full.shift()!
        if (segment.filled && segment.end <= SEGMENT_BYTES && spare.length < 2)
          spare.push(Object.assign(segment, { end: 0 }))
        else removeSegment(segment)
      }
    },

    remove() {
      removed = true
      clearTimeout(lazily)
      for (const segment of [...full, current, ...spare]) removeSegment(segment)
    },
  }
}

/** Nobody may be waiting for it when it is lost, which is no unhandled rejection then. */
function flight(): Flight {
  let settle: Pick<Flight, 'resolve' | 'reject'>
  const promise = new Promise<void>((resolve, reject) => {
    settle = { resolve, reject }
  })
  promise.catch(() => undefined)
  return { promise, ...settle! }
}
