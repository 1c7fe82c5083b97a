import { promisify } from 'node:util'
import { inflateRaw } from 'node:zlib'
import { FileUnreadableError } from './document-file.ts'

const END_RECORD = 'PK\x05\x06'
const ENTRY = 0x02014b50
const LONG_SIZES = 1
const ELSEWHERE = 0xffffffff
const STORED = 0
const DEFLATED = 8

interface Entry {
  readonly name: string
  readonly method: number
  readonly size: number
  readonly packed: number
  readonly start: number
}

const inflate = promisify(inflateRaw)

/** Unpacked, a workbook may take this much; beyond it is a bomb, not a list of orders. */
const MAX_UNPACKED_BYTES = 256 * 1024 * 1024

/**
 * The files of a zip by their names, unpacked (APPNOTE 4.3.12, 4.3.16). What the zip says they take is checked
 * before, and that it says the truth while they are unpacked.
 * @throws {FileUnreadableError}
 */
export async function unpack(zip: Buffer): Promise<ReadonlyMap<string, Buffer>> {
  const end = zip.lastIndexOf(END_RECORD, undefined, 'latin1')
  if (end < 0 || end + 22 > zip.length) throw damaged()
  const entries: Entry[] = []
  let at = zip.readUInt32LE(end + 16)
  let sum = 0
  while (at + 46 <= end && zip.readUInt32LE(at) === ENTRY) {
    const nameEnd = at + 46 + zip.readUInt16LE(at + 28)
    const extraEnd = nameEnd + zip.readUInt16LE(at + 30)
    const [size, packed, start] = sizesOf(zip, at, zip.subarray(nameEnd, extraEnd))
    sum += size
    entries.push({
      name: zip.toString('utf8', at + 46, nameEnd),
      method: zip.readUInt16LE(at + 10),
      size,
      packed,
      start,
    })
    at = extraEnd + zip.readUInt16LE(at + 32)
  }
  if (sum > MAX_UNPACKED_BYTES)
    throw new FileUnreadableError({ zh: '解压后过大', en: 'too large once unpacked' })
  const files = new Map<string, Buffer>()
  for (const { name, method, packed, size, start } of entries) {
    if (start + 30 > zip.length) throw damaged()
    const from = start + 30 + zip.readUInt16LE(start + 26) + zip.readUInt16LE(start + 28)
    const body = zip.subarray(from, from + packed)
    if (method === STORED) files.set(name, body)
    else if (method === DEFLATED) files.set(name, await inflated(body, size))
    else throw damaged()
  }
  return files
}

/** Size, packed size and place of an entry; programs that write while they count put them in a field of their own (4.5.3). */
function sizesOf(zip: Buffer, at: number, extra: Buffer): [size: number, packed: number, start: number] {
  const said: [number, number, number] = [
    zip.readUInt32LE(at + 24),
    zip.readUInt32LE(at + 20),
    zip.readUInt32LE(at + 42),
  ]
  for (let field = 0; field + 4 <= extra.length; field += 4 + extra.readUInt16LE(field + 2)) {
    if (extra.readUInt16LE(field) !== LONG_SIZES) continue
    let value = field + 4
    for (let index = 0; index < 3; index++) {
      if (said[index] !== ELSEWHERE || value + 8 > extra.length) continue
      said[index] = Number(extra.readBigUInt64LE(value))
      value += 8
    }
  }
  return said
}

async function inflated(body: Buffer, size: number): Promise<Buffer> {
  try {
    return await inflate(body, { maxOutputLength: Math.max(size, 1) })
  } catch {
    // Whatever zlib says of it, the person can only get the file anew.
    throw damaged()
  }
}

const damaged = () =>
  new FileUnreadableError({
    zh: '文件不完整或已损坏，请重新导出或重新下载后再传',
    en: 'the file is cut off or damaged; export or download it again',
  })
