import { once } from 'node:events'
import { MessageChannel, Worker } from 'node:worker_threads'
import { type Line, openLine } from './line.ts'
import { StartError } from './store/start-error.ts'
import type { Durability } from './store/tree.ts'
import type { WorkerInput, WorkerMessage } from './worker.ts'

/** How long a start may take before it is said what it probably waits for. */
const SLOW_START_MS = 15_000

/** The database that the URI of an embedded store names. */
const DATABASE = 'orderloom'

interface EmbeddedStoreOptions {
  /** Folder of the data; made where it does not exist. */
  dataDir: string
  /**
   * `fsync` (the default): a write is acknowledged when it is on the disk. `commit`: it survives a killed process
   * but not a power cut; for tests.
   */
  durability?: Durability
  /** How often documents whose time is up by a TTL index are removed. */
  ttlEveryMs?: number
  /**
   * Listen on a port of the loopback, with a password, even where a unix socket is possible: what Windows always
   * does; for tests.
   */
  onPort?: boolean
}

export interface EmbeddedStore {
  /** A MongoDB connection string, for the unmodified driver; a secret where it holds a password. */
  uri: string
  /** The way for what this process does thousands of times a second. */
  line: Line
  /** Finishes the writes that have arrived, then closes the files. */
  close(): Promise<void>
}

/**
 * Starts the store on `dataDir` in a worker thread and answers once it accepts connections. Throws StartError
 * where the folder belongs to a living process, was written in an unknown format, is damaged, or cannot be used.
 */
export async function startEmbeddedStore(options: EmbeddedStoreOptions): Promise<EmbeddedStore> {
  const { dataDir, durability = 'fsync', ttlEveryMs = 60_000, onPort = false } = options
  const { port1, port2 } = new MessageChannel()
  const workerData: WorkerInput = { dataDir, durability, ttlEveryMs, onPort, line: port2 }
  const worker = new Worker(new URL('./worker-entry.mjs', import.meta.url), {
    workerData,
    transferList: [port2],
  })
  const slow = setTimeout(() => process.emitWarning(waitingFor(dataDir)), SLOW_START_MS).unref()
  const started = await nextMessage(worker).finally(() => clearTimeout(slow))
  if (started.kind !== 'ready') {
    await worker.terminate()
    if (started.kind === 'failed') throw new StartError(started.code, started.message)
    throw new Error('the store closed before it was ready')
  }
  let closing: Promise<void> | undefined
  return {
    uri: `mongodb://${started.host}/${DATABASE}`,
    line: openLine(port1),
    close() {
      closing ??= closeWorker(worker)
      return closing
    },
  }
}

/** A process that stands still in the middle of a write keeps LMDB's lock, for which the worker then waits. */
function waitingFor(dataDir: string): string {
  return (
    `The data folder ${dataDir} is not open yet. If another process has it and does not go on (it may be ` +
    'suspended), end that process.'
  )
}

async function closeWorker(worker: Worker): Promise<void> {
  const closed = nextMessage(worker)
  worker.postMessage('close')
  await closed
  await worker.terminate()
}

/**
 * Rejects where the worker dies instead of answering. Between two messages nobody listens: a worker that dies
 * then takes the process with it, which is right, since nothing can be stored any more.
 */
async function nextMessage(worker: Worker): Promise<WorkerMessage> {
  const settled = new AbortController()
  try {
    const { signal } = settled
    const exit = once(worker, 'exit', { signal }).then(([code]) => {
      throw new Error(`the store's worker ended with code ${code}`)
    })
    const [message] = await Promise.race([once(worker, 'message', { signal }), exit])
    return message
  } finally {
    settled.abort()
  }
}
