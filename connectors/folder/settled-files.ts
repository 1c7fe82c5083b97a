import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { mayHoldOrders } from '../../server/intake/files/file-kind.ts'

export interface FoundFile {
  readonly name: string
  readonly size: number
  readonly modifiedMs: number
}

/** Names under which programs keep files they are still writing, or lock ones they have open. */
const UNFINISHED = /^(\.|~\$)|\.(tmp|part|crdownload)$/i

/** Order files that kept their size and time over `settleMs`, oldest first; half-written ones wait for the next look. */
export async function settledFiles(
  folder: string,
  settleMs: number,
  signal: AbortSignal,
): Promise<FoundFile[]> {
  const before = await look(folder)
  if (before.length === 0) return []
  await sleep(settleMs, undefined, { signal }).catch((error: Error) => {
    if (error.name !== 'AbortError') throw error
  })
  const settled = await Promise.all(
    before.map(async file => ((await isUnchanged(join(folder, file.name), file)) ? file : undefined)),
  )
  return settled
    .filter(file => file !== undefined)
    .sort((a, b) => a.modifiedMs - b.modifiedMs || (a.name < b.name ? -1 : 1))
}

export async function isUnchanged(path: string, file: FoundFile): Promise<boolean> {
  const now = await sizeAndTime(path)
  return now?.size === file.size && now.mtimeMs === file.modifiedMs
}

async function look(folder: string): Promise<FoundFile[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  // Links are left alone: they may lead out of the folder.
  const names = entries.filter(
    each => each.isFile() && mayHoldOrders(each.name) && !UNFINISHED.test(each.name),
  )
  const found = await Promise.all(
    names.map(async ({ name }) => {
      const facts = await sizeAndTime(join(folder, name))
      return facts ? [{ name, size: facts.size, modifiedMs: facts.mtimeMs }] : []
    }),
  )
  return found.flat()
}

/** undefined for a file that was taken away meanwhile. */
async function sizeAndTime(path: string): Promise<{ size: number; mtimeMs: number } | undefined> {
  return stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
}
