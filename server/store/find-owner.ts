import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { dirname, join } from 'node:path'
import { placeOf } from '../embedded/store/folder-place.ts'
import { isGone, workerName } from './lane-lease.ts'

/**
 * The process that has an embedded store open and serves it to the others of the machine. It stands in a small file
 * beside the socket, since the store's own files cannot be opened by a second process while the owner writes.
 */
export interface Owner {
  /** Machine, process and start, as lanes are signed. */
  readonly name: string
  /** MongoDB connection string of the store, with the password where one is needed. */
  readonly uri: string
  /** The folder it owns: in a copy that was made meanwhile the note is about the original. */
  readonly place?: string
}

const noteIn = (folder: string) => join(folder, 'run', 'owner.json')

/**
 * Writes down that this process owns the store in `folder`.
 * @returns takes the note away, unless a later owner has written its own
 */
export async function noteOwner(folder: string, uri: string): Promise<() => Promise<void>> {
  const path = noteIn(folder)
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const owner: Owner = { name: workerName, uri, place: placeOf(folder) }
  // A file that is there already would keep its mode, and what is in it may be a password.
  await rm(`${path}.new`, { force: true })
  // In one step: who reads it meanwhile finds the old note or the new one, never half of one.
  await writeFile(`${path}.new`, JSON.stringify(owner), { mode: 0o600 })
  await rename(`${path}.new`, path)
  return async () => {
    if ((await readNote(folder))?.name === workerName) await rm(path, { force: true })
  }
}

/** The living owner of the store in `folder`; null when there is none. */
export async function findOwner(folder: string): Promise<Owner | null> {
  const owner = await readNote(folder)
  if (!owner || (owner.place ?? placeOf(folder)) !== placeOf(folder)) return null
  return !isGone(owner.name) && (await isListening(owner.uri)) ? owner : null
}

async function readNote(folder: string): Promise<Owner | null> {
  try {
    return JSON.parse(await readFile(noteIn(folder), 'utf8')) as Owner
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' || error instanceof SyntaxError) return null
    throw error
  }
}

/** A number may have been given to another process since: only who answers at the address is the owner. */
function isListening(uri: string): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connectTo(uri)
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}

/** Calls once when the owner's process ends, however it ends. @returns stops watching */
export function onOwnerGone({ uri }: Owner, gone: () => void): () => void {
  const socket = connectTo(uri)
  // What went wrong is told by the end as well.
  socket.on('error', () => {})
  socket.once('close', gone)
  socket.unref()
  return () => {
    socket.off('close', gone)
    socket.destroy()
  }
}

/**
 * @param uri `mongodb://<user>:<password>@<host>:<port>/…` or, with the path of a unix socket as the host,
 * `mongodb://%2F…/…`
 */
function connectTo(uri: string): Socket {
  const { hostname, port } = new URL(uri)
  const host = decodeURIComponent(hostname)
  return connect(host.startsWith('/') ? { path: host } : { host, port: Number(port) })
}
