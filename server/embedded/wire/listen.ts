import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type Credentials, randomCredentials } from '../auth/scram.ts'
import type { Address } from '../store/owner.ts'

/** The longest path a unix socket can be bound to on every system we know (sun_path of macOS is 104 bytes). */
const MAX_SOCKET_PATH_BYTES = 100

/** Where a store can be reached, and what has to be known there. */
interface Place {
  readonly address: Address
  /** Present where others than this user can reach the address. */
  readonly credentials?: Credentials
}

interface Listener extends Place {
  /** Serves clients from now on; those that came before have waited. */
  serve(onConnection: (socket: Socket) => void): void
  close(): Promise<void>
}

/**
 * Listens where only this user can connect: a unix socket in a folder of its own, under the data folder or, where
 * that cannot have one, under the system's folder for temporary files. Where neither can (Windows; file systems
 * without sockets) it is a port on the loopback, with a password.
 * @param onPort a port even where a socket is possible
 */
export async function listen(folder: string, onPort = false): Promise<Listener> {
  const sockets = new Set<Socket>()
  const early: Socket[] = []
  let serve = (socket: Socket): void => {
    early.push(socket)
  }
  const server = createServer(socket => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    serve(socket)
  })
  const path = onPort || process.platform === 'win32' ? undefined : await listenOnSocket(server, folder)
  const place = path ? { address: { path } } : await listenOnPort(server)
  return {
    ...place,
    serve(onConnection) {
      serve = onConnection
      for (const socket of early) onConnection(socket)
    },
    async close() {
      const closed = new Promise(resolve => server.close(resolve))
      for (const socket of sockets) socket.destroy()
      await closed
      if (path && !path.startsWith(folder)) rmSync(dirname(path), { recursive: true, force: true })
    },
  }
}

/** How a MongoDB URI names an address, and who may use it. */
export function uriHost(address: Address, credentials?: Credentials): string {
  const host = 'path' in address ? encodeURIComponent(address.path) : `${address.host}:${address.port}`
  return credentials ? `${credentials.user}:${credentials.password}@${host}` : host
}

/** The path of the socket; undefined where no file system at hand takes one. */
async function listenOnSocket(server: Server, folder: string): Promise<string | undefined> {
  // A name no other process uses, so that a socket left by a killed one is never in the way.
  const name = `${process.pid.toString(36)}-${Date.now().toString(36)}.sock`
  const run = join(folder, 'run')
  const isTooLong = Buffer.byteLength(join(run, name)) > MAX_SOCKET_PATH_BYTES
  const troubles: string[] = []
  for (const makeFolder of isTooLong ? [temporaryFolder] : [() => privateFolder(run), temporaryFolder])
    try {
      const path = join(makeFolder(), name)
      await listening(server, { path })
      return path
    } catch (error) {
      troubles.push((error as Error).message)
    }
  process.emitWarning(`The store listens on a port with a password, not on a socket: ${troubles.join('; ')}`)
  return undefined
}

function privateFolder(path: string): string {
  mkdirSync(path, { recursive: true, mode: 0o700 })
  chmodSync(path, 0o700)
  return path
}

function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'orderloom-'))
}

async function listenOnPort(server: Server): Promise<Place> {
  await listening(server, { host: '127.0.0.1', port: 0 })
  const address = server.address()
  if (!address || typeof address === 'string') throw new Error('the server has no port')
  return { address: { host: address.address, port: address.port }, credentials: randomCredentials() }
}

function listening(server: Server, at: Address): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(at, () => {
      server.off('error', reject)
      resolve()
    })
  })
}
