import { crc32 } from 'node:zlib'

/**
 * What the journal is written in: the records of a group. It is on the disk whole or, where its checksum does not
 * fit, not at all. Layout, little endian:
 *
 * | bytes | what |
 * |---|---|
 * | 0–8 | the journal's name, which tells a block from what else may lie there |
 * | 8–12 | CRC-32 of everything behind it |
 * | 12–16 | length of the whole block |
 * | 16–24 | number of the group, as a double |
 * | 24–32 | every group before this number is worked off, as a double |
 * | 32– | the records, each: lane (1 byte), length of the id (2), length of the document (4), id, document |
 */
const HEADER_BYTES = 32
const RECORD_BYTES = 7
/** Room that is kept between two blocks; what a large one took is given back. */
const KEPT_BYTES = 2 * 1024 * 1024
const MAX_ID_BYTES = 0xffff

/** What is to be kept of an event: its document as BSON. */
export interface JournalRecord {
  readonly id: string
  readonly lane: number
  readonly bson: Uint8Array
}

/** A record as it was found. */
export interface FoundRecord {
  readonly id: string
  readonly lane: number
  /** Number of the group it was written in. */
  readonly group: number
  /** Where its document lies in the file. */
  readonly at: number
  readonly length: number
}

export interface FoundBlock {
  readonly group: number
  readonly mark: number
  readonly records: readonly FoundRecord[]
}

/** Writes blocks into one piece of memory, which the next block takes again. */
export interface BlockWriter {
  /** @returns the block, and where in it each record's document begins. @throws for an id that is too long */
  write(
    records: readonly JournalRecord[],
    numbers: { readonly group: number; readonly mark: number },
  ): { bytes: Buffer; places: number[] }
}

export function blockWriter(name: Buffer): BlockWriter {
  let buffer = Buffer.allocUnsafe(64 * 1024)

  return {
    write(records, { group, mark }) {
      let most = HEADER_BYTES
      // A character of UTF-16 takes three bytes of UTF-8 at most.
      for (const { id, bson } of records) most += RECORD_BYTES + id.length * 3 + bson.length
      if (most > buffer.length) buffer = Buffer.allocUnsafe(most)
      else if (buffer.length > KEPT_BYTES && most <= KEPT_BYTES) buffer = Buffer.allocUnsafe(KEPT_BYTES)
      const places: number[] = []
      let at = HEADER_BYTES
      for (const { id, lane, bson } of records) {
        const idBytes = buffer.write(id, at + RECORD_BYTES)
        if (idBytes > MAX_ID_BYTES) throw new RangeError(`An id of ${idBytes} bytes is too long to be kept`)
        buffer[at] = lane
        buffer.writeUInt16LE(idBytes, at + 1)
        buffer.writeUInt32LE(bson.length, at + 3)
        at += RECORD_BYTES + idBytes
        buffer.set(bson, at)
        places.push(at)
        at += bson.length
      }
      name.copy(buffer, 0)
      buffer.writeUInt32LE(at, 12)
      buffer.writeDoubleLE(group, 16)
      buffer.writeDoubleLE(mark, 24)
      buffer.writeUInt32LE(crc32(buffer.subarray(12, at)), 8)
      return { bytes: buffer.subarray(0, at), places }
    },
  }
}

/** All whole blocks in a file, also those behind a broken one. */
export function* blocksIn(bytes: Buffer, name: Buffer): Generator<FoundBlock> {
  for (let at = bytes.indexOf(name); at !== -1; ) {
    const end = endOfBlock(bytes, at)
    if (end) yield blockAt(bytes, at, end)
    at = bytes.indexOf(name, end ?? at + 1)
  }
}

/** Undefined where no whole block begins there. */
function endOfBlock(bytes: Buffer, at: number): number | undefined {
  if (at + HEADER_BYTES > bytes.length) return undefined
  const end = at + bytes.readUInt32LE(at + 12)
  if (end < at + HEADER_BYTES || end > bytes.length) return undefined
  return crc32(bytes.subarray(at + 12, end)) === bytes.readUInt32LE(at + 8) ? end : undefined
}

function blockAt(bytes: Buffer, start: number, end: number): FoundBlock {
  const group = bytes.readDoubleLE(start + 16)
  const records: FoundRecord[] = []
  for (let at = start + HEADER_BYTES; at < end; ) {
    const idAt = at + RECORD_BYTES
    const documentAt = idAt + bytes.readUInt16LE(at + 1)
    const length = bytes.readUInt32LE(at + 3)
    records.push({
      id: bytes.toString('utf8', idAt, documentAt),
      lane: bytes[at]!,
      group,
      at: documentAt,
      length,
    })
    at = documentAt + length
  }
  return { group, mark: bytes.readDoubleLE(start + 24), records }
}
