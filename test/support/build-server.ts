import { rmSync } from 'node:fs'
import { mkdir, mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'
import type { TestProject } from 'vitest/node'
import { bundleServer, STARTS_THE_THREAD } from '../../server/build/bundle.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/**
 * Builds the server once before all tests, in a folder that is this run's own: two runs at a time must not take it
 * from each other.
 */
export async function setup(project: TestProject): Promise<void> {
  if (process.env.ORDERLOOM_BUILT_SERVER) return
  // Below the project, where packages are found.
  await mkdir(join(root, 'dist'), { recursive: true })
  const folder = await mkdtemp(join(root, 'dist/test-server-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  process.env.ORDERLOOM_BUILT_SERVER = folder
  await buildInto(folder)
  project.onTestsRerun(() => buildInto(folder))
}

/** The built server, and what tests begin beside it. */
function buildInto(outDir: string): Promise<void> {
  return bundleServer({
    outDir,
    more: {
      'store-victim': 'test/crash/embedded-store-victim.ts',
      tools: 'server/embedded/tools/run.ts',
    },
  })
}

/** In tests that start the store in their own process its thread is the built one: it starts in a third of the time. */
export const builtThread: Plugin = {
  name: 'built-thread',
  enforce: 'pre',
  transform(code, id) {
    if (id !== STARTS_THE_THREAD) return
    const entry = "new URL('./worker-entry.mjs', import.meta.url)"
    if (!code.includes(entry)) throw new Error(`${id} starts its thread in another way than ${entry}.`)
    return code.replace(entry, "process.env.ORDERLOOM_BUILT_SERVER + '/worker-entry.mjs'")
  },
}
