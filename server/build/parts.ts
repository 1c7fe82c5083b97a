import { writeFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import type { Part } from './part.ts'

const root = resolve(import.meta.dirname, '../..')
const inProject = (...paths: string[]) => paths.map(path => join(root, path))

export const editorPart: Part = {
  folder: join(root, 'dist/editor'),
  entry: 'index.html',
  sources: inProject('editor', 'server/workflow', 'vite.config.ts', 'package-lock.json'),
  async build(outDir) {
    const { build } = await import('vite')
    await build({
      configFile: join(root, 'vite.config.ts'),
      root: join(root, 'editor'),
      logLevel: 'warn',
      build: { outDir },
    })
  },
}

const serverFolder = join(root, 'dist/server')
const serverEntry = 'main.mjs'

export const serverPart: Part = {
  folder: serverFolder,
  entry: serverEntry,
  sources: inProject(
    'server',
    'connectors',
    'rules-library',
    'examples',
    'package.json',
    'package-lock.json',
  ),
  async build(outDir) {
    const { bundleServer } = await import('./bundle.ts')
    // A folder of its own for each build: a process never reads half of one and half of the next.
    const own = basename(outDir).replace('.building-', 'build-')
    await bundleServer({ outDir: join(outDir, own), runsIn: join(serverFolder, own) })
    await writeFile(join(outDir, serverEntry), `import './${own}/main.mjs'\n`)
  },
}
