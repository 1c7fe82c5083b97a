import { rmSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { startEmbeddedStore } from '../../server/embedded/embedded.ts'
import { openStore, type Store } from '../../server/store/store.ts'

let started: Promise<{ uri: string; close(): Promise<void>; dataDir: string }> | undefined
let count = 0

afterAll(async () => {
  const embedded = await started
  started = undefined
  if (!embedded) return
  await embedded.close()
  await rm(embedded.dataDir, { recursive: true, force: true })
})

/** A fresh database on an embedded store that tests share; starting one costs a second. */
export async function freshStore(): Promise<Store> {
  started ??= (async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'orderloom-'))
    // Where files share their modules, what is said above counts for the first of them.
    process.once('exit', () => rmSync(dataDir, { recursive: true, force: true }))
    return { ...(await startEmbeddedStore({ dataDir, durability: 'commit' })), dataDir }
  })()
  const { uri } = await started
  return openStore(uri.replace(/\/orderloom$/, `/orderloom-${++count}`))
}
