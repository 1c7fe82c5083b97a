import { type ChildProcess, spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { TOOLS } from '../../support/built-server.ts'

/** Processes that start several others take their time where the machine is busy. */
export const PATIENCE_MS = 120_000

interface Ended {
  code: number | null
  output: string
}

/** `npm run store -- …` as a process of its own, of the tools as they were built. */
export function startTool(...args: string[]): { process: ChildProcess; ended: Promise<Ended> } {
  const child = spawn(process.execPath, [TOOLS, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  const output = Promise.all([text(child.stdout), text(child.stderr)])
  const ended = new Promise<Ended>(resolve => {
    child.once('close', async code => resolve({ code, output: (await output).join('') }))
  })
  return { process: child, ended }
}

export function runTool(...args: string[]): Promise<Ended> {
  return startTool(...args).ended
}

/** Waits until something is so, looking without a pause. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise(resolve => setImmediate(resolve))
}
