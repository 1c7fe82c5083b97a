import { existsSync } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

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
