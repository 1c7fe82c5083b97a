import { readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { findLog } from '../../../server/embedded/store/log/found-log.ts'
import { readMeta, readTreePage } from '../../../server/embedded/store/page-layout.ts'
import { refuseDamage, transactionOf } from '../../../server/embedded/store/refuse-damage.ts'
import { StartError } from '../../../server/embedded/store/start-error.ts'
import { openTree } from '../../../server/embedded/store/tree.ts'
import { closedFolder, copyOf, filledFolder, openWithoutServer, readAll } from './closed-folder.ts'

const PAGE = 4096

const closed = await closedFolder()
const whole = readFileSync(join(closed, 'data.mdb'))

/** Opens a copy of a folder whose data file was changed. */
function openChanged(folder: string, change: (data: Buffer) => Buffer | undefined): () => void {
  const copy = copyOf(folder)
  const path = join(copy, 'data.mdb')
  const data = readFileSync(path)
  writeFileSync(path, change(data) ?? data)
  return () => openTree(copy, 'commit')
}

/** Turns some bits of each of some bytes. */
function flipped(...places: number[]): (data: Buffer) => undefined {
  return data => {
    for (const at of places) data[at]! ^= 0x17
  }
}

/** Refuses by name of the folder, and says what to do. */
const refusal = (what: RegExp) =>
  expect.objectContaining({
    code: 'DATA_DAMAGED',
    message: expect.stringMatching(
      new RegExp(`The data in /.* is damaged: .*${what.source}.*Nothing was changed.*backup.*verify`, 's'),
    ),
  })

/** The pages of the tree in a file, by what they are. */
function pagesOf(data: Buffer): { branch: number; leaf: number; overflow: number } {
  const metas = [0, PAGE].map(at => readMeta(data.subarray(at, at + PAGE))!)
  const { main } = metas.sort((a, b) => b.transaction - a.transaction)[0]!
  const branch = main.root!
  const page = readTreePage(pageAt(data, branch), branch)
  if (page?.kind !== 'branch') throw new Error('the tree of the test is too small')
  for (const { page: leaf } of page.children) {
    const found = readTreePage(pageAt(data, leaf), leaf)
    const large = found?.kind === 'leaf' && found.entries.find(({ overflow }) => overflow)
    if (large) return { branch, leaf, overflow: large.overflow!.first }
  }
  throw new Error('the tree of the test has no large values')
}

function pageAt(data: Buffer, page: number): Buffer {
  return data.subarray(page * PAGE, (page + 1) * PAGE)
}

it('opens a folder that was closed in order, and one whose process was killed', async () => {
  const again = openWithoutServer(copyOf(closed))
  expect(readAll(again)).toHaveLength(600)
  const { folder, close } = await filledFolder()
  const killed = openWithoutServer(copyOf(folder))
  expect(readAll(killed)).toHaveLength(600)
  await Promise.all([again.close(), killed.close(), close()])
})

it('refuses a data file that changed in any place while nobody had it open', () => {
  const { branch, leaf, overflow } = pagesOf(whole)
  const places = { branch, leaf, overflow, value: overflow + 1, first: 0, second: 1 }
  for (const [name, page] of Object.entries(places))
    for (const offset of [0, 18, 22, 30, 100, 200, 4000])
      expect(openChanged(closed, flipped(page * PAGE + offset)), `${name} at ${offset}`).toThrow(
        refusal(/data\.mdb/),
      )
})

it('refuses a data file that was cut off, emptied, taken away or is none', () => {
  expect(openChanged(closed, data => data.subarray(0, data.length - PAGE))).toThrow(refusal(/bytes/))
  expect(openChanged(closed, data => data.subarray(0, 5000))).toThrow(refusal(/bytes/))
  expect(openChanged(closed, () => Buffer.alloc(0))).toThrow(refusal(/gone or empty/))
  expect(openChanged(closed, () => Buffer.from('this is no data file'.repeat(1000)))).toThrow(
    refusal(/pages/),
  )
  const copy = copyOf(closed)
  rmSync(join(copy, 'data.mdb'))
  expect(() => openTree(copy, 'commit')).toThrow(refusal(/gone or empty/))
})

it('refuses damaged pages of a file whose process was killed, before they end this one', async () => {
  const { folder, close } = await filledFolder()
  // What was checkpointed by then is in the file; the rest is in the log.
  await close()
  const again = openWithoutServer(folder)
  const data = readFileSync(join(folder, 'data.mdb'))
  const { branch, leaf, overflow } = pagesOf(data)
  for (const page of [branch, leaf, overflow])
    for (const offset of [0, 18])
      expect(openChanged(folder, flipped(page * PAGE + offset))).toThrow(refusal(/page/))
  for (const page of [branch, leaf])
    for (const offset of [20, 23, 25])
      expect(openChanged(folder, flipped(page * PAGE + offset)), `${offset}`).toThrow(refusal(/page/))
  for (const meta of [0, 1])
    expect(openChanged(folder, flipped(meta * PAGE + 24))).toThrow(refusal(/first two/))
  const cut = copyOf(folder)
  truncateSync(join(cut, 'data.mdb'), Math.floor(statSync(join(cut, 'data.mdb')).size / 2))
  expect(() => openTree(cut, 'commit')).toThrow(refusal(/cut short/))
  await again.close()
})

it('either refuses a closed folder with some bytes changed, or has everything', async () => {
  const before = readAllOnce(closed)
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 })), {
        minLength: 1,
        maxLength: 3,
      }),
      async changes => {
        const copy = copyOf(closed)
        const data = Buffer.from(whole)
        for (const [at, bits] of changes) data[at]! ^= bits
        writeFileSync(join(copy, 'data.mdb'), data)
        let opened: ReturnType<typeof openWithoutServer>
        try {
          opened = openWithoutServer(copy)
        } catch (error) {
          expect(error).toBeInstanceOf(StartError)
          return
        }
        expect(readAll(opened)).toEqual(before)
        await opened.close()
      },
    ),
    { numRuns: 40 },
  )
})

function readAllOnce(folder: string) {
  const opened = openWithoutServer(copyOf(folder))
  const all = readAll(opened)
  void opened.close()
  return all
}

it('does not take a seal for another file than it was put on', async () => {
  const newer = copyOf(closed)
  const opened = openWithoutServer(newer)
  await opened.store.commits.submit(() => {
    opened.store.catalog.create('t', 'more')
    return { done: undefined }
  })
  await opened.close()
  writeFileSync(join(newer, 'data.mdb'), whole)
  const restored = openWithoutServer(newer)
  expect(readAll(restored)).toHaveLength(600)
  await restored.close()
})

it('lets a damaged folder without a backup be opened when its seal is taken away, as far as it can be read', async () => {
  const { overflow } = pagesOf(whole)
  const copy = copyOf(closed)
  const data = Buffer.from(whole)
  flipped((overflow + 1) * PAGE + 2000)(data)
  writeFileSync(join(copy, 'data.mdb'), data)
  expect(() => openTree(copy, 'commit')).toThrow(refusal(/removing data\.seal/))
  rmSync(join(copy, 'data.seal'))
  const opened = openWithoutServer(copy)
  expect(readAll(opened)).toHaveLength(600)
  await opened.close()
})

it('takes a file that another process writes to meanwhile for whole', async () => {
  const { folder, store, close } = await filledFolder()
  const until = Date.now() + 1500
  let looks = 0
  for (let i = 0; Date.now() < until; i++) {
    await store.commits.submit(() => {
      const fresh = store.catalog.create('t', `c${i}`)
      if (i > 3) store.catalog.drop(store.catalog.find('t', `c${i - 3}`)!)
      store.catalog.addIndex(fresh, { name: 'a', key: { a: 1 } }, true)
      return { done: undefined }
    })
    if (i % 10 > 0) continue
    const before = transactionOf(folder)
    refuseDamage(folder, findLog(join(folder, 'log')), before)
    looks++
  }
  expect(looks).toBeGreaterThan(10)
  await close()
})
