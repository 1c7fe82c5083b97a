import { mongoError } from '../errors.ts'
import { TYPE } from './types.ts'

/** A value inside raw BSON: its type and where its bytes lie. Nothing is copied. */
export interface RawValue {
  readonly type: number
  readonly bytes: Uint8Array
  readonly start: number
  readonly end: number
}

/** Little-endian signed 32-bit integer at `at`. */
export function readInt32(bytes: Uint8Array, at: number): number {
  return bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)
}

/** Offset just behind the value of `type` that starts at `start`. */
export function endOfValue(bytes: Uint8Array, type: number, start: number): number {
  switch (type) {
    case TYPE.double:
    case TYPE.date:
    case TYPE.timestamp:
    case TYPE.long:
      return start + 8
    case TYPE.string:
    case TYPE.javascript:
    case TYPE.symbol:
      return start + 4 + lengthAt(bytes, start, 1)
    case TYPE.object:
    case TYPE.array:
    case TYPE.javascriptWithScope:
      return start + lengthAt(bytes, start, 5)
    case TYPE.binData:
      return start + 5 + lengthAt(bytes, start, 0)
    case TYPE.objectId:
      return start + 12
    case TYPE.bool:
      return start + 1
    case TYPE.int:
      return start + 4
    case TYPE.decimal:
      return start + 16
    case TYPE.undefined:
    case TYPE.null:
    case TYPE.minKey:
    case TYPE.maxKey:
      return start
    case TYPE.regex:
      return endOfName(bytes, endOfName(bytes, start) + 1) + 1
    case TYPE.dbPointer:
      return start + 4 + lengthAt(bytes, start, 1) + 12
    default:
      throw mongoError('InvalidBSON', `unknown BSON type 0x${type.toString(16)}`)
  }
}

/** Where the scope of a code value begins; its text lies between the value's ninth byte and there. */
export function scopeStart({ bytes, start, end }: RawValue): number {
  const scope = start + 8 + lengthAt(bytes, start + 4, 1)
  if (scope + lengthAt(bytes, scope, 5) !== end)
    throw mongoError('InvalidBSON', 'a BSON code value states impossible lengths')
  return scope
}

/** The length a value states of itself; one that cannot be true would lead a walk astray. */
function lengthAt(bytes: Uint8Array, at: number, least: number): number {
  const length = readInt32(bytes, at)
  if (length < least || at + length > bytes.length)
    throw mongoError('InvalidBSON', `a BSON value states an impossible length of ${length} bytes`)
  return length
}

/** Offset of the NUL byte that ends the C string starting at `start`. */
export function endOfName(bytes: Uint8Array, start: number): number {
  let at = start
  while (bytes[at] !== 0) {
    if (at >= bytes.length) throw mongoError('InvalidBSON', 'unterminated name in a BSON document')
    at++
  }
  return at
}

/** The C string between two offsets. */
export function readName(bytes: Uint8Array, start: number, end: number): string {
  return asBuffer(bytes).toString('utf8', start, end)
}

/** The same memory as a Buffer. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

/** Where the element `name` of the document at `at` begins, with its type; -1 where it is missing. */
export function elementAt(bytes: Uint8Array, name: string, at: number): number {
  let cursor = at + 4
  for (let type = bytes[cursor]!; type !== 0; type = bytes[cursor]!) {
    const nameEnd = endOfName(bytes, cursor + 1)
    if (nameIs(bytes, cursor + 1, nameEnd, name)) return cursor
    cursor = endOfValue(bytes, type, nameEnd + 1)
  }
  return -1
}

/** Where the value of the element at `element` begins. */
export function startOfValue(bytes: Uint8Array, element: number): number {
  return endOfName(bytes, element + 1) + 1
}

/** The value of the element at `element`; undefined for -1. */
export function valueOfElement(bytes: Uint8Array, element: number): RawValue | undefined {
  if (element < 0) return undefined
  const type = bytes[element]!
  const start = startOfValue(bytes, element)
  return { type, bytes, start, end: endOfValue(bytes, type, start) }
}

/** The field `name` of the document that starts at `at`; undefined where it is missing. */
export function rawField(bytes: Uint8Array, name: string, at = 0): RawValue | undefined {
  return valueOfElement(bytes, elementAt(bytes, name, at))
}

/** Calls `visit` with each element of the document or array that starts at `at`, until it answers true. */
export function someElement(
  bytes: Uint8Array,
  at: number,
  visit: (value: RawValue, index: number) => boolean,
): boolean {
  let cursor = at + 4
  for (let index = 0, type = bytes[cursor]!; type !== 0; index++, type = bytes[cursor]!) {
    const start = endOfName(bytes, cursor + 1) + 1
    const end = endOfValue(bytes, type, start)
    if (visit({ type, bytes, start, end }, index)) return true
    cursor = end
  }
  return false
}

function nameIs(bytes: Uint8Array, start: number, end: number, name: string): boolean {
  const length = end - start
  if (length < name.length) return false
  for (let i = 0; i < name.length; i++) {
    const unit = name.charCodeAt(i)
    if (unit >= 0x80) return readName(bytes, start, end) === name
    if (bytes[start + i] !== unit) return false
  }
  return length === name.length
}
