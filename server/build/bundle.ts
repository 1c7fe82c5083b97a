import { join, relative, resolve, sep } from 'node:path'
import { build, type Plugin } from 'vite'

const root = resolve(import.meta.dirname, '../..')

/** The file that starts the store's thread: it looks for the thread's beginning beside itself. */
export const STARTS_THE_THREAD = join(root, 'server/embedded/embedded.ts')

export interface BundleOptions {
  readonly outDir: string
  /** Where the bundle lies when it runs, if it is moved after it was built. */
  readonly runsIn?: string
  /** Beginnings beside those of the server, by the name of the built file. */
  readonly more?: Readonly<Record<string, string>>
}

/**
 * Builds the server: few files instead of hundreds are read at a start, and no helper call that a translation file by
 * file needs stands on a hot path (12 % of the CPU time per order). Packages stay outside, and names as they are, so
 * that a stack trace reads as the source does.
 */
export async function bundleServer({ outDir, runsIn = outDir, more = {} }: BundleOptions): Promise<void> {
  await build({
    configFile: false,
    root,
    logLevel: 'warn',
    plugins: [ownAddresses(runsIn)],
    build: {
      ssr: true,
      target: 'node20',
      outDir,
      sourcemap: true,
      rolldownOptions: {
        input: {
          main: 'server/main.ts',
          // The store's thread finds its beginning beside the file that starts it.
          'worker-entry': 'server/embedded/worker.ts',
          ...more,
        },
        output: { entryFileNames: '[name].mjs', chunkFileNames: '[name].mjs' },
      },
    },
  })
}

/** What a file finds by its own address it finds where it stood before it was built. */
function ownAddresses(runsIn: string): Plugin {
  return {
    name: 'own-addresses',
    enforce: 'pre',
    transform(code, id) {
      if (id === STARTS_THE_THREAD || !code.includes('import.meta.url')) return
      // Relative: the project may be moved after it was built.
      const path = relative(runsIn, id).split(sep).join('/')
      const address = `new URL(${JSON.stringify(path)}, import.meta.url).href`
      // No map: every line stays where it is.
      return { code: code.replaceAll('import.meta.url', address), map: null }
    },
  }
}
