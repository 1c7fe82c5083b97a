import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Db, MongoClient } from 'mongodb'
import { afterAll } from 'vitest'
import { type EmbeddedStore, startEmbeddedStore } from '../../../server/embedded/embedded.ts'

/** A fresh folder that is gone when the tests of the file are over. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'store-test-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

export interface RunningStore {
  client: MongoClient
  db: Db
  uri: string
}

/** A store with a connected driver; both are closed when the tests of the file are over. */
export async function runningStore(options: { ttlEveryMs?: number } = {}): Promise<RunningStore> {
  const dataDir = temporaryFolder()
  const store = await startEmbeddedStore({ dataDir, durability: 'commit', ...options })
  const client = await new MongoClient(store.uri).connect()
  afterAll(() => closeBoth(client, store))
  return { client, db: client.db(), uri: store.uri }
}

async function closeBoth(client: MongoClient, store: EmbeddedStore): Promise<void> {
  await client.close()
  await store.close()
}
