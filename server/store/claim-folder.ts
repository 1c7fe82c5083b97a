import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isGone, workerName } from './lane-lease.ts'

const CLAIM = /^claim-(\d+)$/
const RELEASED = ''
/** A process that opens the store has written down its address by then; an older claim without one is left over. */
const OPENING_MS = 120_000

/**
 * Takes the right to open the embedded store in `folder`: while one process opens it or has it open, no other may
 * touch its files, not even to find out. Claims are numbered files; the highest number counts, and a number is given
 * to exactly one process because making a file is.
 * @param owner who is known to serve the store, if anybody
 * @returns gives the right back; null when another process has it
 */
export async function claimOpening(
  folder: string,
  owner: string | undefined,
): Promise<(() => Promise<void>) | null> {
  const last = await highest(folder)
  if (last > 0 && (await isHeld(pathOf(folder, last), owner))) return null
  const mine = pathOf(folder, last + 1)
  try {
    await writeFile(mine, workerName, { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return null
    throw error
  }
  // Somebody was quicker by more than one while this process stood still.
  if ((await highest(folder)) !== last + 1) {
    await rm(mine, { force: true })
    return null
  }
  if (last > 0) await rm(pathOf(folder, last), { force: true })
  return () => writeFile(mine, RELEASED)
}

const pathOf = (folder: string, number: number) => join(folder, 'run', `claim-${number}`)

async function highest(folder: string): Promise<number> {
  const numbers = (await readdir(join(folder, 'run'))).map(name => Number(CLAIM.exec(name)?.[1] ?? 0))
  return Math.max(0, ...numbers)
}

async function isHeld(path: string, owner: string | undefined): Promise<boolean> {
  try {
    const holder = await readFile(path, 'utf8')
    if (holder === RELEASED || isGone(holder)) return false
    // The number of a process that ended may have been given to another.
    return holder === owner || Date.now() - (await stat(path)).mtimeMs < OPENING_MS
  } catch (error) {
    // A successor has put its own in place of it.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return true
    throw error
  }
}
