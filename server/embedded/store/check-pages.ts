import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import type { Text } from '../../workflow/text.ts'
import {
  freedRuns,
  isOverflowOf,
  type Meta,
  OVERFLOW_VALUE_AT,
  type PageRun,
  readMeta,
  readTreePage,
  type TreeRoot,
} from './page-layout.ts'

/** What was found of a data file; it is whole where no problem is listed. */
export interface PageFindings {
  /** Pages of the file; those that hold nothing now and are used again before it grows; those nobody knows of any more. */
  pages: number
  free: number
  lost: number
  pageBytes: number
  entries: number
  problems: Text[]
}

/** Problems that are worded; one damaged place often shows in many. */
const LISTED = 20
/** The smallest and the largest page LMDB knows. */
const LEAST_PAGE_BYTES = 512
const MOST_PAGE_BYTES = 65_536
const EVERY_PAGES = 10_000

/**
 * Reads every page of a data file that the given state of it uses, without LMDB, which takes damaged pages on trust
 * and may end the process over them. Nobody may write to the file meanwhile.
 * @param flushed the last transaction known to be whole on the disk; the newest where absent
 * @param progress is told the pages seen so far and about how many there are
 */
export function checkPages(
  path: string,
  flushed: number | undefined,
  progress: (seen: number, of: number) => void = () => {},
): PageFindings {
  const file = openSync(path, 'r')
  try {
    const meta = newestMeta(file, flushed)
    if (!meta) return { pages: 0, free: 0, lost: 0, pageBytes: 0, entries: 0, problems: [NO_META] }
    return walkFile(file, meta, progress)
  } finally {
    closeSync(file)
  }
}

const NO_META: Text = {
  zh: '数据文件的开头读不出来:它不是本产品的数据文件,或已损坏',
  en: 'the beginning of the data file cannot be read: it is no data file of ours, or it is damaged',
}

function newestMeta(file: number, flushed = Number.POSITIVE_INFINITY): Meta | undefined {
  const fileBytes = fstatSync(file).size
  // Pages at the end that are free may not be in the file yet; but not that many.
  const most = (pageBytes: number) => (16 * fileBytes) / pageBytes + 1_000_000
  const first = readMeta(bytesAt(file, 0, LEAST_PAGE_BYTES))
  const second = first && readMeta(bytesAt(file, first.pageBytes, LEAST_PAGE_BYTES))
  return [first, second]
    .filter(meta => meta !== undefined)
    .filter(({ pageBytes }) => pageBytes >= LEAST_PAGE_BYTES && pageBytes <= MOST_PAGE_BYTES)
    .filter(({ transaction, lastPage, pageBytes }) => transaction <= flushed && lastPage <= most(pageBytes))
    .sort((a, b) => b.transaction - a.transaction)[0]
}

function bytesAt(file: number, at: number, length: number): Buffer {
  const bytes = Buffer.alloc(length)
  return bytes.subarray(0, readSync(file, bytes, 0, length, at))
}

function walkFile(file: number, meta: Meta, progress: (seen: number, of: number) => void): PageFindings {
  const { pageBytes, lastPage } = meta
  const problems: Text[] = []
  const fileBytes = fstatSync(file).size
  const used = pageSet(lastPage + 1)
  used.add(0)
  used.add(1)

  function complain(page: number, zh: string, en: string): void {
    if (problems.length < LISTED)
      problems.push({
        zh: `第 ${page} 页(字节 ${page * pageBytes} 起)${zh}`,
        en: `page ${page} (from byte ${page * pageBytes}) ${en}`,
      })
  }

  /** Reads pages that nothing led to before. */
  function take(number: number, run = 1): Buffer | undefined {
    if (!isInFile(number, run)) return undefined
    for (let each = number; each < number + run; each++) {
      if (!used.add(each)) {
        complain(each, '被两处引用', 'is used in two places')
        return undefined
      }
      if (used.size() % EVERY_PAGES === 0) progress(used.size(), lastPage + 1)
    }
    if ((number + run) * pageBytes <= fileBytes) return bytesAt(file, number * pageBytes, run * pageBytes)
    complain(number, '不在文件里:文件被截短了', 'is not in the file, which was cut short')
    return undefined
  }

  function isInFile(number: number, run: number): boolean {
    if (number >= 2 && run >= 1 && number + run - 1 <= lastPage) return true
    complain(number, '在文件范围之外,却被引用', 'lies outside of the file, though something leads to it')
    return false
  }

  function takeOverflow(run: PageRun, bytes: number): Buffer | undefined {
    const pages = take(run.first, run.pages)
    if (!pages || isOverflowOf(pages, run, bytes)) return pages
    complain(run.first, '应是一个长值的开头,内容却不是', 'should begin a long value, and does not')
    return undefined
  }

  /** @returns how many entries are below; keys must lie from `from` up to before `to` */
  function walk(tree: Walked, number: number, depth: number, from?: Buffer, to?: Buffer): number {
    const bytes = take(number)
    if (!bytes) return 0
    const page = readTreePage(bytes, number)
    if (!page || (page.kind === 'leaf') !== (depth === 1)) {
      complain(number, '已损坏:不是索引页,也不是数据页', 'is damaged: it is no page of the tree')
      return 0
    }
    const [nodes, skipped] = page.kind === 'leaf' ? [page.entries, 0] : [page.children, 1]
    // The first key of a branch page is not stored: everything below the second belongs there.
    const keys = nodes.slice(skipped).map(({ key }) => key)
    if (tree.ordered && !isOrdered(keys, from, to))
      complain(number, '里的键次序不对', 'holds keys out of order')
    if (page.kind === 'leaf') {
      for (const entry of page.entries) {
        const long = entry.overflow && takeOverflow(entry.overflow, entry.bytes)
        if (long) tree.visit?.(long.subarray(OVERFLOW_VALUE_AT, OVERFLOW_VALUE_AT + entry.bytes))
        else if (!entry.overflow) tree.visit?.(bytes.subarray(entry.at, entry.at + entry.bytes))
      }
      return page.entries.length
    }
    let entries = 0
    for (const [at, child] of page.children.entries())
      entries += walk(tree, child.page, depth - 1, at === 0 ? from : keys[at - 1], keys[at] ?? to)
    return entries
  }

  function walkAll({ root, depth, entries }: TreeRoot, tree: Walked): number {
    const before = problems.length
    const found = root === undefined ? 0 : walk(tree, root, depth)
    if (found !== entries && problems.length === before)
      problems.push({
        zh: `${tree.name.zh}应有 ${entries} 条,实有 ${found} 条`,
        en: `${tree.name.en} should hold ${entries} entries and holds ${found}`,
      })
    return found
  }

  const entries = walkAll(meta.main, { name: { zh: '数据', en: 'the data' }, ordered: true })
  const lists: Buffer[] = []
  // Its keys are numbers in the machine's byte order.
  const name = { zh: '空闲页目录', en: 'the list of free pages' }
  walkAll(meta.free, { name, ordered: false, visit: list => lists.push(list) })

  const free = pageSet(lastPage + 1)
  for (const list of lists)
    for (const { first, pages } of freedRuns(list)) {
      if (!isInFile(first, pages)) continue
      for (let page = first; page < first + pages; page++)
        if (used.has(page))
          complain(page, '在使用,却也列在空闲页里', 'is in use, and is listed as free as well')
        else if (!free.add(page)) complain(page, '在空闲页里列了两次', 'is listed as free twice')
    }
  return {
    pages: lastPage + 1,
    free: free.size(),
    lost: lastPage + 1 - used.size() - free.size(),
    pageBytes,
    entries,
    problems,
  }
}

/** How a tree is walked. */
interface Walked {
  name: Text
  ordered: boolean
  visit?: (value: Buffer) => void
}

function pageSet(pages: number) {
  const bits = new Uint8Array(Math.ceil(pages / 8))
  let size = 0
  const has = (page: number) => (bits[page >> 3]! & (1 << (page & 7))) !== 0
  return {
    has,
    size: () => size,
    /** @returns whether it was not in the set */
    add(page: number): boolean {
      if (has(page)) return false
      bits[page >> 3]! |= 1 << (page & 7)
      size++
      return true
    },
  }
}

function isOrdered(keys: readonly Buffer[], from: Buffer | undefined, to: Buffer | undefined): boolean {
  const [first] = keys
  const last = keys.at(-1)
  if (!first || !last) return true
  return (
    !(from && first.compare(from) < 0) &&
    !(to && last.compare(to) >= 0) &&
    keys.every((key, at) => at === 0 || keys[at - 1]!.compare(key) < 0)
  )
}
