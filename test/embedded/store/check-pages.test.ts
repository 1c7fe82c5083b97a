import { readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { open } from 'lmdb'
import { expect, it } from 'vitest'
import { checkPages } from '../../../server/embedded/store/check-pages.ts'
import { readMeta, readTreePage } from '../../../server/embedded/store/page-layout.ts'
import { temporaryFolder } from '../support/running-store.ts'

const PAGE = 4096

/** A file with three levels of pages, long values, and free pages. */
async function sampleFile(): Promise<string> {
  const folder = temporaryFolder()
  const db = open(folder, {
    keyEncoding: 'binary',
    encoding: 'binary',
    cache: false,
    pageSize: PAGE,
    noSync: true,
  })
  for (let round = 0; round < 4; round++)
    db.transactionSync(() => {
      for (let i = 0; i < 2000; i++) {
        const key = Buffer.alloc(200)
        key.writeUInt32BE((i * 7919) % 3000)
        if (i % 3 === round % 3) db.removeSync(key)
        else db.putSync(key, Buffer.alloc(i % 50 === 0 ? 20_000 : 100, i))
      }
    })
  await db.close()
  return join(folder, 'data.mdb')
}

const file = await sampleFile()
const whole = readFileSync(file)
const newest = [readMeta(whole)!, readMeta(whole.subarray(PAGE))!].sort(
  (a, b) => b.transaction - a.transaction,
)[0]!

/** What is found after one change. */
function problemsAfter(change: (bytes: Buffer) => void): string[] {
  const bytes = Buffer.from(whole)
  change(bytes)
  const path = join(temporaryFolder(), 'data.mdb')
  writeFileSync(path, bytes)
  return checkPages(path, undefined).problems.map(({ en }) => en)
}

function childrenOf(page: number): number[] {
  const read = readTreePage(whole.subarray(page * PAGE, (page + 1) * PAGE), page)
  return read?.kind === 'branch' ? read.children.map(child => child.page) : []
}

it('finds a file whole that LMDB has written, with as many entries and pages as LMDB says', async () => {
  const { problems, entries, pages, free, lost } = checkPages(file, undefined)
  const db = open(join(file, '..'), { keyEncoding: 'binary', encoding: 'binary' })
  const stats = db.getStats() as Record<string, number>
  await db.close()
  expect(problems).toEqual([])
  expect(entries).toBe(stats.entryCount)
  const used = stats.treeBranchPageCount! + stats.treeLeafPageCount! + stats.overflowPages!
  const ofList = stats.free as unknown as Record<string, number>
  const usedByList = ofList.treeBranchPageCount! + ofList.treeLeafPageCount! + ofList.overflowPages!
  expect(pages - free).toBe(used + usedByList + 2)
  expect(lost).toBe(0)
  expect(free).toBeGreaterThan(0)
  expect(newest.main.depth).toBe(3)
})

it('reads the state before the newest where that is the one known to be on the disk', () => {
  const before = checkPages(file, newest.transaction - 1)
  expect(before.problems).toEqual([])
  expect(before.entries).not.toBe(checkPages(file, undefined).entries)
})

it('finds a page that was overwritten, cut off, or is used twice', () => {
  const root = newest.main.root!
  const [branch, other] = childrenOf(root)
  const [leaf, next] = childrenOf(branch!)
  expect(problemsAfter(bytes => bytes.fill(0, leaf! * PAGE, (leaf! + 1) * PAGE))).toEqual([
    `page ${leaf} (from byte ${leaf! * PAGE}) is damaged: it is no page of the tree`,
  ])
  expect(problemsAfter(bytes => bytes.copy(bytes, leaf! * PAGE, next! * PAGE, (next! + 1) * PAGE))[0]).toBe(
    `page ${leaf} (from byte ${leaf! * PAGE}) is damaged: it is no page of the tree`,
  )
  // The root's first child becomes its second.
  const firstNode = root * PAGE + 24 + whole.readUInt16LE(root * PAGE + 24)
  expect(problemsAfter(bytes => bytes.writeUInt16LE(other! & 0xffff, firstNode))).toContain(
    `page ${other} (from byte ${other! * PAGE}) is used in two places`,
  )
  expect(problemsAfter(bytes => bytes.fill(0xff, leaf! * PAGE + 24, leaf! * PAGE + 60))).toHaveLength(1)

  const path = join(temporaryFolder(), 'data.mdb')
  writeFileSync(path, whole)
  truncateSync(path, whole.length / 2)
  expect(
    checkPages(path, undefined)
      .problems.map(({ en }) => en)
      .join('\n'),
  ).toMatch(/which was cut short/)
})

it('finds a page in use that is listed as free, and pages nobody knows of', () => {
  const root = newest.free.root!
  const list = readTreePage(whole.subarray(root * PAGE, (root + 1) * PAGE), root)
  const [entry] = list?.kind === 'leaf' ? list.entries : []
  const numbersAt = entry!.overflow ? entry!.overflow.first * PAGE + 24 : root * PAGE + entry!.at
  const used = newest.main.root!
  const after = problemsAfter(bytes => {
    const last = Number(bytes.readBigInt64LE(numbersAt))
    bytes.writeBigInt64LE(BigInt(used), numbersAt + 8 * last)
  })
  expect(after).toContain(`page ${used} (from byte ${used * PAGE}) is in use, and is listed as free as well`)

  const bytes = Buffer.concat([whole, Buffer.alloc(3 * PAGE)])
  const metaAt = readMeta(whole)!.transaction === newest.transaction ? 0 : PAGE
  bytes.writeBigInt64LE(BigInt(newest.lastPage + 3), metaAt + 144)
  const path = join(temporaryFolder(), 'data.mdb')
  writeFileSync(path, bytes)
  expect(checkPages(path, undefined)).toMatchObject({ problems: [], lost: 3 })
})

it('finds a file whose beginning is gone', () => {
  expect(problemsAfter(bytes => bytes.fill(0, 0, 2 * PAGE))[0]).toMatch(
    /the beginning of the data file cannot be read/,
  )
  const path = join(temporaryFolder(), 'data.mdb')
  writeFileSync(path, '')
  expect(checkPages(path, undefined).problems).toHaveLength(1)
})

it('ends, and never throws, whatever bytes are changed', () => {
  const path = join(temporaryFolder(), 'data.mdb')
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(whole.length / PAGE - 1), fc.nat(200), fc.nat(255)), {
        minLength: 1,
        maxLength: 20,
      }),
      changes => {
        const bytes = Buffer.from(whole)
        for (const [page, at, value] of changes) bytes[page * PAGE + at] = value
        writeFileSync(path, bytes)
        checkPages(path, undefined)
      },
    ),
    { numRuns: 40 },
  )
})
