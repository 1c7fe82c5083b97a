import {
  closeSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { openTree, type Tree } from '../../../server/embedded/store/tree.ts'
import { crashedCopy, get, logFiles, put, startedTree } from '../support/crashed-folder.ts'
import { temporaryFolder } from '../support/running-store.ts'

/** Puts each value under its own name, each in a batch of its own. */
async function putEach(tree: Tree, names: string[]): Promise<void> {
  for (const name of names) {
    tree.transact(() => put(tree, name, name))
    await tree.durable()
  }
}

async function valuesIn(folder: string, names: string[]): Promise<(string | undefined)[]> {
  const tree = startedTree(folder)
  const values = names.map(name => get(tree, name))
  await tree.close()
  return values
}

/** Resolves when what is in the log has gone into the tree's own file. */
async function checkpointed(folder: string, work: () => void): Promise<void> {
  const metaPages = () => readFileSync(join(folder, 'data.mdb')).subarray(0, 8192)
  const before = metaPages()
  work()
  await vi.waitUntil(() => !metaPages().equals(before), { timeout: 5000, interval: 5 })
}

it('brings back after a kill what was durable, also in a log that was taken over', async () => {
  const folder = temporaryFolder()
  const tree = startedTree(folder, 'fsync')
  await putEach(tree, ['a', 'b'])
  const first = crashedCopy(folder)
  const second = startedTree(first)
  await putEach(second, ['c'])
  second.transact(() => second.remove(1000, Buffer.from('a')))
  await second.durable()
  expect(await valuesIn(crashedCopy(first), ['a', 'b', 'c'])).toEqual([undefined, 'b', 'c'])
  await Promise.all([tree.close(), second.close()])
})

it('leaves out a batch that was not written whole', async () => {
  const folder = temporaryFolder()
  const tree = startedTree(folder)
  await putEach(tree, ['a', 'b'])
  const copy = crashedCopy(folder)
  const [log] = logFiles(copy)
  truncateSync(log!, statSync(log!).size - 9)
  expect(await valuesIn(copy, ['a', 'b'])).toEqual(['a', undefined])
  await tree.close()
})

it('refuses to start where a batch cannot be read and a later one can', async () => {
  const folder = temporaryFolder()
  const tree = startedTree(folder)
  await putEach(tree, ['a', 'b', 'c'])
  const copy = crashedCopy(folder)
  const [log] = logFiles(copy)
  const at = readFileSync(log!).indexOf('b')
  const fd = openSync(log!, 'r+')
  writeSync(fd, 'x', at)
  closeSync(fd)
  const damaged = openTree(copy, 'commit')
  expect(() => damaged.startLog(() => {})).toThrow(
    expect.objectContaining({ code: 'DATA_LOG_DAMAGED', message: expect.stringMatching(/cannot be read/) }),
  )
  await Promise.all([damaged.close(), tree.close()])
})

it('refuses to start where the log is gone', async () => {
  const folder = temporaryFolder()
  const tree = startedTree(folder)
  await putEach(tree, ['a'])
  const copy = crashedCopy(folder)
  rmSync(join(copy, 'log'), { recursive: true })
  const damaged = openTree(copy, 'commit')
  expect(() => damaged.startLog(() => {})).toThrow(expect.objectContaining({ code: 'DATA_LOG_DAMAGED' }))
  await Promise.all([damaged.close(), tree.close()])
})

it('has everything in the tree itself when it was closed', async () => {
  const folder = temporaryFolder()
  const tree = startedTree(folder)
  await putEach(tree, ['a', 'b'])
  await tree.close()
  expect(logFiles(folder)).toEqual([])
  rmSync(join(folder, 'log'), { recursive: true })
  expect(await valuesIn(folder, ['a', 'b'])).toEqual(['a', 'b'])
})

it('does not believe a root whose pages a power cut kept from the disk', async () => {
  const folder = temporaryFolder()
  const tree = startedTree(folder)
  const names = Array.from({ length: 400 }, (_, i) => `name ${i}`)
  await putEach(tree, names.slice(0, 100))
  await checkpointed(folder, () => {})
  await putEach(tree, names.slice(100))
  const cut = crashedCopy(folder)
  await checkpointed(folder, () => tree.transact(() => put(tree, 'later', 'x')))
  const roots = readFileSync(join(folder, 'data.mdb')).subarray(0, 8192)
  const fd = openSync(join(cut, 'data.mdb'), 'r+')
  writeSync(fd, roots, 0, roots.length, 0)
  closeSync(fd)
  expect(await valuesIn(cut, [...names, 'later'])).toEqual([...names, undefined])
  await tree.close()
})

it('uses its files again when what they hold has gone into the tree', async () => {
  const folder = temporaryFolder()
  const tree = startedTree(folder, 'fsync')
  const value = Buffer.alloc(4 * 1024 * 1024)
  for (let i = 0; i < 30; i++) {
    await tree.hold()
    tree.transact(() => put(tree, `big ${i % 3}`, value.fill(65 + i)))
    await tree.durable()
    // As between two groups of the commit queue: checkpoints have their turn.
    await new Promise(resolve => setImmediate(resolve))
  }
  await checkpointed(folder, () => tree.transact(() => put(tree, 'end', 'x')))
  expect(logFiles(folder).length).toBeLessThan(6)
  const values = await valuesIn(crashedCopy(folder), ['big 0', 'big 1', 'big 2', 'end'])
  expect(values.map(text => text?.[0])).toEqual(['\\', ']', '^', 'x'])
  await tree.close()
})

it('undoes what cannot be written, says so, and goes on when it can', async () => {
  const folder = temporaryFolder()
  const tree = startedTree(folder)
  await putEach(tree, ['a'])
  const log = join(folder, 'log')
  rmSync(log, { recursive: true })
  writeFileSync(log, 'in the way')
  tree.transact(() => put(tree, 'large', Buffer.alloc(20 * 1024 * 1024)))
  tree.transact(() => put(tree, 'behind', 'x'))
  const lost = tree.durable()
  await expect(lost).rejects.toThrow(/ENOTDIR/)
  expect(['a', 'large', 'behind'].map(name => get(tree, name))).toEqual(['a', undefined, undefined])
  rmSync(log)
  await putEach(tree, ['b'])
  expect(['a', 'b'].map(name => get(tree, name))).toEqual(['a', 'b'])
  await tree.close().catch(() => {})
})
