import { randomBytes } from 'node:crypto'
import { mkdirSync, readSync, write } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { SEGMENT_BYTES, syncFolderOf } from '../../embedded/store/log/segment.ts'
import { type BlockWriter, blockWriter, type FoundRecord, type JournalRecord } from './block.ts'
import { findJournal } from './found-journal.ts'
import { closeFile, filledFile, foundFile, type JournalFile, newFile, removeFile } from './journal-file.ts'

/** So long after the last append it is noted how far all is worked off. */
const MARK_AFTER_MS = 1_000
/** A first file that is longer takes so many orders that making room for them beforehand pays. */
const FEW_BYTES = 256 * 1024
/** How long after a file could not be made the next attempt is. */
const RETRY_MS = 10_000

const writeTo = promisify(write)

/** Where a record lies. */
export interface Place {
  /** Number of the file. */
  readonly file: number
  /** Number of the group of records that were written together. */
  readonly group: number
  /** Where the document begins and how long it is, in bytes. */
  readonly at: number
  readonly length: number
}

/**
 * Events on the disk, appended one group behind the other: a queue of files in which nothing is changed or moved.
 * A record is read again by its place, and its file is removed when none of its records waits any more.
 */
export interface Journal {
  /** The records are on the disk when it resolves; several calls may overlap. @throws where they could not be written */
  append(records: readonly JournalRecord[]): Promise<Place[]>
  read(place: Place): Uint8Array
  /** Whether the record there is the event's. */
  isAt(place: Place, id: string): boolean
  /** The record is needed no more. */
  release(place: Place): void
  /** Notes how far all is worked off and closes the files; where nothing waits, they are removed. */
  close(): Promise<void>
}

/** A journal, and what processes before this one left in its folder. */
export interface OpenedJournal {
  readonly journal: Journal
  readonly found: readonly { readonly record: FoundRecord; readonly place: Place }[]
}

function bytesAt({ fd, path }: JournalFile, at: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length)
  for (let done = 0; done < length; ) {
    const count = readSync(fd, bytes, done, length - done, at + done)
    if (count === 0) throw new Error(`${path} ends before byte ${at + length}`)
    done += count
  }
  return bytes
}

/** Opens the journal of a folder, which one process does at a time. @throws where its first file cannot be made */
export function openJournal(folder: string): OpenedJournal {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const before = findJournal(folder)
  const name = randomBytes(8)
  let names = 0
  let number = before.lastGroup
  /** How many records of each group still wait, oldest group first. */
  const groups = new Map<number, number>()
  const files = new Map<number, JournalFile>()
  let fileNumber = 0
  let current = newFile(nextPath())
  let spare: JournalFile | undefined
  let preparing: Promise<void> | undefined
  let isClosed = false
  /** Those that are not in use: each holds one block. */
  const writers: BlockWriter[] = []
  /** The mark the disk has. */
  let marked = 0
  let marking: NodeJS.Timeout | undefined
  const writing = new Set<Promise<unknown>>()
  const removing = new Set<Promise<void>>()

  function nextPath(): string {
    return join(folder, `${name.toString('hex')}-${++names}.log`)
  }

  const found = takeUp()

  function takeUp(): OpenedJournal['found'] {
    const taken = before.files.flatMap(({ path, records }) => {
      const file = foundFile(path)
      if (records.length === 0) remove(file)
      else files.set(++fileNumber, file)
      file.live = records.length
      return records.map(record => {
        const { group, at, length } = record
        return { record, place: { file: fileNumber, group, at, length } }
      })
    })
    taken.sort((a, b) => a.place.group - b.place.group)
    for (const { place } of taken) groups.set(place.group, (groups.get(place.group) ?? 0) + 1)
    files.set(++fileNumber, current)
    return taken
  }

  function remove(file: JournalFile): void {
    const removed = removeFile(file)
      .catch(error => void process.emitWarning(error as Error))
      .finally(() => removing.delete(removed))
    removing.add(removed)
  }

  /** Has the next file ready before it is needed; where few orders come, none is. */
  function prepare(): void {
    const enough = current.filled ? SEGMENT_BYTES / 2 : FEW_BYTES
    if (preparing || isClosed || spare || current.end < enough) return
    preparing = filledFile(nextPath()).then(
      file => {
        preparing = undefined
        if (isClosed) remove(file)
        else spare = file
      },
      error => {
        process.emitWarning(error as Error)
        setTimeout(() => {
          preparing = undefined
        }, RETRY_MS).unref()
      },
    )
  }

  /** A file that is filled is taken as soon as there is one. */
  function rotateFor(bytes: number): void {
    if (current.end === 0 && current.filled) return
    if (current.end + bytes <= SEGMENT_BYTES && (current.filled || !spare)) return
    const next = spare ?? (current.end === 0 ? current : newFile(nextPath()))
    if (next === current) return
    spare = undefined
    const written = current
    current = next
    letGo(fileNumber, written)
    files.set(++fileNumber, current)
  }

  /** Files of which nothing waits are removed, but for the one that is written. */
  function letGo(which: number, file: JournalFile): void {
    if (file.live > 0 || file === current) return
    files.delete(which)
    remove(file)
  }

  /** Every group before this one is worked off. */
  const mark = (): number => groups.keys().next().value ?? number + 1

  /** Its place is taken at once, so that the next group may be written meanwhile. */
  async function writeGroup(records: readonly JournalRecord[]): Promise<Place[]> {
    const worked = mark()
    const group = ++number
    const writer = writers.pop() ?? blockWriter(name)
    const { bytes, places: within } = writer.write(records, { group, mark: worked })
    rotateFor(bytes.length)
    const file = current
    const which = fileNumber
    const start = file.end
    file.end += bytes.length
    // One more as long as it is written: a file in use is not closed.
    file.live += records.length + 1
    if (records.length > 0) groups.set(group, records.length)
    try {
      for (let done = 0; done < bytes.length; ) {
        const { bytesWritten } = await writeTo(file.out, bytes, done, bytes.length - done, start + done)
        done += bytesWritten
      }
    } catch (error) {
      groups.delete(group)
      file.live -= records.length
      throw error
    } finally {
      writers.push(writer)
      file.live--
      letGo(which, file)
    }
    marked = Math.max(marked, worked)
    prepare()
    return records.map(
      ({ bson }, index): Place => ({
        file: which,
        group,
        at: start + within[index]!,
        length: bson.length,
      }),
    )
  }

  function markSoon(): void {
    marking ??= setTimeout(() => {
      marking = undefined
      if (isClosed || mark() <= marked) return
      noted(writeGroup([])).catch(error => process.emitWarning(error as Error))
    }, MARK_AFTER_MS).unref()
  }

  /** Closing waits for it. */
  function noted<T>(write: Promise<T>): Promise<T> {
    writing.add(write)
    return write.finally(() => writing.delete(write))
  }

  const journal: Journal = {
    append: records => noted(writeGroup(records)),
    read: ({ file, at, length }) => bytesAt(files.get(file)!, at, length),
    isAt({ file, at }, id) {
      const bytes = Buffer.from(id)
      return at > bytes.length && bytes.equals(bytesAt(files.get(file)!, at - bytes.length, bytes.length))
    },
    release(place) {
      const live = groups.get(place.group)! - 1
      if (live > 0) groups.set(place.group, live)
      else groups.delete(place.group)
      const file = files.get(place.file)!
      file.live--
      letGo(place.file, file)
      markSoon()
    },
    async close() {
      if (isClosed) return
      clearTimeout(marking)
      await Promise.allSettled(writing)
      const holds = groups.size > 0
      if (holds) await writeGroup([])
      isClosed = true
      for (const file of [...files.values(), ...(spare ? [spare] : [])]) {
        // The one that is written bears the mark.
        if (holds && file !== spare) closeFile(file)
        else remove(file)
      }
      await preparing
      await Promise.all(removing)
      syncFolderOf(current.path)
    },
  }
  return { journal, found }
}
