import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build, type Plugin } from 'vite'

const root = new URL('../..', import.meta.url).pathname
const built = join(root, 'dist/test-server')

/** The server in one file, for tests that start it again and again: so it is up in half of the time. */
export const BUILT_SERVER = join(built, 'main.mjs')
/** The embedded store alone, as crash/embedded-store-victim.ts has it. */
export const BUILT_STORE = join(built, 'store-victim.mjs')

/** Builds both once before all tests. */
export async function setup(): Promise<void> {
  await build({
    configFile: false,
    root,
    logLevel: 'warn',
    plugins: [ownAddresses()],
    build: {
      ssr: true,
      target: 'node20',
      outDir: built,
      emptyOutDir: true,
      rolldownOptions: {
        input: {
          main: 'server/main.ts',
          'store-victim': 'test/crash/embedded-store-victim.ts',
          // The store's thread finds its beginning beside the file that starts it.
          'worker-entry': 'server/embedded/worker.ts',
        },
        output: { entryFileNames: '[name].mjs', chunkFileNames: '[name].mjs' },
      },
    },
  })
}

/** What a file finds by its own address it finds where it stood before it was built. */
function ownAddresses(): Plugin {
  const startsTheThread = join(root, 'server/embedded/embedded.ts')
  return {
    name: 'own-addresses',
    enforce: 'pre',
    transform(code, id) {
      if (id === startsTheThread || !code.includes('import.meta.url')) return
      return code.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(id).href))
    },
  }
}
