import type { RawValue } from './raw.ts'

/** Bytes being written; `bytes` may be replaced by bigger memory on the way. */
export interface ByteWriter {
  bytes: Buffer
  length: number
}

/** A writer with room for about `expectedLength` bytes. */
export function byteWriter(expectedLength: number): ByteWriter {
  return { bytes: Buffer.allocUnsafe(expectedLength), length: 0 }
}

/** What has been written. */
export function written(writer: ByteWriter): Buffer {
  return writer.bytes.subarray(0, writer.length)
}

/** Copies a range of bytes to an offset; for short ranges a loop is faster than the built-in copy. */
export function copyBytes(
  target: Uint8Array,
  at: number,
  source: Uint8Array,
  start: number,
  end: number,
): void {
  if (end - start > 64) target.set(source.subarray(start, end), at)
  else for (let i = start; i < end; i++) target[at + i - start] = source[i]!
}

/** Appends a range of bytes. */
export function writeBytes(writer: ByteWriter, source: Uint8Array, start: number, end: number): void {
  reserve(writer, end - start)
  copyBytes(writer.bytes, writer.length, source, start, end)
  writer.length += end - start
}

/** Type, name and the terminator of the name; the value must follow. */
export function writeElementHead(writer: ByteWriter, type: number, name: string): void {
  reserve(writer, name.length * 3 + 2)
  writer.bytes[writer.length++] = type
  writer.length += writeUtf8(writer.bytes, writer.length, name)
  writer.bytes[writer.length++] = 0
}

/** A whole element whose value is already BSON. */
export function writeElement(writer: ByteWriter, name: string, value: RawValue): void {
  writeElementHead(writer, value.type, name)
  writeBytes(writer, value.bytes, value.start, value.end)
}

/** Begins a document or array; the result is for {@link endDocument}. */
export function beginDocument(writer: ByteWriter): number {
  reserve(writer, 4)
  writer.length += 4
  return writer.length - 4
}

/** Ends the document or array that began at `start`. */
export function endDocument(writer: ByteWriter, start: number): void {
  reserve(writer, 1)
  writer.bytes[writer.length++] = 0
  writeInt32(writer.bytes, start, writer.length - start)
}

/** Writes a little-endian 32-bit integer. */
export function writeInt32(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value
  bytes[at + 1] = value >> 8
  bytes[at + 2] = value >> 16
  bytes[at + 3] = value >> 24
}

/** Writes a text as UTF-8 and tells how many bytes it took. */
export function writeUtf8(bytes: Buffer, at: number, text: string): number {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit >= 0x80) return bytes.write(text, at)
    bytes[at + i] = unit
  }
  return text.length
}

function reserve(writer: ByteWriter, bytes: number): void {
  if (writer.length + bytes <= writer.bytes.length) return
  const bigger = Buffer.allocUnsafe(Math.max(writer.bytes.length * 2, writer.length + bytes))
  writer.bytes.copy(bigger, 0, 0, writer.length)
  writer.bytes = bigger
}
