import { closeSync, fsyncSync, openSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { dirname } from 'node:path'

/** How much of the log one file holds; a batch that is larger gets a file of its own. */
export const SEGMENT_BYTES = 16 * 1024 * 1024

/** A file of the log. */
export interface Segment {
  readonly path: string
  readonly fd: number
  /** Its room was written before: writing into it again needs no change of the file's own metadata. */
  readonly filled: boolean
  /** Where the next batch goes. */
  end: number
  /** Number of the last group in it. */
  lastGroup: number
}

const MODE = 0o600

/** Makes an empty file. */
export function createSegment(path: string): Segment {
  const fd = openSync(path, 'wx+', MODE)
  syncFolderOf(path)
  return { path, fd, filled: false, end: 0, lastGroup: 0 }
}

/**
 * Makes a file whose room is all there, in the background. Overwriting it takes the disk a fraction of the time
 * that a growing file does, whose length and blocks go through the file system's journal each time.
 */
export async function fillSegment(path: string): Promise<Segment> {
  const file = await open(path, 'wx', MODE)
  try {
    const zeros = Buffer.alloc(256 * 1024)
    for (let at = 0; at < SEGMENT_BYTES; at += zeros.length) await file.write(zeros, 0, zeros.length, at)
    await file.sync()
  } catch (error) {
    rmSync(path)
    throw error
  } finally {
    await file.close()
  }
  syncFolderOf(path)
  return { path, fd: openSync(path, 'r+'), filled: true, end: 0, lastGroup: 0 }
}

export function removeSegment({ path, fd }: Segment): void {
  closeSync(fd)
  rmSync(path)
}

/** Makes sure that the name of a new file is on the disk as well; Windows does not open folders, nor need it. */
export function syncFolderOf(path: string): void {
  if (process.platform === 'win32') return
  const folder = openSync(dirname(path), 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}
