import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MongoBulkWriteError } from 'mongodb'
import { expect, it } from 'vitest'
import { startEmbeddedStore } from '../../server/embedded/embedded.ts'
import { insertNew } from '../../server/store/insert-new.ts'
import { openStore } from '../../server/store/store.ts'

const movement = (_id: string) => ({
  _id,
  workspace: 'main',
  kind: 'received' as const,
  lines: [],
  reason: '',
  at: new Date(),
})

it('Documents count as stored only when the store said so: not when it went away meanwhile', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'orderloom-'))
  const embedded = await startEmbeddedStore({ dataDir, durability: 'commit' })
  const store = await openStore(embedded.uri.replace(/$/, '?serverSelectionTimeoutMS=200'))
  try {
    expect(await insertNew(store.movements, [movement('a')])).toEqual(new Set())
    expect(await insertNew(store.movements, [movement('a'), movement('b')])).toEqual(new Set([0]))
    await embedded.close()
    const failure = await insertNew(store.movements, [movement('c')]).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(Error)
    expect(failure).not.toBeInstanceOf(MongoBulkWriteError)
  } finally {
    await store.close()
    await rm(dataDir, { recursive: true, force: true })
  }
})
