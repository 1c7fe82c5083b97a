import { copyBytes } from './byte-writer.ts'
import type { InexactNumber } from './number.ts'

let scratch = Buffer.allocUnsafe(4096)
let length = 0
const doubleView = new DataView(new ArrayBuffer(8))

/*
 * One key is written at a time into memory that all keys share, then copied out; writing is synchronous,
 * so no two keys can mix. Every value's bytes are prefix-free, so values can be joined to compound keys.
 */

/** Starts a new key. */
export function beginKey(): void {
  length = 0
}

/** How many bytes the key has so far. */
export function keyLength(): number {
  return length
}

/** The finished key. */
export function finishKey(): Buffer {
  const key = Buffer.allocUnsafe(length)
  copyBytes(key, 0, scratch, 0, length)
  return key
}

/** Turns the order of everything written since `from` round, for a descending field. */
export function invertSince(from: number): void {
  for (let at = from; at < length; at++) scratch[at] = ~scratch[at]! & 0xff
}

/** One byte. */
export function writeByte(byte: number): void {
  reserve(1)
  scratch[length++] = byte
}

/** Bytes of a fixed length, as they are. */
export function writeFixed(bytes: Uint8Array, start: number, end: number): void {
  reserve(end - start)
  copyBytes(scratch, length, bytes, start, end)
  length += end - start
}

/** Bytes of any length: zero bytes are escaped as 00 FF, the end is 00 00. */
export function writeText(bytes: Uint8Array, start: number, end: number): void {
  reserve((end - start) * 2 + 2)
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!
    scratch[length++] = byte
    if (byte === 0) scratch[length++] = 0xff
  }
  endText()
}

/** A string, as {@link writeText} writes its UTF-8. */
export function writeString(text: string): void {
  reserve(text.length + 2)
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit === 0 || unit >= 0x80) {
      const rest = Buffer.from(text.slice(i))
      writeText(rest, 0, rest.length)
      return
    }
    scratch[length++] = unit
  }
  endText()
}

/** An unsigned 32-bit integer, biggest byte first. */
export function writeUint32(value: number): void {
  reserve(4)
  scratch[length++] = value >>> 24
  scratch[length++] = value >>> 16
  scratch[length++] = value >>> 8
  scratch[length++] = value
}

/** A signed 64-bit integer given as two words, so that negative ones come first. */
export function writeInt64(high: number, low: number): void {
  writeUint32(high ^ 0x8000_0000)
  writeUint32(low)
}

/** The nearest double, and behind it what that double leaves out. NaN comes before -Infinity. */
export function writeNumber(nearest: number, inexact: InexactNumber | undefined): void {
  writeDouble(nearest)
  writeByte(0x80 + (inexact?.excess ?? 0))
  if (!inexact) return
  const from = length
  writeUint32(inexact.exponent ^ 0x8000_0000)
  writeString(inexact.digits)
  if (inexact.negative) invertSince(from)
}

function writeDouble(value: number): void {
  reserve(8)
  if (Number.isNaN(value)) {
    scratch.fill(0, length, length + 8)
    length += 8
    return
  }
  doubleView.setFloat64(0, value === 0 ? 0 : value)
  const flip = value < 0 ? 0xff : 0
  for (let i = 0; i < 8; i++) scratch[length + i] = doubleView.getUint8(i) ^ flip
  if (flip === 0) scratch[length]! |= 0x80
  length += 8
}

function endText(): void {
  scratch[length++] = 0
  scratch[length++] = 0
}

function reserve(bytes: number): void {
  if (length + bytes <= scratch.length) return
  const bigger = Buffer.allocUnsafe(Math.max(scratch.length * 2, length + bytes))
  scratch.copy(bigger, 0, 0, length)
  scratch = bigger
}
