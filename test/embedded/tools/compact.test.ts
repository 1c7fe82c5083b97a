import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { MongoClient } from 'mongodb'
import { expect, it } from 'vitest'
import { startEmbeddedStore } from '../../../server/embedded/embedded.ts'
import { readMeta } from '../../../server/embedded/store/page-layout.ts'
import { compactFolder } from '../../../server/embedded/tools/compact-folder.ts'
import { verifyStore } from '../../../server/embedded/tools/verify-store.ts'
import { noteOwner } from '../../../server/store/find-owner.ts'
import { temporaryFolder } from '../support/running-store.ts'
import { PATIENCE_MS, startTool, until } from './child.ts'
import { copyAsKilled, listeningConsole } from './sample-store.ts'

const DOCUMENTS = 3000
const PAGE = 4096

/** A data folder from which most was deleted again. @returns the folder, and one as if it had been killed */
async function holeyFolder(): Promise<{ dataDir: string; killed: string }> {
  const dataDir = temporaryFolder()
  const folder = join(dataDir, 'store')
  const store = await startEmbeddedStore({ dataDir: folder, durability: 'commit' })
  const client = await new MongoClient(store.uri).connect()
  const orders = client.db().collection<{ _id: number; n: number }>('orders')
  await orders.createIndex({ n: 1 })
  const many = Array.from({ length: 4 * DOCUMENTS }, (_, _id) => ({ _id, n: -_id, text: 'x'.repeat(500) }))
  await orders.insertMany(many)
  await orders.deleteMany({ _id: { $gte: DOCUMENTS } })
  const killed = temporaryFolder()
  copyAsKilled(dataDir, killed)
  await client.close()
  await store.close()
  return { dataDir, killed }
}

const { dataDir, killed } = await holeyFolder()

const fileOf = (folder: string) => join(folder, 'store', 'data.mdb')

async function expectWhole(folder: string): Promise<void> {
  const { problems, documents, entries } = await verifyStore(folder, listeningConsole())
  expect({ problems, documents, entries }).toEqual({
    problems: [],
    documents: DOCUMENTS,
    entries: 2 * DOCUMENTS,
  })
}

it(
  'refuses while the product has the folder',
  async () => {
    const folder = temporaryFolder()
    const store = await startEmbeddedStore({ dataDir: join(folder, 'store'), durability: 'commit' })
    await expect(compactFolder(folder)).rejects.toThrow(/is in use by/)
    const forget = await noteOwner(join(folder, 'store'), store.uri)
    await expect(compactFolder(folder)).rejects.toThrow(/Another process .* uses the data folder/)
    await forget()
    await store.close()
  },
  PATIENCE_MS,
)

it(
  'compacts a file of which pages were lost',
  async () => {
    const folder = temporaryFolder()
    copyAsKilled(dataDir, folder)
    const bytes = readFileSync(fileOf(folder))
    const metas = [0, PAGE].map(at => ({ at, meta: readMeta(bytes.subarray(at))! }))
    const { at, meta } = metas.sort((a, b) => b.meta.transaction - a.meta.transaction)[0]!
    bytes.writeBigInt64LE(BigInt(meta.lastPage + 5), at + 144)
    writeFileSync(fileOf(folder), Buffer.concat([bytes, Buffer.alloc(5 * PAGE)]))
    const { before, after } = await compactFolder(folder)
    expect(after).toBeLessThan(before / 2)
    await expectWhole(folder)
  },
  PATIENCE_MS,
)

it(
  'is whole and complete, whenever it is killed',
  async () => {
    expect(existsSync(join(dataDir, 'store', 'compacted'))).toBe(false)
    const passing = join(dataDir, 'store', 'compacted', 'data.mdb')
    const before = statSync(fileOf(dataDir))
    const whileCopying = startTool('compact', '--data', dataDir)
    await until(() => existsSync(passing) || whileCopying.process.exitCode !== null)
    whileCopying.process.kill('SIGKILL')
    expect((await whileCopying.ended).code).toBe(null)
    const copy = temporaryFolder()
    copyAsKilled(dataDir, copy)
    await expectWhole(copy)

    const atTheEnd = startTool('compact', '--data', dataDir)
    await until(() => statSync(fileOf(dataDir)).ino !== before.ino || atTheEnd.process.exitCode !== null)
    atTheEnd.process.kill('SIGKILL')
    expect((await atTheEnd.ended).code).toBe(null)
    await expectWhole(dataDir)
    expect(statSync(fileOf(dataDir)).size).toBeLessThan(before.size / 2)
  },
  PATIENCE_MS,
)

it(
  'takes in the log of a process that was killed, and gives back what was free',
  async () => {
    const { before, after } = await compactFolder(killed)
    expect(after).toBeLessThan(before / 2)
    expect(statSync(fileOf(killed)).size).toBe(after)
    expect(statSync(fileOf(killed)).mode & 0o777).toBe(0o600)
    expect(existsSync(join(killed, 'store', 'compacted'))).toBe(false)
    await expectWhole(killed)
  },
  PATIENCE_MS,
)
