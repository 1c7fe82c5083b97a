import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

/** A real server of our own on a fresh data folder. */
export interface ServerProcess {
  readonly url: string
  /**
   * Kills the server in the middle of what it does (SIGKILL) and starts it again on the same address and data.
   * @returns milliseconds until it answered again
   * @throws when it does not come back within 60 s
   */
  killAndRestart(): Promise<number>
  /** Stops the server, waits until it is gone and removes its data. */
  stop(): Promise<void>
}

const root = fileURLToPath(new URL('../..', import.meta.url))

/** As `npm start` does; tests have a built server at hand, which is up in half of the time. */
const built = process.env.ORDERLOOM_BUILT_SERVER
const START = built ? [join(built, 'main.mjs')] : ['--import', 'tsx', 'server/main.ts']

/**
 * Starts the product on loopback on a free port and waits until it answers.
 * @param env settings beside port, data folder and log level
 * @throws when the server ends or stays silent for 60 s; the message carries what it printed
 */
export async function startServer(env: Readonly<Record<string, string>>): Promise<ServerProcess> {
  const dataDir = await mkdtemp(join(tmpdir(), 'orderloom-story-'))
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const output: string[] = []
  const keep = (chunk: Buffer) => {
    output.push(chunk.toString())
    if (output.length > 200) output.shift()
  }
  const launch = (): ChildProcess => {
    const launched = spawn(process.execPath, START, {
      cwd: root,
      // Never on a store somebody else uses: a story begins with nothing.
      env: {
        ...process.env,
        MONGODB_URI: '',
        REDIS_URL: '',
        LOG_LEVEL: 'warn',
        ...env,
        HOST: '127.0.0.1',
        PORT: String(port),
        DATA_DIR: dataDir,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    launched.stdout.on('data', keep)
    launched.stderr.on('data', keep)
    return launched
  }
  let child = launch()
  const stop = async () => {
    await end(child)
    await rm(dataDir, { recursive: true, force: true })
  }
  const killAndRestart = async () => {
    const began = performance.now()
    await end(child, 'SIGKILL')
    child = launch()
    await answering(url, child)
    return performance.now() - began
  }
  try {
    await answering(url, child)
  } catch (error) {
    await stop()
    throw new Error(`The server did not start: ${(error as Error).message}\n${output.join('')}`)
  }
  return { url, killAndRestart, stop }
}

/** A port of loopback that nobody listens on. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (address === null || typeof address === 'string') throw new Error('No free port on loopback.')
  return address.port
}

async function answering(url: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + 60_000
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`it ended with code ${child.exitCode}`)
    const up = await fetch(`${url}/api/health`).then(
      response => response.ok,
      // Refused until the server listens; anything else shows as silence until the deadline.
      () => false,
    )
    if (up) return
    await sleep(100)
  }
  throw new Error('it did not answer /api/health within 60 s')
}

async function end(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill(signal)
  const late = setTimeout(() => child.kill('SIGKILL'), 15_000)
  await gone
  clearTimeout(late)
}
