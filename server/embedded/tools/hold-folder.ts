import { createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { refuseUnknownFormat } from '../store/format.ts'
import { type Address, claimFolder } from '../store/owner.ts'
import { openTree } from '../store/tree.ts'

/** The longest path a unix socket can be bound to on every system we know (sun_path of macOS is 104 bytes). */
const MAX_SOCKET_PATH_BYTES = 100

/**
 * Notes this process as the owner of a folder that was closed in order, without serving anybody: whoever wants to
 * open it meanwhile is refused.
 * @returns lets go of the folder; the note stays in the file, and the next one to open it finds nobody there
 */
export async function holdFolder(folder: string): Promise<() => Promise<void>> {
  const server = createServer(socket => socket.destroy())
  const address = await listen(server, join(folder, 'run', `hold-${process.pid.toString(36)}.sock`))
  const close = () => new Promise<void>(resolve => server.close(() => resolve()))
  try {
    const tree = openTree(folder, 'fsync')
    try {
      refuseUnknownFormat(tree, folder)
      await claimFolder(tree, folder, address)
    } finally {
      await tree.close()
    }
    return close
  } catch (error) {
    await close()
    throw error
  }
}

function listen(server: Server, path: string): Promise<Address> {
  const bySocket = process.platform !== 'win32' && Buffer.byteLength(path) <= MAX_SOCKET_PATH_BYTES
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(bySocket ? { path } : { host: '127.0.0.1', port: 0 }, () => {
      const bound = server.address()
      if (typeof bound === 'string') resolve({ path: bound })
      else if (bound) resolve({ host: bound.address, port: bound.port })
    })
  })
}
