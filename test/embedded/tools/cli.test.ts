import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { MongoClient } from 'mongodb'
import { afterAll, expect, it, vi } from 'vitest'
import { type EmbeddedStore, startEmbeddedStore } from '../../../server/embedded/embedded.ts'
import { readMeta } from '../../../server/embedded/store/page-layout.ts'
import { noteOwner } from '../../../server/store/find-owner.ts'
import { temporaryFolder } from '../support/running-store.ts'
import { PATIENCE_MS, runTool, startTool, until } from './child.ts'
import { copyAsKilled, filesOf, fillSample } from './sample-store.ts'

const dataDir = temporaryFolder()
const folder = join(dataDir, 'store')
const dumps = temporaryFolder()
const store: EmbeddedStore = await startEmbeddedStore({ dataDir: folder, durability: 'commit' })
const client = await new MongoClient(store.uri).connect()
await fillSample(client)
const forget = await noteOwner(folder, store.uri)

let isOpen = true
async function stop(): Promise<void> {
  if (!isOpen) return
  isOpen = false
  await forget()
  await client.close()
  await store.close()
}
afterAll(stop)

it(
  'exports, checks and measures while the product runs, and imports into a MongoDB server',
  async () => {
    const dump = join(dumps, 'running')
    const exported = await runTool('export', dump, '--data', dataDir)
    expect(exported).toEqual({
      code: 0,
      output: expect.stringMatching(/exported 3 collections with 78 documents\n.*not all of one instant/),
    })
    const [verified, measured, refused] = await Promise.all([
      runTool('verify', '--data', dataDir),
      runTool('stats', '--data', dataDir),
      runTool('import', dump, '--data', dataDir, '--replace'),
    ])
    expect(verified).toEqual({
      code: 0,
      output: expect.stringMatching(
        /the product is running[\s\S]*✓ 一切完好.*all is well: 3 collections, 78 documents, 10 indexes/,
      ),
    })
    expect(measured.output).toMatch(/orderloom\.orders {2}50 个文档 .* \/ 50 documents\n {4}索引 up {2}50 条/)
    expect(measured.output).toMatch(/文件:数据 \d/)

    expect(refused).toEqual({
      code: 1,
      output: expect.stringMatching(/正被另一个进程使用.*Stop the product and try again/),
    })
    await client.db().dropDatabase()
    const imported = await runTool('import', dump, '--to', store.uri)
    expect(imported).toEqual({
      code: 0,
      output: expect.stringContaining('imported 3 collections with 78 documents'),
    })
    expect(await client.db().collection('orders').countDocuments()).toBe(50)
  },
  PATIENCE_MS,
)

it(
  'leaves nothing that looks whole when it is killed in the middle of an export',
  async () => {
    await client
      .db()
      .collection('big')
      .insertMany(Array.from({ length: 400 }, () => ({ text: 'x'.repeat(100_000) })))
    const dump = join(dumps, 'killed')
    const killed = startTool('export', dump, '--data', dataDir)
    const partial = `${dump}.unfinished-${killed.process.pid}`
    await until(() => existsSync(join(partial, 'orderloom', 'big.bson')) || killed.process.exitCode !== null)
    killed.process.kill('SIGKILL')
    expect((await killed.ended).code).toBe(null)
    expect(existsSync(dump)).toBe(false)
    expect(existsSync(partial)).toBe(true)
    await client.db().collection('big').drop()
    expect((await runTool('export', dump, '--data', dataDir)).code).toBe(0)
    expect(readdirSync(dumps).sort()).toEqual(['killed', 'running'])
    expect(filesOf(dump)).toEqual(filesOf(join(dumps, 'running')))
  },
  PATIENCE_MS,
)

it(
  'says what is wrong with a folder that was damaged, and exits with 1',
  async () => {
    // A page that was just being written when it was copied is found first: then a later copy shows the rest.
    await vi.waitFor(
      async () => {
        const logless = mkdtempSync(join(dumps, 'logless-'))
        copyAsKilled(dataDir, logless)
        rmSync(join(logless, 'store', 'log'), { recursive: true })
        expect(await runTool('verify', '--data', logless)).toEqual({
          code: 1,
          output: expect.stringMatching(
            /✗ 日志已损坏或缺失 \/ The log .* is missing[\s\S]*1 things are wrong/,
          ),
        })
      },
      { timeout: PATIENCE_MS / 2 },
    )
    await stop()

    const file = join(folder, 'data.mdb')
    const bytes = readFileSync(file)
    // All but the two pages at the beginning that say where the rest is: wherever the data lies, it is hit.
    bytes.fill(0x55, 2 * readMeta(bytes)!.pageBytes)
    writeFileSync(file, bytes)
    const damaged = await runTool('verify', '--data', dataDir)
    expect(damaged).toEqual({ code: 1, output: expect.stringMatching(/✗ 数据文件:第 \d+ 页/) })
    expect((await runTool('compact', '--data', dataDir)).output).toMatch(/was not compacted: page \d+/)
  },
  PATIENCE_MS,
)

it(
  'explains itself',
  async () => {
    const [help, short, missing] = await Promise.all([
      runTool('--help'),
      runTool('export'),
      runTool('verify', '--data', join(dumps, 'none')),
    ])
    expect(help).toEqual({ code: 0, output: expect.stringMatching(/^npm run store -- <command>/) })
    expect(short).toEqual({ code: 2, output: expect.stringContaining('export <dir>') })
    expect(missing).toEqual({ code: 1, output: expect.stringContaining('There is no data in') })
  },
  PATIENCE_MS,
)
