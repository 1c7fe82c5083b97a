import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Address } from '../store/owner.ts'

/** The longest path a unix socket can be bound to on every system we know (sun_path of macOS is 104 bytes). */
const MAX_SOCKET_PATH_BYTES = 100

interface Listener {
  readonly address: Address
  /** Serves clients from now on; those that came before have waited. */
  serve(onConnection: (socket: Socket) => void): void
  close(): Promise<void>
}

/**
 * Listens where only this user can connect: a unix socket in a folder of its own, under the data folder or, where
 * that path is too long, under the system's folder for temporary files. Windows gets a port on the loopback.
 */
export async function listen(folder: string): Promise<Listener> {
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
  const path = process.platform === 'win32' ? undefined : socketPath(folder)
  await listening(server, path ? { path } : { host: '127.0.0.1', port: 0 })
  return {
    address: path ? { path } : loopbackAddress(server),
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

/** How a MongoDB URI names an address. */
export function uriHost(address: Address): string {
  return 'path' in address ? encodeURIComponent(address.path) : `${address.host}:${address.port}`
}

/** A name no other process uses, so that a socket left by a killed one is never in the way. */
function socketPath(folder: string): string {
  const name = `${process.pid.toString(36)}-${Date.now().toString(36)}.sock`
  const path = join(folder, 'run', name)
  if (Buffer.byteLength(path) > MAX_SOCKET_PATH_BYTES)
    return join(mkdtempSync(join(tmpdir(), 'orderloom-')), name)
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  chmodSync(dirname(path), 0o700)
  return path
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

function loopbackAddress(server: Server): Address {
  const address = server.address()
  if (!address || typeof address === 'string') throw new Error('the server has no port')
  return { host: address.address, port: address.port }
}
