import { existsSync } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

const root = resolve(import.meta.dirname, '..')

/** What the built editor is made of, relative to the project. */
const SOURCES = ['editor', 'server/workflow', 'vite.config.ts', 'package-lock.json']

/**
 * The newest of the sources that was touched after `builtFile` was written, as a path; undefined where the
 * build is still good. Folders count too: deleting or renaming a file changes only its folder.
 */
export async function newerThan(builtFile: string, sources: readonly string[]): Promise<string | undefined> {
  if (!existsSync(builtFile)) return builtFile
  const built = (await stat(builtFile)).mtimeMs
  let newest: { path: string; at: number } | undefined
  for (const source of sources) {
    for (const path of await filesBelow(source)) {
      const at = (await stat(path)).mtimeMs
      if (at > built && at > (newest?.at ?? 0)) newest = { path, at }
    }
  }
  return newest?.path
}

async function filesBelow(path: string): Promise<string[]> {
  if (!(await stat(path)).isDirectory()) return [path]
  const below = await readdir(path, { recursive: true })
  return [path, ...below.map(name => join(path, name))]
}

async function main(): Promise<void> {
  const index = join(root, 'dist/editor/index.html')
  const reason = await newerThan(
    index,
    SOURCES.map(source => join(root, source)),
  )
  if (!reason) {
    console.log('editor: up to date')
    return
  }
  const started = performance.now()
  const { build } = await import('vite')
  await build({ configFile: join(root, 'vite.config.ts'), root: join(root, 'editor'), logLevel: 'warn' })
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  const why = reason === index ? 'first build' : `${relative(root, reason)} changed`
  console.log(`editor: built in ${seconds} s (${why})`)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main()
