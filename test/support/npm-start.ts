import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../..')
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  scripts: { start: string }
}

/** What `npm start` runs node with, in the project's folder: memory and speed are those users have. */
export const START_ARGUMENTS = scripts.start.replace(/^exec node /, '').split(' ')

/** Builds the server as `npm start` does before it starts. @throws with what was printed where it cannot be built */
export function buildServer(): void {
  const built = spawnSync(process.execPath, ['--import', 'tsx', 'server/build/run.ts', 'server'], {
    cwd: root,
    encoding: 'utf8',
  })
  if (built.status !== 0) throw new Error(`The server could not be built:\n${built.stdout}${built.stderr}`)
}
