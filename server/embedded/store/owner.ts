import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { connect } from 'node:net'
import { placeOf } from './folder-place.ts'
import { StartError } from './start-error.ts'
import { TABLE } from './tables.ts'
import type { Tree } from './tree.ts'

/** Where clients reach a store: what `net.connect` takes. */
export type Address = { path: string } | { host: string; port: number }

interface Owner {
  token: string
  pid: number
  address: Address
  /** The folder it owns: in a copy that was made meanwhile the note is about the original. */
  place?: string
}

/** The right to change a folder, which one process has at a time. */
export interface Ownership {
  /** Throws where another process has taken the folder over meanwhile; call it inside every transaction. */
  check(): void
  /** Gives the folder back; call it inside a transaction. */
  release(): void
}

const KEY = Buffer.from('owner')

/**
 * Takes a folder for this process, which listens on `address` already. The owner before is asked for by its own
 * address: a process that was killed no longer listens, whatever number another one has since been given. Throws
 * StartError while the owner lives.
 */
export async function claimFolder(tree: Tree, folder: string, address: Address): Promise<Ownership> {
  const before = tree.get(TABLE.meta, KEY)
  const place = placeOf(folder)
  const found: Owner | undefined = before && JSON.parse(before.toString())
  const owner = found && (found.place ?? place) === place ? found : undefined
  if (owner && (await isListening(owner.address))) throw inUse(folder, owner)
  const mine = Buffer.from(
    JSON.stringify({ token: randomUUID(), pid: process.pid, address, place } satisfies Owner),
  )
  tree.transact(() => {
    const now = tree.get(TABLE.meta, KEY)
    if (now && !(before && now.equals(before))) throw inUse(folder, JSON.parse(now.toString()))
    tree.put(TABLE.meta, KEY, mine)
  })
  if (owner && 'path' in owner.address) rmSync(owner.address.path, { force: true })

  function isMine(): boolean {
    return tree.get(TABLE.meta, KEY)?.equals(mine) ?? false
  }

  return {
    check() {
      if (!isMine()) throw new Error(`another process has taken over the data folder ${folder}`)
    },
    release() {
      if (isMine()) tree.remove(TABLE.meta, KEY)
    },
  }
}

function inUse(folder: string, owner: Owner): StartError {
  return new StartError(
    'DATA_FOLDER_IN_USE',
    `The data folder ${folder} is in use by process ${owner.pid}. ` +
      'Stop that process, or give this one a data folder of its own.',
  )
}

/** Only a refused or a missing address proves that nobody is there. */
function isListening(address: Address): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect(address)
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', (error: NodeJS.ErrnoException) => {
      resolve(error.code !== 'ECONNREFUSED' && error.code !== 'ENOENT')
    })
  })
}
