import { closeSync, constants, openSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { createSegment, fillSegment, type Segment } from '../../embedded/store/log/segment.ts'

/** A file of the journal. */
export interface JournalFile extends Segment {
  /** What is written by it is on the disk when the call is over. */
  readonly out: number
  /** Events in it that still wait. */
  live: number
}

/** A file that grows as it is written. Throws where it cannot be made. */
export const newFile = (path: string): JournalFile => writable(createSegment(path))

/** A file whose room is all there, which makes writing it several times as fast. */
export const filledFile = async (path: string): Promise<JournalFile> => writable(await fillSegment(path))

// A flag of the file instead of a call after each write: one turn of a thread less.
function writable(segment: Segment): JournalFile {
  return { ...segment, out: openSync(segment.path, constants.O_WRONLY | constants.O_DSYNC), live: 0 }
}

/** A file of a process before this one, to be read only. */
export const foundFile = (path: string): JournalFile => ({
  path,
  fd: openSync(path, 'r'),
  out: -1,
  filled: true,
  end: Number.POSITIVE_INFINITY,
  lastGroup: 0,
  live: 0,
})

export function closeFile({ fd, out }: JournalFile): void {
  closeSync(fd)
  if (out !== -1) closeSync(out)
}

/** In the background: giving a large file's room back takes the disk a while. */
export async function removeFile(file: JournalFile): Promise<void> {
  closeFile(file)
  await rm(file.path, { force: true })
}
