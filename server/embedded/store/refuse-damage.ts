import { closeSync, openSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { checkPages } from './check-pages.ts'
import type { FoundLog } from './log/found-log.ts'
import { measure, newestTransaction, readSeal, type Seal } from './seal.ts'
import { StartError } from './start-error.ts'

/** What is walked through in a few seconds. */
const WALKED_BYTES = 4 * 1024 * 1024 * 1024
/** One damaged place often shows in many. */
const TOLD = 3

/**
 * Looks at the data file before LMDB does, which trusts what it finds: a damaged page makes it read wrong places,
 * and that ends the process without a word. A file that was closed in order must be what its seal says; of another
 * one all pages are looked at. Throws StartError where it is damaged.
 * @param before the newest transaction as it was before the log was read
 */
export function refuseDamage(folder: string, { flushed, paths }: FoundLog, before: number | undefined): void {
  const path = join(folder, 'data.mdb')
  const bytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  const seal = paths.length === 0 ? readSeal(folder) : undefined
  if (bytes === 0) {
    if (seal)
      throw damaged(folder, 'data.mdb is gone or empty, though there was data when it was last closed')
    return
  }
  const now = seal && measure(path)
  if (seal && now && now.transaction === seal.transaction) refuseBroken(folder, seal, now)
  else if (bytes <= WALKED_BYTES) walk(folder, path, flushed, before)
}

function refuseBroken(folder: string, seal: Seal, now: Seal): void {
  if (now.bytes < seal.bytes)
    throw damaged(folder, `data.mdb has ${now.bytes} bytes and had ${seal.bytes} when it was last closed`)
  if (now.bytes === seal.bytes && now.checksum !== seal.checksum)
    throw damaged(
      folder,
      'data.mdb is not what it was when it was last closed. Where there is no backup, removing data.seal lets the ' +
        'store start with what can be read',
    )
}

function walk(folder: string, path: string, flushed: number | undefined, before: number | undefined): void {
  if (Number.isNaN(transactionIn(path)))
    throw damaged(folder, 'the first two pages of data.mdb, which say where all others are, cannot be read')
  const { problems } = checkPages(path, flushed)
  // Another process opened it at the same moment and goes on writing: pages change while they are looked at, and
  // what the log said when it was read is not true any more.
  if (problems.length === 0 || transactionIn(path) !== before) return
  const told = problems.slice(0, TOLD).map(({ en }) => en)
  throw damaged(folder, `data.mdb: ${told.join('; ')}${problems.length > TOLD ? '; and more' : ''}`)
}

/** The newest transaction in the data file of a folder; undefined where there is none yet. */
export function transactionOf(folder: string): number | undefined {
  const path = join(folder, 'data.mdb')
  return (statSync(path, { throwIfNoEntry: false })?.size ?? 0) > 0 ? transactionIn(path) : undefined
}

function transactionIn(path: string): number {
  const file = openSync(path, 'r')
  try {
    return newestTransaction(file)
  } finally {
    closeSync(file)
  }
}

function damaged(folder: string, what: string): StartError {
  return new StartError(
    'DATA_DAMAGED',
    `The data in ${folder} is damaged: ${what}. Nothing was changed. Check the disk and restore the folder from a ` +
      'backup; "npm run store -- verify" tells more.',
  )
}
