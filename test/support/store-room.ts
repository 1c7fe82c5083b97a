import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Config, readConfig } from '../../server/config.ts'
import { type Intake, openIntake } from '../../server/intake/intake.ts'
import { mongoBuffer } from '../../server/intake/mongo-buffer.ts'
import type { Store } from '../../server/store/store.ts'
import { freshStore } from './embedded.ts'

/** A fresh database with an intake in front, without engine and HTTP; a folder for what needs one. */
export interface StoreRoom {
  readonly store: Store
  readonly intake: Intake
  readonly config: Config
  readonly dataDir: string
  close(): Promise<void>
}

export async function openStoreRoom(env: Record<string, string> = {}): Promise<StoreRoom> {
  const dataDir = await mkdtemp(join(tmpdir(), 'orderloom-'))
  const config = readConfig({ DATA_DIR: dataDir, LOG_LEVEL: 'silent', ...env })
  const store = await freshStore()
  const intake = await openIntake(store, mongoBuffer(store), {
    maxBacklog: config.maxBacklog,
    wake: () => {},
  })
  return {
    store,
    intake,
    config,
    dataDir,
    async close() {
      await intake.close()
      await store.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** Waits until something holds. @throws after `ms`, naming what it waited for */
export async function eventually(
  what: string,
  holds: () => Promise<boolean> | boolean,
  ms = 10_000,
): Promise<void> {
  const deadline = Date.now() + ms
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`Waited ${ms} ms in vain: ${what}`)
    await new Promise(resolve => setTimeout(resolve, 25))
  }
}
