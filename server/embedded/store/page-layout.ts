/**
 * How the pages of LMDB's file are laid out, little endian, by the structures MDB_page_header, MDB_meta, MDB_db,
 * MDB_node and MDB_ovpage of mdb.c as the library `lmdb` builds it (64 bits, format 2).
 */
const HEADER_BYTES = 24
const NODE_BYTES = 8
const MAGIC = 0xbeefc0de
const FORMAT = 2
const FLAG = { branch: 0x01, leaf: 0x02, overflow: 0x04, meta: 0x08 } as const
const BIG_DATA = 0x01
const NO_PAGE = 2n ** 64n - 1n

/** Where a tree begins, and what it says of itself. */
export interface TreeRoot {
  depth: number
  entries: number
  /** Absent where the tree is empty. */
  root?: number
}

/** One of the two places where a transaction is noted. */
export interface Meta {
  transaction: number
  pageBytes: number
  lastPage: number
  free: TreeRoot
  main: TreeRoot
}

/** The meta page in the first bytes of `page`; undefined where there is none. */
export function readMeta(page: Buffer): Meta | undefined {
  const isMeta = page.length >= HEADER_BYTES + 136 && (page.readUInt16LE(18) & FLAG.meta) !== 0
  if (!isMeta || page.readUInt32LE(24) !== MAGIC || page.readUInt32LE(28) !== FORMAT) return undefined
  return {
    pageBytes: page.readUInt32LE(48),
    free: readRoot(page, 48),
    main: readRoot(page, 96),
    lastPage: Number(page.readBigUInt64LE(144)),
    transaction: Number(page.readBigUInt64LE(152)),
  }
}

function readRoot(page: Buffer, at: number): TreeRoot {
  const root = page.readBigUInt64LE(at + 40)
  return {
    depth: page.readUInt16LE(at + 6),
    entries: Number(page.readBigUInt64LE(at + 32)),
    ...(root !== NO_PAGE && { root: Number(root) }),
  }
}

/** A page of a tree, taken apart. */
type TreePage =
  | { kind: 'branch'; children: { key: Buffer; page: number }[] }
  | { kind: 'leaf'; entries: PageEntry[] }

interface PageEntry {
  key: Buffer
  /** Length of the value. */
  bytes: number
  /** Where the value begins in the page; that of a long one lies in pages of its own. */
  at: number
  overflow?: PageRun
}

/** Pages that lie one behind the other. */
export interface PageRun {
  first: number
  pages: number
}

/** Takes the page with a number apart; undefined where it is none, or states impossible places. */
export function readTreePage(page: Buffer, number: number): TreePage | undefined {
  const flags = page.readUInt16LE(18)
  const isBranch = (flags & FLAG.branch) !== 0
  if (Number(page.readBigUInt64LE(0)) !== number || isBranch === ((flags & FLAG.leaf) !== 0)) return undefined
  const lower = page.readUInt16LE(20)
  const upper = page.readUInt16LE(22)
  if (lower % 2 !== 0 || lower > upper || HEADER_BYTES + upper > page.length) return undefined
  const nodes = Array.from(
    { length: lower / 2 },
    (_, i) => HEADER_BYTES + page.readUInt16LE(HEADER_BYTES + 2 * i),
  )
  if (nodes.some(at => !isInside(page, at, isBranch))) return undefined
  return isBranch
    ? { kind: 'branch', children: nodes.map(at => ({ key: keyAt(page, at), page: childAt(page, at) })) }
    : { kind: 'leaf', entries: nodes.map(at => entryAt(page, at)) }
}

function isInside(page: Buffer, at: number, isBranch: boolean): boolean {
  const dataAt = at + NODE_BYTES
  if (dataAt > page.length) return false
  const keyEnd = dataAt + page.readUInt16LE(at + 6)
  const size = isBranch ? 0 : page.readUInt16LE(at + 4) & BIG_DATA ? 24 : page.readUInt32LE(at)
  return keyEnd + size <= page.length
}

function keyAt(page: Buffer, at: number): Buffer {
  return page.subarray(at + NODE_BYTES, at + NODE_BYTES + page.readUInt16LE(at + 6))
}

function childAt(page: Buffer, at: number): number {
  return page.readUInt32LE(at) + page.readUInt16LE(at + 4) * 2 ** 32
}

function entryAt(page: Buffer, node: number): PageEntry {
  const key = keyAt(page, node)
  const bytes = page.readUInt32LE(node)
  const at = node + NODE_BYTES + key.length
  if ((page.readUInt16LE(node + 4) & BIG_DATA) === 0) return { key, bytes, at }
  const first = Number(page.readBigUInt64LE(at))
  return { key, bytes, at, overflow: { first, pages: Number(page.readBigUInt64LE(at + 16)) } }
}

/** Where the value begins in the first of its own pages. */
export const OVERFLOW_VALUE_AT = HEADER_BYTES

/**
 * The pages an entry of the list of free ones names: after how many numbers there are, single pages, and below zero
 * the length of a run before its first page; zeros are room (mdb_midl_insert in midl.c).
 */
export function* freedRuns(list: Buffer): Generator<PageRun> {
  const length = Math.min(Number(list.readBigInt64LE(0)), list.length / 8 - 1)
  for (let at = 1; at <= length; at++) {
    const number = Number(list.readBigInt64LE(at * 8))
    if (number > 0) yield { first: number, pages: 1 }
    else if (number < 0 && ++at <= length)
      yield { first: Number(list.readBigInt64LE(at * 8)), pages: -number }
  }
}

/** Whether the bytes of a run of pages hold a value of so many bytes. */
export function isOverflowOf(page: Buffer, { first, pages }: PageRun, bytes: number): boolean {
  return (
    Number(page.readBigUInt64LE(0)) === first &&
    (page.readUInt16LE(18) & FLAG.overflow) !== 0 &&
    page.readUInt32LE(20) === pages &&
    HEADER_BYTES + bytes <= page.length
  )
}
