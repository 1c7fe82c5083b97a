import { rmSync } from 'node:fs'
import { mkdir, mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build, type Plugin } from 'vite'
import type { TestProject } from 'vitest/node'

const root = fileURLToPath(new URL('../..', import.meta.url))
const startsTheThread = join(root, 'server/embedded/embedded.ts')

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

async function buildInto(outDir: string): Promise<void> {
  await build({
    configFile: false,
    root,
    logLevel: 'warn',
    plugins: [ownAddresses],
    build: {
      ssr: true,
      target: 'node20',
      outDir,
      rolldownOptions: {
        input: {
          main: 'server/main.ts',
          'store-victim': 'test/crash/embedded-store-victim.ts',
          tools: 'server/embedded/tools/run.ts',
          // The store's thread finds its beginning beside the file that starts it.
          'worker-entry': 'server/embedded/worker.ts',
        },
        output: { entryFileNames: '[name].mjs', chunkFileNames: '[name].mjs' },
      },
    },
  })
}

/** What a file finds by its own address it finds where it stood before it was built. */
const ownAddresses: Plugin = {
  name: 'own-addresses',
  enforce: 'pre',
  transform(code, id) {
    if (id === startsTheThread || !code.includes('import.meta.url')) return
    return code.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(id).href))
  },
}

/** In tests that start the store in their own process its thread is the built one: it starts in a third of the time. */
export const builtThread: Plugin = {
  name: 'built-thread',
  enforce: 'pre',
  transform(code, id) {
    if (id !== startsTheThread) return
    const entry = "new URL('./worker-entry.mjs', import.meta.url)"
    if (!code.includes(entry)) throw new Error(`${id} starts its thread in another way than ${entry}.`)
    return code.replace(entry, "process.env.ORDERLOOM_BUILT_SERVER + '/worker-entry.mjs'")
  },
}
