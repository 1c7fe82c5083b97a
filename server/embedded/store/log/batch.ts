import { crc32 } from 'node:zlib'
import { copyBytes, writeInt32 } from '../../bson/byte-writer.ts'
import { NOTHING, readTableKey, type TableKey, tableKeyLength, writeTableKey } from '../table-key.ts'

/**
 * What the log is written in: all groups that wait for the disk at a time. It is on the disk whole or, where its
 * checksum does not fit, not at all; the next one is written when this one is there. Layout, little endian:
 *
 * | bytes | what |
 * |---|---|
 * | 0–8 | the log's name, which tells a batch from what else may lie there |
 * | 8–12 | CRC-32 of everything behind it, up to the end of the body |
 * | 12–16 | length of the body |
 * | 16–24 | number of the first group, as a double |
 * | 24–32 | how many groups |
 * | 32– | the groups, each with its length before it; then zeros up to a multiple of 8 |
 */
export interface Batch {
  groups(): number
  bytes(): number
  /** Begins a group; what is added next belongs to it. */
  begin(): void
  /** Adds a change. A `flushed` has no key. */
  add(kind: Change['kind'], key: TableKey | undefined, value: Uint8Array): void
  /** Ends the group, which counts only where something was added. @returns whether it counts */
  end(): boolean
  /** Forgets the group that was begun. */
  cancel(): void
  /** The batch as it is to be written, valid until the next change; `firstGroup` is the number of its first group. */
  seal(firstGroup: number): Buffer
  clear(): void
}

/** One change of a group. A `flushed` changes nothing: see the log. */
export interface Change {
  kind: 'put' | 'remove' | 'flushed'
  key: TableKey
  value: Uint8Array
}

/** A batch as it was found. */
export interface FoundBatch {
  /** Where it begins in what was searched, and where the next one may begin. */
  at: number
  end: number
  firstGroup: number
  groups: number
  body: Buffer
}

const HEADER_BYTES = 32
const CHANGE_BYTES = 7
const KINDS = ['put', 'remove', 'flushed'] as const
/** Room that is kept whatever comes. */
const KEPT_BYTES = 1024 * 1024
/**
 * After so many batches in a row that needed a quarter of it, more room than that is given back. Not sooner: where large
 * batches come again and again, growing for each of them has V8 look for garbage several times a second.
 */
const SMALL_BATCHES = 200

export function createBatch(name: Buffer): Batch {
  let buffer = Buffer.allocUnsafe(64 * 1024)
  let length = HEADER_BYTES
  let groups = 0
  let groupAt = 0
  let small = 0

  function reserve(bytes: number): void {
    if (length + bytes <= buffer.length) return
    const larger = Buffer.allocUnsafe(Math.max(buffer.length * 2, length + bytes))
    buffer.copy(larger, 0, 0, length)
    buffer = larger
  }

  return {
    groups: () => groups,
    bytes: () => length,

    begin() {
      reserve(4)
      groupAt = length
      length += 4
    },

    add(kind, key, value) {
      const keyBytes = key ? tableKeyLength(key) : 0
      reserve(CHANGE_BYTES + keyBytes + value.length)
      buffer[length] = KINDS.indexOf(kind)
      buffer[length + 1] = keyBytes
      buffer[length + 2] = keyBytes >> 8
      writeInt32(buffer, length + 3, value.length)
      if (key) writeTableKey(key, buffer, length + CHANGE_BYTES)
      const valueAt = length + CHANGE_BYTES + keyBytes
      copyBytes(buffer, valueAt, value, 0, value.length)
      length = valueAt + value.length
    },

    end() {
      const size = length - groupAt - 4
      if (size === 0) {
        length = groupAt
        return false
      }
      buffer.writeUInt32LE(size, groupAt)
      groups++
      return true
    },

    cancel() {
      length = groupAt
    },

    seal(firstGroup) {
      reserve(8)
      const padded = aligned(length)
      buffer.fill(0, length, padded)
      name.copy(buffer, 0)
      buffer.writeUInt32LE(length - HEADER_BYTES, 12)
      buffer.writeDoubleLE(firstGroup, 16)
      buffer.writeDoubleLE(groups, 24)
      buffer.writeUInt32LE(crc32(buffer.subarray(12, length)), 8)
      return buffer.subarray(0, padded)
    },

    clear() {
      small = length * 4 > buffer.length ? 0 : small + 1
      if (buffer.length > KEPT_BYTES && small >= SMALL_BATCHES) buffer = Buffer.allocUnsafe(KEPT_BYTES)
      length = HEADER_BYTES
      groups = 0
    },
  }
}

/** The batch that begins at a place; undefined where none that is whole does. */
export function batchAt(bytes: Buffer, at: number, name: Buffer): FoundBatch | undefined {
  if (at + HEADER_BYTES > bytes.length || bytes.compare(name, 0, 8, at, at + 8) !== 0) return undefined
  const bodyEnd = at + HEADER_BYTES + bytes.readUInt32LE(at + 12)
  if (bodyEnd > bytes.length) return undefined
  if (crc32(bytes.subarray(at + 12, bodyEnd)) !== bytes.readUInt32LE(at + 8)) return undefined
  return {
    at,
    end: at + aligned(bodyEnd - at),
    firstGroup: bytes.readDoubleLE(at + 16),
    groups: bytes.readDoubleLE(at + 24),
    body: bytes.subarray(at + HEADER_BYTES, bodyEnd),
  }
}

/** All whole batches, also those behind a broken one. */
export function* batchesIn(bytes: Buffer, name: Buffer): Generator<FoundBatch> {
  let at = 0
  while (at >= 0 && at < bytes.length) {
    const batch = batchAt(bytes, at, name)
    if (batch) yield batch
    at = batch ? batch.end : bytes.indexOf(name, at + 1)
  }
}

/** The changes of a batch, group by group, beginning with group number `from`. */
export function* groupsOf({ body, firstGroup }: FoundBatch, from: number): Generator<Change[]> {
  let number = firstGroup
  for (let at = 0; at < body.length; number++) {
    const end = at + 4 + body.readUInt32LE(at)
    if (number >= from) yield changesIn(body.subarray(at + 4, end))
    at = end
  }
}

function changesIn(group: Buffer): Change[] {
  const changes: Change[] = []
  let at = 0
  while (at < group.length) {
    const keyAt = at + CHANGE_BYTES
    const valueAt = keyAt + group.readUInt16LE(at + 1)
    const end = valueAt + group.readUInt32LE(at + 3)
    changes.push({
      kind: KINDS[group[at]!]!,
      key: valueAt > keyAt ? readTableKey(group, keyAt, valueAt) : [0, NOTHING, NOTHING],
      value: group.subarray(valueAt, end),
    })
    at = end
  }
  return changes
}

function aligned(length: number): number {
  return Math.ceil(length / 8) * 8
}
