import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  statfsSync,
  statSync,
} from 'node:fs'
import { join } from 'node:path'
import { StartError } from './start-error.ts'

/** The folders a store has in its own. */
const FOLDERS = ['log', 'run']
/** Of no user but the owner: a folder, and a file. */
const MODE = { folder: 0o700, file: 0o600 }
const OTHERS = 0o077

/**
 * Makes the folder of a store where there is none, and sees to it that nobody but its owner can read what is in it,
 * whatever the umask says or whoever made it. Throws StartError where this process cannot write into it.
 */
export function openPrivateFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: MODE.folder })
    for (const path of [folder, ...filesOf(folder)]) accessSync(path, constants.R_OK | constants.W_OK)
  } catch (error) {
    throw unusableFolder(folder, error as NodeJS.ErrnoException)
  }
  if (process.platform === 'win32') return
  makePrivate(folder, MODE.folder)
  for (const name of FOLDERS) makePrivate(join(folder, name), MODE.folder)
  for (const path of filesOf(folder)) makePrivate(path, MODE.file)
}

/** The files with data in them that are there. */
function filesOf(folder: string): string[] {
  return [folder, join(folder, 'log')]
    .filter(each => existsSync(each))
    .flatMap(each => readdirSync(each).map(name => join(each, name)))
    .filter(path => /\.(mdb|seal|log)$/.test(path))
}

/** A file of the log may be removed meanwhile by the process that owns the folder. */
function makePrivate(path: string, mode: number): void {
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found || (found.mode & OTHERS) === 0) return
  try {
    chmodSync(path, mode)
  } catch (error) {
    process.emitWarning(`Others can read ${path}, and this cannot be changed: ${(error as Error).message}`)
  }
}

const WRONG_PATH = 'It is a file, or a part of its path is one. Choose another folder.'
const NO_RIGHT =
  'Give the user who runs this process the right to read and write in it, or choose another folder.'

/** What a person can do about it, by the system's code. */
const REMEDIES: Readonly<Record<string, string>> = {
  EEXIST: WRONG_PATH,
  ENOTDIR: WRONG_PATH,
  EACCES: NO_RIGHT,
  EPERM: NO_RIGHT,
  EROFS: 'Its file system can only be read. Choose a folder that can be written.',
}

/** With less room than this a store may not start: it brings its log into the data file and begins a new one. */
const LITTLE_BYTES = 64 * 1024 * 1024
const MEGABYTE = 1024 * 1024

/** Why a folder cannot be used, and what can be done about it. */
export function unusableFolder(folder: string, error: NodeJS.ErrnoException): StartError {
  const remedy = REMEDIES[error.code ?? ''] ?? fullDisk(folder) ?? 'Check the disk, or choose another folder.'
  return new StartError(
    'DATA_FOLDER_UNUSABLE',
    `The data folder ${folder} cannot be used: ${error.message}. ${remedy}`,
  )
}

/** LMDB words a write that found no room as an error of the disk, so the room itself is looked at. */
function fullDisk(folder: string): string | undefined {
  if (!existsSync(folder)) return undefined
  const { bavail, bsize } = statfsSync(folder)
  const free = bavail * bsize
  if (free >= LITTLE_BYTES) return undefined
  return `Its disk is full (${Math.floor(free / MEGABYTE)} MB are free). Make room, then start again; nothing is lost.`
}
