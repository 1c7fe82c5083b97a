import { join } from 'node:path'

/** Where build-server.ts put what it built before all tests. */
function builtServer(): string {
  const folder = process.env.ORDERLOOM_BUILT_SERVER
  if (!folder) throw new Error('Nothing was built: test/support/build-server.ts belongs to globalSetup.')
  return folder
}

/**
 * The server as it was built once before all tests, the same way as for `npm start`: what the tests of this run
 * start, whatever is edited meanwhile. `npm start` itself is what journeys/process.test.ts is about.
 */
export const SERVER = join(builtServer(), 'main.mjs')
/** The built crash/embedded-store-victim.ts. */
export const STORE_VICTIM = join(builtServer(), 'store-victim.mjs')
/** The built server/embedded/tools/run.ts. */
export const TOOLS = join(builtServer(), 'tools.mjs')
