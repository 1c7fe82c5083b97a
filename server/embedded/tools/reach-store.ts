import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { MongoClient } from 'mongodb'
import { claimOpening } from '../../store/claim-folder.ts'
import { findOwner } from '../../store/find-owner.ts'
import { startEmbeddedStore } from '../embedded.ts'
import { takeInJournal } from './take-in-journal.ts'
import { ToolError } from './tool-error.ts'

/** The embedded store of a data folder, with a connection to it. */
interface ReachedStore {
  readonly client: MongoClient
  /** The product has it open, and goes on working meanwhile. */
  readonly shared: boolean
  close(): Promise<void>
}

/** Folder of the embedded store in a data folder. */
export function storeFolder(dataDir: string): string {
  return join(dataDir, 'store')
}

/** Throws ToolError where there is no store in the folder. */
export function refuseMissing(dataDir: string): void {
  if (existsSync(join(storeFolder(dataDir), 'data.mdb'))) return
  throw new ToolError(
    `${dataDir} 里没有数据。请用 --data 指明产品的数据目录(DATA_DIR)`,
    `There is no data in ${dataDir}. Name the product's data folder (DATA_DIR) with --data`,
  )
}

/** Connects to the process that has the store open, or opens it where nobody has. */
export async function reachStore(dataDir: string): Promise<ReachedStore> {
  const owner = await findOwner(storeFolder(dataDir))
  if (!owner) return openStoreAlone(dataDir)
  const client = await connectTo(owner.uri)
  return { client, shared: true, close: () => client.close() }
}

/** Opens the store for this process alone. Throws ToolError where another one has it. */
export async function openStoreAlone(dataDir: string): Promise<ReachedStore> {
  const folder = storeFolder(dataDir)
  const release = await claimStore(dataDir)
  const undo: (() => Promise<unknown>)[] = [release]
  async function close(): Promise<void> {
    for (const step of undo.reverse()) await step()
  }
  try {
    const store = await startEmbeddedStore({ dataDir: folder, ttlEveryMs: NEVER_MS })
    undo.push(store.close)
    const client = await connectTo(store.uri)
    undo.push(() => client.close())
    await takeInJournal(dataDir, client)
    return { client, shared: false, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** The product removes what is out of date; a tool leaves everything as it is. The longest a timer takes. */
const NEVER_MS = 2 ** 31 - 1

/** Takes the right to open the store; answers what gives it back. Throws ToolError where another process has it. */
export async function claimStore(dataDir: string): Promise<() => Promise<void>> {
  const folder = storeFolder(dataDir)
  await mkdir(join(folder, 'run'), { recursive: true, mode: 0o700 })
  const owner = await findOwner(folder)
  const release = owner ? null : await claimOpening(folder, undefined)
  if (release) return release
  throw new ToolError(
    `数据目录 ${dataDir} 正被另一个进程使用${owner ? `(${owner.name})` : ''}。请先停止产品,再运行一次`,
    `Another process${owner ? ` (${owner.name})` : ''} uses the data folder ${dataDir}. Stop the product and try again`,
  )
}

/** Connects to a MongoDB server or the embedded store. Throws ToolError where it does not answer. */
export async function connectTo(uri: string): Promise<MongoClient> {
  try {
    return await new MongoClient(uri, { serverSelectionTimeoutMS: 10_000, maxPoolSize: 4 }).connect()
  } catch (error) {
    const { message } = error as Error
    throw new ToolError(`连接不上数据库:${message}`, `The database cannot be reached: ${message}`)
  }
}
