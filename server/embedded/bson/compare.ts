import { compareNumbers } from './number.ts'
import { endOfName, endOfValue, type RawValue, readInt32, scopeStart } from './raw.ts'
import { rawOf } from './raw-value.ts'
import { CLASS, classOf, TYPE } from './types.ts'

/** Compares two decoded values in MongoDB's order: by type class first, then by value. */
export function compareValues(a: unknown, b: unknown): number {
  if (typeof a === 'string' && a === b) return 0
  return compareRaw(rawOf(a), rawOf(b))
}

/** Compares two raw values in MongoDB's order (manual, "Comparison/Sort Order"). */
export function compareRaw(a: RawValue, b: RawValue): number {
  const kind = classOf(a.type)
  const byClass = kind - classOf(b.type)
  return byClass !== 0 ? Math.sign(byClass) : compareSameClass(kind, a, b)
}

/** Whether two raw values are equal; identical bytes settle it without looking inside. */
export function equalRaw(a: RawValue, b: RawValue): boolean {
  if (a.type === b.type && a.type === TYPE.string) return sameBytes(a, b)
  return compareRaw(a, b) === 0
}

function compareSameClass(kind: number, a: RawValue, b: RawValue): number {
  switch (kind) {
    case CLASS.number:
      return compareNumbers(a, b)
    case CLASS.string:
    case CLASS.javascript:
      return compareBytes(a.bytes, a.start + 4, a.end, b.bytes, b.start + 4, b.end)
    case CLASS.object:
    case CLASS.array:
      return compareDocuments(a, a.start, b, b.start)
    case CLASS.binData:
    case CLASS.dbPointer:
      return compareLengthPrefixed(a, b)
    case CLASS.date:
      return compareDates(a, b)
    case CLASS.timestamp:
      return compareTimestamps(a, b)
    case CLASS.objectId:
    case CLASS.bool:
    case CLASS.regex:
      return compareBytes(a.bytes, a.start, a.end, b.bytes, b.start, b.end)
    case CLASS.javascriptWithScope:
      return compareCodeWithScope(a, b)
    default:
      return 0
  }
}

/** Field by field: type class, then name, then value; the document that ends first is the smaller. */
function compareDocuments(a: RawValue, aStart: number, b: RawValue, bStart: number): number {
  let left = aStart + 4
  let right = bStart + 4
  for (;;) {
    const leftType = a.bytes[left]!
    const rightType = b.bytes[right]!
    if (leftType === 0 || rightType === 0) return Math.sign(leftType - rightType)
    const byClass = classOf(leftType) - classOf(rightType)
    if (byClass !== 0) return Math.sign(byClass)
    const leftName = endOfName(a.bytes, left + 1)
    const rightName = endOfName(b.bytes, right + 1)
    const byName = compareBytes(a.bytes, left + 1, leftName, b.bytes, right + 1, rightName)
    if (byName !== 0) return byName
    const leftEnd = endOfValue(a.bytes, leftType, leftName + 1)
    const rightEnd = endOfValue(b.bytes, rightType, rightName + 1)
    const byValue = compareSameClass(
      classOf(leftType),
      { type: leftType, bytes: a.bytes, start: leftName + 1, end: leftEnd },
      { type: rightType, bytes: b.bytes, start: rightName + 1, end: rightEnd },
    )
    if (byValue !== 0) return byValue
    left = leftEnd
    right = rightEnd
  }
}

/** Lexicographic comparison of two byte ranges. */
function compareBytes(
  a: Uint8Array,
  aStart: number,
  aEnd: number,
  b: Uint8Array,
  bStart: number,
  bEnd: number,
): number {
  const shorter = Math.min(aEnd - aStart, bEnd - bStart)
  for (let i = 0; i < shorter; i++) {
    const difference = a[aStart + i]! - b[bStart + i]!
    if (difference !== 0) return difference < 0 ? -1 : 1
  }
  return Math.sign(aEnd - aStart - (bEnd - bStart))
}

function sameBytes(a: RawValue, b: RawValue): boolean {
  const length = a.end - a.start
  return length === b.end - b.start && equalBytes(a.bytes, a.start, b.bytes, b.start, length)
}

/** Whether `length` bytes are the same from two places on. */
export function equalBytes(
  a: Uint8Array,
  aStart: number,
  b: Uint8Array,
  bStart: number,
  length: number,
): boolean {
  for (let i = 0; i < length; i++) if (a[aStart + i] !== b[bStart + i]) return false
  return true
}

function compareLengthPrefixed(a: RawValue, b: RawValue): number {
  const byLength = readInt32(a.bytes, a.start) - readInt32(b.bytes, b.start)
  if (byLength !== 0) return Math.sign(byLength)
  return compareBytes(a.bytes, a.start + 4, a.end, b.bytes, b.start + 4, b.end)
}

function compareDates(a: RawValue, b: RawValue): number {
  const byHigh = readInt32(a.bytes, a.start + 4) - readInt32(b.bytes, b.start + 4)
  if (byHigh !== 0) return Math.sign(byHigh)
  return Math.sign((readInt32(a.bytes, a.start) >>> 0) - (readInt32(b.bytes, b.start) >>> 0))
}

function compareTimestamps(a: RawValue, b: RawValue): number {
  for (const word of [4, 0]) {
    const difference = (readInt32(a.bytes, a.start + word) >>> 0) - (readInt32(b.bytes, b.start + word) >>> 0)
    if (difference !== 0) return Math.sign(difference)
  }
  return 0
}

function compareCodeWithScope(a: RawValue, b: RawValue): number {
  const aScope = scopeStart(a)
  const bScope = scopeStart(b)
  return (
    compareBytes(a.bytes, a.start + 8, aScope, b.bytes, b.start + 8, bScope) ||
    compareDocuments(a, aScope, b, bScope)
  )
}
