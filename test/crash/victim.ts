import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { SERVER } from '../support/built-server.ts'

/** How a process leaves whose store is gone with the process that served it. */
const STORE_LOST = 75

/** A real server that is killed and started again on the same data folder. */
export interface Victim {
  readonly url: string
  readonly pid: number | undefined
  /** Starts it and waits until it answers; one that leaves because its store is gone is started again. */
  start(): Promise<void>
  /** Starts it and kills it before it is ready. */
  startAndKillAfter(ms: number): Promise<void>
  kill(): Promise<void>
  /** Lets it stand still for a while, with everything it has open. */
  freeze(): void
  thaw(): void
  /** Stops it as an operator would. */
  stop(): Promise<void>
  /** The last it printed since it was started. */
  said(): string
}

export function victim(dataDir: string, port: number, env: Readonly<Record<string, string>>): Victim {
  const url = `http://127.0.0.1:${port}`
  let child: ChildProcess | undefined
  let output: string[] = []

  function launch(): ChildProcess {
    output = []
    const started = spawn(process.execPath, [SERVER], {
      env: {
        ...process.env,
        MONGODB_URI: '',
        LOG_LEVEL: 'warn',
        ...env,
        HOST: '127.0.0.1',
        PORT: String(port),
        DATA_DIR: dataDir,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const stream of [started.stdout, started.stderr])
      stream?.on('data', chunk => output.push(String(chunk)))
    return started
  }

  const isRunning = () => child !== undefined && child.exitCode === null && child.signalCode === null

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (!child || !isRunning()) return
    const gone = once(child, 'exit')
    child.kill(signal)
    await gone
  }

  return {
    url,
    get pid() {
      return isRunning() ? child?.pid : undefined
    },
    async start() {
      if (!isRunning()) child = launch()
      for (const deadline = Date.now() + 120_000; Date.now() < deadline; await sleep(50)) {
        if (child?.exitCode === STORE_LOST) child = launch()
        if (!isRunning()) break
        const up = await fetch(`${url}/api/health`).then(
          answer => answer.ok,
          () => false,
        )
        if (up) return
      }
      throw new Error(`The server did not come back:\n${output.join('')}`)
    },
    async startAndKillAfter(ms) {
      child = launch()
      await sleep(ms)
      await end('SIGKILL')
    },
    kill: () => end('SIGKILL'),
    freeze: () => void child?.kill('SIGSTOP'),
    thaw: () => void child?.kill('SIGCONT'),
    stop: () => end('SIGTERM'),
    said: () => output.join('').slice(-4_000),
  }
}
