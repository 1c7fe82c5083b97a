import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** The baseline of accepting, in a process of its own. */
export interface Echo {
  readonly url: string
  readonly pid: number
  stop(): Promise<void>
}

export const ECHO = '/echo'

export async function startEcho(port: number): Promise<Echo> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', new URL('./echo-server.ts', import.meta.url).pathname],
    { env: { ...process.env, PORT: String(port) }, stdio: ['ignore', 'pipe', 'inherit'] },
  )
  await once(child.stdout, 'data')
  return {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid!,
    async stop() {
      const gone = once(child, 'exit')
      child.kill()
      await gone
    },
  }
}
