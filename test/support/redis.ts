import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from 'redis'

/** A real redis-server in a folder of its own. */
export interface RedisServer {
  readonly url: string
  /** Runs one command on a connection of its own. */
  command(...words: string[]): Promise<unknown>
  /** As the machine would end it: at once, without a word. */
  kill(): Promise<void>
  /** Starts it again on what it kept. */
  start(): Promise<void>
  /** Stops it answering, with its connections standing. */
  freeze(): void
  thaw(): void
  /** Ends it and removes its folder. */
  close(): Promise<void>
}

/**
 * Starts the system's redis-server on a free port; it keeps everything it has answered for.
 * @param settings as on its command line, `{ appendfsync: 'everysec' }`
 */
export async function startRedis(settings: Readonly<Record<string, string>> = {}): Promise<RedisServer> {
  const dir = await mkdtemp(join(tmpdir(), 'orderloom-redis-'))
  const port = await freePort()
  const url = `redis://127.0.0.1:${port}`
  const all = {
    port: String(port),
    bind: '127.0.0.1',
    dir,
    save: '',
    appendonly: 'yes',
    appendfsync: 'always',
    ...settings,
  }
  let child: ChildProcess

  async function start(): Promise<void> {
    const output: string[] = []
    child = spawn(
      'redis-server',
      Object.entries(all).flatMap(([name, value]) => [`--${name}`, value]),
      { stdio: ['ignore', 'pipe', 'pipe'] },
    )
    for (const stream of [child.stdout!, child.stderr!])
      stream.on('data', chunk => output.push(String(chunk)))
    await new Promise<void>((resolve, reject) => {
      child.once('error', reject)
      child.once('exit', () => reject(new Error(`redis-server did not start:\n${output.join('')}`)))
      child.stdout!.on('data', () => output.join('').includes('Ready to accept connections') && resolve())
    })
  }

  async function kill(): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
  }

  // Tests that are broken off leave no server behind.
  const onExit = () => child.kill('SIGKILL')
  process.once('exit', onExit)
  await start()
  return {
    url,
    async command(...words) {
      const client = createClient({ url })
      await client.connect()
      try {
        return await client.sendCommand(words)
      } finally {
        await client.close()
      }
    },
    kill,
    start,
    freeze: () => child.kill('SIGSTOP'),
    thaw: () => child.kill('SIGCONT'),
    async close() {
      process.off('exit', onExit)
      await kill()
      await rm(dir, { recursive: true, force: true })
    },
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

/** For tests that read warnings as data. */
export const quiet = { warn: () => {}, error: () => {} }
