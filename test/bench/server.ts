import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { buildServer, START_ARGUMENTS } from '../support/npm-start.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

const START_MS = 120_000

let isBuilt = false

/** Once per run: figures of one run are figures of one build, whatever is edited meanwhile. */
function buildOnce(): void {
  if (!isBuilt) buildServer()
  isBuilt = true
}

/** A server of our own in a process of its own, on a data folder of its own. */
export interface BenchServer {
  readonly url: string
  readonly pid: number
  readonly dataDir: string
  /** Stops it as an operator would; the data stays. */
  stop(): Promise<void>
  /** Stops it and removes its data. */
  remove(): Promise<void>
}

/**
 * @param env settings beside address, port and data folder
 * @param dataDir a folder that exists already; a fresh one where absent
 * @throws when it cannot be built or does not answer; the message carries what it printed
 */
export async function startBenchServer(
  port: number,
  env: Readonly<Record<string, string>> = {},
  dataDir?: string,
): Promise<BenchServer> {
  buildOnce()
  const folder = dataDir ?? (await mkdtemp(join(tmpdir(), 'orderloom-bench-')))
  const url = `http://127.0.0.1:${port}`
  const output: string[] = []
  const child = spawn(process.execPath, START_ARGUMENTS, {
    cwd: root,
    env: {
      ...process.env,
      MONGODB_URI: '',
      REDIS_URL: '',
      LOG_LEVEL: 'warn',
      ...env,
      HOST: '127.0.0.1',
      PORT: String(port),
      DATA_DIR: folder,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', chunk => {
      output.push(String(chunk))
      if (output.length > 200) output.shift()
    })
  const stop = () => end(child)
  if (!(await answers(url, child))) {
    await stop()
    throw new Error(`The server did not start:\n${output.join('')}`)
  }
  return {
    url,
    pid: child.pid!,
    dataDir: folder,
    stop,
    async remove() {
      await stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function answers(url: string, child: ChildProcess): Promise<boolean> {
  for (const deadline = Date.now() + START_MS; Date.now() < deadline; await sleep(50)) {
    if (child.exitCode !== null) return false
    const up = await fetch(`${url}/api/health`).then(
      answer => answer.ok,
      // Refused until it listens.
      () => false,
    )
    if (up) return true
  }
  return false
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  const late = setTimeout(() => child.kill('SIGKILL'), 20_000)
  await gone
  clearTimeout(late)
}
