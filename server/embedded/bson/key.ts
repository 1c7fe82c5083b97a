import { createHash } from 'node:crypto'
import { Double, Int32, ObjectId } from 'bson'
import {
  beginKey,
  finishKey,
  invertSince,
  keyLength,
  writeByte,
  writeFixed,
  writeInt64,
  writeNumber,
  writeString,
  writeText,
  writeUint32,
} from './key-writer.ts'
import { inexactPart, nearestDouble } from './number.ts'
import { endOfName, endOfValue, type RawValue, readInt32, scopeStart, valueOfElement } from './raw.ts'
import { rawOf } from './raw-value.ts'
import { CLASS, classOf, TYPE } from './types.ts'

/** 1 for ascending, -1 for descending. */
export type Direction = 1 | -1

/** Keys longer than this many bytes are shortened, so that they fit the store together with an `_id`. */
export const MAX_KEY_BYTES = 1700
const HASH_BYTES = 32
/** How many leading bytes of a shortened key are the key's own; the rest is a hash. */
export const KEPT_KEY_BYTES = MAX_KEY_BYTES - HASH_BYTES

/** The order-preserving key of a decoded value; concatenated keys order like the list of values. */
export function encodeValue(value: unknown, direction: Direction): Buffer {
  beginKey()
  writeDecoded(value)
  if (direction === -1) invertSince(0)
  return finishKey()
}

/** The ascending key of a raw value. */
export function encodeRaw(value: RawValue): Buffer {
  beginKey()
  writePart(value)
  return finishKey()
}

/** The ascending key of an `_id`. */
export function idKey(value: unknown): Buffer {
  return encodeValue(value, 1)
}

/** A key short enough to store: unchanged, or its beginning and a hash of the whole (order is lost behind that). */
export function shortenKey(key: Buffer): Buffer {
  if (key.length <= MAX_KEY_BYTES) return key
  return Buffer.concat([key.subarray(0, KEPT_KEY_BYTES), createHash('sha256').update(key).digest()])
}

/** A missing value and `undefined` count as null; an empty array has MongoDB's key of `undefined`, below null. */
function writePart(value: KeyPart): void {
  if (value === 'empty array') writeByte(CLASS.undefined)
  else if (value === undefined || value.type === TYPE.undefined) writeByte(CLASS.null)
  else {
    const kind = classOf(value.type)
    writeByte(kind)
    writeBody(kind, value)
  }
}

/** Adds the ascending part of the value of the element at `element`; of a missing one for -1. */
export function writeElementPart(bytes: Uint8Array, element: number): void {
  if (element >= 0 && bytes[element] === TYPE.string) {
    const start = endOfName(bytes, element + 1) + 1
    writeByte(CLASS.string)
    writeText(bytes, start + 4, endOfValue(bytes, TYPE.string, start) - 1)
  } else writePart(valueOfElement(bytes, element))
}

function writeDecoded(value: unknown): void {
  if (typeof value === 'string') {
    writeByte(CLASS.string)
    writeString(value)
  } else if (typeof value === 'number' || value instanceof Int32 || value instanceof Double) {
    writeByte(CLASS.number)
    writeNumber(Number(value), undefined)
  } else if (value instanceof ObjectId) {
    writeByte(CLASS.objectId)
    writeFixed(value.id, 0, 12)
  } else {
    writePart(rawOf(value))
  }
}

function writeBody(kind: number, value: RawValue): void {
  const { bytes, start, end } = value
  switch (kind) {
    case CLASS.number:
      writeNumber(nearestDouble(value), inexactPart(value))
      break
    case CLASS.string:
    case CLASS.javascript:
      writeText(bytes, start + 4, end - 1)
      break
    case CLASS.object:
      writeFields(value, start, true)
      break
    case CLASS.array:
      writeFields(value, start, false)
      break
    case CLASS.binData:
    case CLASS.dbPointer:
      writeUint32(readInt32(bytes, start))
      writeFixed(bytes, start + 4, end)
      break
    case CLASS.objectId:
    case CLASS.bool:
      writeFixed(bytes, start, end)
      break
    case CLASS.date:
      writeInt64(readInt32(bytes, start + 4), readInt32(bytes, start))
      break
    case CLASS.timestamp:
      writeUint32(readInt32(bytes, start + 4))
      writeUint32(readInt32(bytes, start))
      break
    case CLASS.regex:
      writeRegex(value)
      break
    case CLASS.javascriptWithScope:
      writeCodeWithScope(value)
      break
  }
}

/** Each element as class, name (of a document's field), value; a zero byte ends the list. */
function writeFields(value: RawValue, start: number, named: boolean): void {
  const { bytes } = value
  let at = start + 4
  for (let type = bytes[at]!; type !== 0; type = bytes[at]!) {
    const nameEnd = endOfName(bytes, at + 1)
    const end = endOfValue(bytes, type, nameEnd + 1)
    writeByte(classOf(type))
    if (named) writeFixed(bytes, at + 1, nameEnd + 1)
    writeBody(classOf(type), { type, bytes, start: nameEnd + 1, end })
    at = end
  }
  writeByte(0)
}

function writeRegex(value: RawValue): void {
  const patternEnd = endOfName(value.bytes, value.start)
  writeText(value.bytes, value.start, patternEnd)
  writeText(value.bytes, patternEnd + 1, value.end - 1)
}

function writeCodeWithScope(value: RawValue): void {
  const scope = scopeStart(value)
  writeText(value.bytes, value.start + 8, scope - 1)
  writeFields(value, scope, true)
}

/** One field's share of an index key; a missing field is undefined. */
export type KeyPart = RawValue | 'empty array' | undefined

/** The key of the values of an index's fields, before shortening. */
export function compoundKey(values: readonly KeyPart[], directions: readonly Direction[]): Buffer {
  beginKey()
  for (let i = 0; i < values.length; i++) {
    const from = keyLength()
    writePart(values[i])
    if (directions[i] === -1) invertSince(from)
  }
  return finishKey()
}
