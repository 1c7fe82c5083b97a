import {
  closeSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { syncFolderOf } from './log/segment.ts'
import { readMeta } from './page-layout.ts'

/**
 * What is noted of a data file when it is closed, so that one which was damaged while nobody had it open is known
 * when it is opened again. It counts for the very transaction it was written for: a backup brought back without it,
 * or beside a newer one, is not measured by it.
 */
export interface Seal {
  transaction: number
  bytes: number
  /** Of the whole file; absent where that would take too long. */
  checksum?: number
}

/** What is read in about half a second. */
const SUMMED_BYTES = 512 * 1024 * 1024
const CHUNK_BYTES = 1024 * 1024
/** The second meta page lies behind the first; LMDB's smallest page is this large. */
const META_BYTES = 512

const sealOf = (folder: string) => join(folder, 'data.seal')

/** Notes what the data file of a folder is, which was just closed. Without a seal all pages are looked at instead. */
export function sealData(folder: string): void {
  const path = sealOf(folder)
  try {
    const seal = measure(join(folder, 'data.mdb'))
    writeFileSync(`${path}.new`, JSON.stringify(seal), { mode: 0o600 })
    renameSync(`${path}.new`, path)
  } catch (error) {
    process.emitWarning(`No seal could be put on ${folder}: ${(error as Error).message}`)
  }
}

/** The seal of a folder; undefined where there is none that is whole. */
export function readSeal(folder: string): Seal | undefined {
  try {
    return JSON.parse(readFileSync(sealOf(folder), 'utf8'))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' || error instanceof SyntaxError) return undefined
    throw error
  }
}

/** To be done before the file is written to: a seal that came back with a power cut would be wrong. */
export function breakSeal(folder: string): void {
  if (!statSync(sealOf(folder), { throwIfNoEntry: false })) return
  rmSync(sealOf(folder), { force: true })
  syncFolderOf(sealOf(folder))
}

/** What a seal of the file as it is would say. Where its first pages cannot be read the transaction is NaN. */
export function measure(path: string): Seal {
  const { size } = statSync(path)
  const file = openSync(path, 'r')
  try {
    const transaction = newestTransaction(file)
    return { transaction, bytes: size, ...(size <= SUMMED_BYTES && { checksum: checksumOf(file) }) }
  } finally {
    closeSync(file)
  }
}

/** Number of the newest transaction in a data file; NaN where either of its first pages cannot be read. */
export function newestTransaction(file: number): number {
  const first = readMeta(bytesAt(file, 0, META_BYTES))
  const second = first && readMeta(bytesAt(file, first.pageBytes, META_BYTES))
  return second ? Math.max(first.transaction, second.transaction) : Number.NaN
}

function checksumOf(file: number): number {
  let sum = 0
  for (let at = 0; ; ) {
    const chunk = bytesAt(file, at, CHUNK_BYTES)
    if (chunk.length === 0) return sum
    sum = crc32(chunk, sum)
    at += chunk.length
  }
}

function bytesAt(file: number, at: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length)
  return bytes.subarray(0, readSync(file, bytes, 0, length, at))
}
