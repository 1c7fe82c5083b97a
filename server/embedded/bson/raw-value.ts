import { Double, Int32, Long, ObjectId, serialize } from 'bson'
import { mongoError } from '../errors.ts'
import { writeInt32, writeUtf8 } from './byte-writer.ts'
import { decode } from './codec.ts'
import { isLong } from './document.ts'
import { asBuffer, type RawValue, readInt32, readName } from './raw.ts'
import { TYPE } from './types.ts'

const NOTHING = new Uint8Array(0)
const doubleBytes = new Uint8Array(8)
const doubleView = new Float64Array(doubleBytes.buffer)

/** Little-endian double at `at`. */
export function readDouble(bytes: Uint8Array, at: number): number {
  for (let i = 0; i < 8; i++) doubleBytes[i] = bytes[at + i]!
  return doubleView[0]!
}

/** Little-endian signed 64-bit integer at `at`, rounded to the nearest double. */
export function readLong(bytes: Uint8Array, at: number): number {
  return readInt32(bytes, at + 4) * 0x1_0000_0000 + (readInt32(bytes, at) >>> 0)
}

/** The text of a string, symbol or code value. */
export function stringOf(value: RawValue): string {
  return readName(value.bytes, value.start + 4, value.end - 1)
}

/** The value with bytes of its own, so that keeping it does not keep the document it came from. */
export function detached({ type, bytes, start, end }: RawValue): RawValue {
  return { type, bytes: Buffer.from(bytes.subarray(start, end)), start: 0, end: end - start }
}

/** Decodes one value; its types are those of the codec. */
export function decodeValue(value: RawValue): unknown {
  const { type, bytes, start, end } = value
  switch (type) {
    case TYPE.string:
      return stringOf(value)
    case TYPE.int:
      return new Int32(readInt32(bytes, start))
    case TYPE.double:
      return new Double(readDouble(bytes, start))
    case TYPE.long:
      return new Long(readInt32(bytes, start), readInt32(bytes, start + 4))
    case TYPE.bool:
      return bytes[start] === 1
    case TYPE.null:
      return null
    case TYPE.date:
      return new Date(readLong(bytes, start))
    case TYPE.object:
      return decode(bytes.subarray(start, end))
    default:
      return decode(wrapped(value))['']
  }
}

/** The raw form of a decoded value; plain numbers become Int32 where they fit, `undefined` becomes null. */
export function rawOf(value: unknown): RawValue {
  if (typeof value === 'string') return rawString(value)
  if (value === null || value === undefined) return { type: TYPE.null, bytes: NOTHING, start: 0, end: 0 }
  if (typeof value === 'boolean')
    return { type: TYPE.bool, bytes: Uint8Array.of(value ? 1 : 0), start: 0, end: 1 }
  if (value instanceof Int32) return rawInt(value.value)
  if (value instanceof Double) return rawDouble(value.value)
  if (value instanceof Date) return rawDate(value)
  if (isLong(value)) return rawWords(TYPE.long, value.high, value.low)
  if (value instanceof ObjectId) return { type: TYPE.objectId, bytes: value.id, start: 0, end: 12 }
  const bytes = serialize({ '': value })
  return { type: bytes[4]!, bytes, start: 6, end: bytes.length - 1 }
}

/** An Int32 as a raw value. */
export function rawInt(value: number): RawValue {
  const bytes = Buffer.allocUnsafe(4)
  writeInt32(bytes, 0, value)
  return { type: TYPE.int, bytes, start: 0, end: 4 }
}

/** A Double as a raw value. */
export function rawDouble(value: number): RawValue {
  doubleView[0] = value
  return { type: TYPE.double, bytes: Buffer.from(doubleBytes), start: 0, end: 8 }
}

function rawString(value: string): RawValue {
  const bytes = Buffer.allocUnsafe(value.length * 3 + 5)
  const length = writeUtf8(bytes, 4, value)
  writeInt32(bytes, 0, length + 1)
  bytes[length + 4] = 0
  return { type: TYPE.string, bytes, start: 0, end: length + 5 }
}

function rawDate(date: Date): RawValue {
  const time = date.getTime()
  if (Number.isNaN(time)) throw mongoError('BadValue', 'not a valid date')
  return rawWords(TYPE.date, Math.floor(time / 0x1_0000_0000), time)
}

/** A 64-bit value of two words; what exceeds a word is cut off. */
function rawWords(type: number, high: number, low: number): RawValue {
  const bytes = Buffer.allocUnsafe(8)
  writeInt32(bytes, 0, low | 0)
  writeInt32(bytes, 4, high | 0)
  return { type, bytes, start: 0, end: 8 }
}

/** A document whose only field, with the empty name, is this value. */
function wrapped(value: RawValue): Buffer {
  const length = value.end - value.start + 7
  const bytes = Buffer.allocUnsafe(length)
  bytes.writeInt32LE(length)
  bytes[4] = value.type
  bytes[5] = 0
  asBuffer(value.bytes).copy(bytes, 6, value.start, value.end)
  bytes[length - 1] = 0
  return bytes
}
