import { spawnSync } from 'node:child_process'

/** Builds the pages once before all tests that open them; files that run side by side must not build them twice. */
export function setup(): void {
  const built = spawnSync(process.execPath, ['--import', 'tsx', 'server/build/run.ts', 'editor'], {
    encoding: 'utf8',
  })
  if (built.status !== 0) throw new Error(`The editor could not be built:\n${built.stdout}${built.stderr}`)
}
