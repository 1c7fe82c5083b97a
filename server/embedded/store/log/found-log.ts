import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { StartError } from '../start-error.ts'
import { batchAt, batchesIn, type Change, groupsOf } from './batch.ts'

/** Where a batch lies. */
interface Place {
  path: string
  name: Buffer
  at: number
  firstGroup: number
  lastGroup: number
}

/** The logs that processes before this one left in a folder. */
export interface FoundLog {
  /** Names of the logs, in hexadecimal. */
  names: ReadonlySet<string>
  paths: string[]
  /** The last transaction of the tree that is known to be on the disk whole; absent where none is named. */
  flushed?: number
  batches: readonly Place[]
}

const FILE = /^([0-9a-f]{16})-\d+\.log$/

/** Looks through the logs in a folder, which is made where it does not exist. */
export function findLog(folder: string): FoundLog {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const names = new Set<string>()
  const paths: string[] = []
  const batches: Place[] = []
  let flushed: { group: number; transaction: number } | undefined
  for (const file of readdirSync(folder)) {
    const hex = FILE.exec(file)?.[1]
    const path = join(folder, file)
    const bytes = hex && contentOf(path)
    if (!hex || !bytes) continue
    names.add(hex)
    paths.push(path)
    const name = Buffer.from(hex, 'hex')
    for (const batch of batchesIn(bytes, name)) {
      const { at, firstGroup, groups } = batch
      batches.push({ path, name, at, firstGroup, lastGroup: firstGroup + groups - 1 })
      for (const change of [...groupsOf(batch, firstGroup)].flat())
        if (change.kind === 'flushed' && !(flushed && flushed.group > firstGroup))
          flushed = { group: firstGroup, transaction: transactionOf(change) }
    }
  }
  batches.sort((a, b) => a.firstGroup - b.firstGroup)
  return { names, paths, flushed: flushed?.transaction, batches }
}

/** Undefined where the file is gone: an owner that lives removes some while others look. */
function contentOf(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** What a `flushed` change says: which transaction of the tree is on the disk. */
export function flushedValue(transaction: number): Buffer {
  const value = Buffer.alloc(8)
  value.writeDoubleLE(transaction, 0)
  return value
}

function transactionOf({ value }: Change): number {
  return Buffer.from(value).readDoubleLE(0)
}

/**
 * The groups behind group number `after`, in order. A batch at the end that was not written whole was never
 * acknowledged and is left out; one that is missing before others was, so it throws StartError.
 */
export function* groupsBehind({ batches }: FoundLog, after: number, folder: string): Generator<Change[]> {
  let last = after
  let open: { path: string; bytes: Buffer } | undefined
  for (const { path, name, at, firstGroup, lastGroup } of batches) {
    if (lastGroup <= last) continue
    if (firstGroup > last + 1) throw damaged(folder, last + 1, firstGroup - 1)
    if (open?.path !== path) open = { path, bytes: readFileSync(path) }
    yield* groupsOf(batchAt(open.bytes, at, name)!, last + 1)
    last = lastGroup
  }
}

/** Number of the last group there is; 0 where there is none. */
export function lastGroupOf({ batches }: FoundLog): number {
  return Math.max(0, ...batches.map(batch => batch.lastGroup))
}

function damaged(folder: string, first: number, last: number): StartError {
  return new StartError(
    'DATA_LOG_DAMAGED',
    `The log in ${folder} is damaged: groups ${first} to ${last} cannot be read, though later ones can, so ` +
      'acknowledged changes would be lost. Nothing was changed. Check the disk and restore the folder from a backup.',
  )
}
