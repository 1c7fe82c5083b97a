import { mongoError } from '../errors.ts'
import { TYPE } from './types.ts'

/** A value inside raw BSON: its type and where its bytes lie. Nothing is copied. */
export interface RawValue {
  readonly type: number
  readonly bytes: Uint8Array
  readonly start: number
  readonly end: number
}

/** Called with each value (undefined: missing) and the outermost array index it came from (-1: none); true stops. */
export type Visit = (value: RawValue | undefined, position: number) => boolean

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
      return start + 4 + readInt32(bytes, start)
    case TYPE.object:
    case TYPE.array:
    case TYPE.javascriptWithScope:
      return start + readInt32(bytes, start)
    case TYPE.binData:
      return start + 5 + readInt32(bytes, start)
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
      return start + 4 + readInt32(bytes, start) + 12
    default:
      throw mongoError('InvalidBSON', `unknown BSON type 0x${type.toString(16)}`)
  }
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

/** The field `name` of the document that starts at `at`; undefined where it is missing. */
export function rawField(bytes: Uint8Array, name: string, at = 0): RawValue | undefined {
  let cursor = at + 4
  for (let type = bytes[cursor]!; type !== 0; type = bytes[cursor]!) {
    const nameEnd = endOfName(bytes, cursor + 1)
    const start = nameEnd + 1
    const end = endOfValue(bytes, type, start)
    if (nameIs(bytes, cursor + 1, nameEnd, name)) return { type, bytes, start, end }
    cursor = end
  }
  return undefined
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

/**
 * Visits the values a dotted path leads to in the document at `at`, as MongoDB's matcher does: arrays on the way
 * are entered, both by index and element by element; an array at the end gives its elements (unless `leafArrays`
 * is false), then itself.
 */
export function visitPath(
  bytes: Uint8Array,
  at: number,
  path: readonly string[],
  visit: Visit,
  leafArrays = true,
): boolean {
  return visitDocument(bytes, at, path, 0, -1, visit, leafArrays)
}

function visitDocument(
  bytes: Uint8Array,
  at: number,
  path: readonly string[],
  depth: number,
  position: number,
  visit: Visit,
  leafArrays: boolean,
): boolean {
  const value = rawField(bytes, path[depth]!, at)
  if (value === undefined) return visit(undefined, position)
  if (value.type === TYPE.array) return visitArray(value, path, depth + 1, position, visit, leafArrays)
  if (depth === path.length - 1) return visit(value, position)
  if (value.type === TYPE.object)
    return visitDocument(bytes, value.start, path, depth + 1, position, visit, leafArrays)
  return visit(undefined, position)
}

function visitArray(
  array: RawValue,
  path: readonly string[],
  depth: number,
  position: number,
  visit: Visit,
  leafArrays: boolean,
): boolean {
  const { bytes, start } = array
  if (depth === path.length) {
    if (leafArrays && someElement(bytes, start, (element, i) => visit(element, position < 0 ? i : position)))
      return true
    return visit(array, position)
  }
  const wantedIndex = arrayIndex(path[depth]!)
  return someElement(bytes, start, (element, i) => {
    const inside = position < 0 ? i : position
    if (
      element.type === TYPE.object &&
      visitDocument(bytes, element.start, path, depth, inside, visit, leafArrays)
    )
      return true
    if (i !== wantedIndex) return false
    if (depth + 1 === path.length) return visit(element, position)
    if (element.type === TYPE.object)
      return visitDocument(bytes, element.start, path, depth + 1, position, visit, leafArrays)
    if (element.type === TYPE.array) return visitArray(element, path, depth + 1, position, visit, leafArrays)
    return false
  })
}

/** The array index a path segment stands for, -1 where it is no index (`01` and `1x` are names). */
export function arrayIndex(segment: string): number {
  return /^(?:0|[1-9]\d{0,8})$/.test(segment) ? Number(segment) : -1
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
