import { statSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rename, rm, utimes } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { newerThan } from './stale.ts'

/** How long what a newer build replaced stays: who just started, or has a page open, still reads it. */
const KEPT_MS = 3_600_000

/** Something that is built before the product starts. */
export interface Part {
  /** The folder it is run from. */
  readonly folder: string
  /** The file in it that leads to all others; it is moved there last, and by its date the build is judged. */
  readonly entry: string
  /** Files and folders it is made of. */
  readonly sources: readonly string[]
  /**
   * Writes the entry and what it leads to into a folder. Apart from the entry, a name that an earlier build used
   * too must have the same content: builds lie side by side.
   */
  build(outDir: string): Promise<void>
}

/**
 * Builds the part where a source is newer. A build that ends half way leaves the earlier one as it is, and the part
 * stale; of two at a time each leads to files of its own, and the last one stays.
 *
 * @returns the path that made it necessary (the entry itself where there was none); undefined where all is up to date
 */
export async function buildIfStale({ folder, entry, sources, build }: Part): Promise<string | undefined> {
  const reason = await newerThan(join(folder, entry), sources)
  if (reason === undefined) return undefined
  await mkdir(folder, { recursive: true })
  const outDir = await mkdtemp(join(folder, '.building-'))
  try {
    // A source that changes while it builds is newer than this.
    const began = new Date()
    await build(outDir)
    await utimes(join(outDir, entry), began, began)
    const names = await moveAll(outDir, folder, entry)
    await removeReplaced(folder, names)
  } finally {
    await rm(outDir, { recursive: true, force: true })
  }
  return reason
}

/** @returns what the build is made of, folders too, relative to `to` */
async function moveAll(from: string, to: string, entry: string): Promise<ReadonlySet<string>> {
  const names = await readdir(from, { recursive: true })
  const isFolder = (name: string) => statSync(join(from, name)).isDirectory()
  for (const name of names) {
    if (name === entry || isFolder(name)) continue
    await mkdir(dirname(join(to, name)), { recursive: true })
    await rename(join(from, name), join(to, name))
  }
  await rename(join(from, entry), join(to, entry))
  return new Set(names)
}

async function removeReplaced(folder: string, current: ReadonlySet<string>): Promise<void> {
  const replaced = (await readdir(folder, { recursive: true })).filter(name => !current.has(name))
  for (const name of replaced) {
    const path = join(folder, name)
    // Absent where its folder was removed before it.
    const found = statSync(path, { throwIfNoEntry: false })
    if (found && found.mtimeMs < Date.now() - KEPT_MS) await rm(path, { recursive: true, force: true })
  }
}
