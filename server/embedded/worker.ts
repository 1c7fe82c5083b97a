import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { guardConnection } from './auth/guard.ts'
import { createVerifier } from './auth/scram.ts'
import { createCursors } from './commands/cursors.ts'
import { dispatch, lineServer } from './commands/dispatch.ts'
import { refuseUnknownFormat } from './store/format.ts'
import { startHousekeeping } from './store/housekeeping.ts'
import { claimFolder } from './store/owner.ts'
import { unusableFolder } from './store/private-folder.ts'
import { StartError, type StartErrorCode } from './store/start-error.ts'
import { openStore } from './store/store.ts'
import { type Durability, openTree } from './store/tree.ts'
import { type Answer, serveConnection } from './wire/connection.ts'
import { serveLine } from './wire/line.ts'
import { listen, uriHost } from './wire/listen.ts'

/** What the thread that starts the worker hands over. */
export interface WorkerInput {
  dataDir: string
  durability: Durability
  ttlEveryMs: number
  onPort: boolean
  /** The end of the line to the thread that starts the worker. */
  line: MessagePort
}

/** What the worker tells that thread; any message from there asks it to close. */
export type WorkerMessage =
  | { kind: 'ready'; host: string }
  | { kind: 'failed'; message: string; code: StartErrorCode }
  | { kind: 'closed' }

const { dataDir, durability, ttlEveryMs, onPort, line } = workerData as WorkerInput

/** Opens everything in the order of dependence; the function it answers closes it the other way round. */
async function open(): Promise<{ host: string; close(): Promise<void> }> {
  const undo: (() => unknown)[] = []
  async function close(): Promise<void> {
    for (const step of undo.reverse()) await step()
  }
  try {
    const tree = openTree(dataDir, durability)
    undo.push(tree.close)
    // After the store: what is under way is still answered.
    undo.push(() => line.close())
    const running = new Set<Promise<unknown>>()
    undo.push(() => Promise.allSettled(running))
    refuseUnknownFormat(tree, dataDir)
    const listener = await listen(dataDir, onPort)
    undo.push(listener.close)
    const store = openStore(tree, await claimFolder(tree, dataDir, listener.address))
    undo.push(store.close)
    undo.push(startHousekeeping(store, ttlEveryMs))
    const server = { store, cursors: createCursors(), startedAt: new Date() }
    const verifier = listener.credentials && createVerifier(listener.credentials)
    let connections = 0
    serveLine(line, lineServer(server, ++connections))
    listener.serve(socket => {
      const connectionId = ++connections
      const answer: Answer = request => {
        const reply = dispatch(server, connectionId, request)
        running.add(reply)
        return reply.finally(() => running.delete(reply))
      }
      serveConnection(socket, verifier ? guardConnection(verifier, answer) : answer)
    })
    return { host: uriHost(listener.address, listener.credentials), close }
  } catch (error) {
    await close()
    throw error
  }
}

function tell(message: WorkerMessage): void {
  parentPort!.postMessage(message)
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
    const { code, message } = error instanceof StartError ? error : unusableFolder(dataDir, error)
    tell({ kind: 'failed', code, message })
  },
)
