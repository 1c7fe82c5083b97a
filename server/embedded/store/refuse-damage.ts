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
 */
export function refuseDamage(folder: string, { flushed, paths }: FoundLog): void {
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
  else if (bytes <= WALKED_BYTES) walk(folder, path, flushed)
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

function walk(folder: string, path: string, flushed: number | undefined): void {
  const before = transactionIn(path)
  if (Number.isNaN(before))
    throw damaged(folder, 'the first two pages of data.mdb, which say where all others are, cannot be read')
  const { problems } = checkPages(path, flushed)
  // Where another process has it open and goes on writing, pages change while they are looked at.
  if (problems.length === 0 || transactionIn(path) !== before) return
  const told = problems.slice(0, TOLD).map(({ en }) => en)
  throw damaged(folder, `data.mdb: ${told.join('; ')}${problems.length > TOLD ? '; and more' : ''}`)
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
