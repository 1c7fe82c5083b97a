// Before `npm start`: builds what is not built yet, or whose sources changed. `editor` or `server`: only that.
import { join, relative, resolve } from 'node:path'
import { buildIfStale } from './part.ts'
import { editorPart, serverPart } from './parts.ts'

const root = resolve(import.meta.dirname, '../..')

const wanted = process.argv.slice(2)
for (const [name, part] of Object.entries({ editor: editorPart, server: serverPart })) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  const started = performance.now()
  const reason = await buildIfStale(part)
  if (reason === undefined) {
    console.log(`${name}: up to date`)
    continue
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  const why = reason === join(part.folder, part.entry) ? 'first build' : `${relative(root, reason)} changed`
  console.log(`${name}: built in ${seconds} s (${why})`)
}
