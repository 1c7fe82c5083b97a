import { parentPort, workerData } from 'node:worker_threads'
import { createCursors } from './commands/cursors.ts'
import { dispatch } from './commands/dispatch.ts'
import { refuseUnknownFormat } from './store/format.ts'
import { startHousekeeping } from './store/housekeeping.ts'
import { claimFolder } from './store/owner.ts'
import { StartError, type StartErrorCode } from './store/start-error.ts'
import { openStore } from './store/store.ts'
import { type Durability, openTree } from './store/tree.ts'
import { serveConnection } from './wire/connection.ts'
import { listen, uriHost } from './wire/listen.ts'

/** What the thread that starts the worker hands over. */
export interface WorkerInput {
  dataDir: string
  durability: Durability
  ttlEveryMs: number
}

/** What the worker tells that thread; any message from there asks it to close. */
export type WorkerMessage =
  | { kind: 'ready'; host: string }
  | { kind: 'failed'; message: string; code: StartErrorCode }
  | { kind: 'closed' }

const { dataDir, durability, ttlEveryMs } = workerData as WorkerInput

/** Opens everything in the order of dependence; the function it answers closes it the other way round. */
async function open(): Promise<{ host: string; close(): Promise<void> }> {
  const undo: (() => unknown)[] = []
  async function close(): Promise<void> {
    for (const step of undo.reverse()) await step()
  }
  try {
    const tree = openTree(dataDir, durability)
    undo.push(tree.close)
    const running = new Set<Promise<unknown>>()
    undo.push(() => Promise.allSettled(running))
    refuseUnknownFormat(tree, dataDir)
    const listener = await listen(dataDir)
    undo.push(listener.close)
    const store = openStore(tree, await claimFolder(tree, dataDir, listener.address))
    undo.push(store.close)
    undo.push(startHousekeeping(store, ttlEveryMs))
    const server = { store, cursors: createCursors(), startedAt: new Date() }
    let connections = 0
    listener.serve(socket => {
      const connectionId = ++connections
      serveConnection(socket, request => {
        const reply = dispatch(server, connectionId, request)
        running.add(reply)
        return reply.finally(() => running.delete(reply))
      })
    })
    return { host: uriHost(listener.address), close }
  } catch (error) {
    await close()
    throw error
  }
}

function tell(message: WorkerMessage): void {
  parentPort!.postMessage(message)
}

function unusable(error: Error): StartError {
  return new StartError('DATA_FOLDER_UNUSABLE', `The data folder ${dataDir} cannot be used: ${error.message}`)
}

open().then(
  ({ host, close }) => {
    parentPort!.once('message', async () => {
      await close()
      tell({ kind: 'closed' })
    })
    tell({ kind: 'ready', host })
  },
  error => {
    const { code, message } = error instanceof StartError ? error : unusable(error)
    tell({ kind: 'failed', code, message })
  },
)
