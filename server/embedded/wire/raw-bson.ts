import { TYPE } from '../bson/types.ts'

/** A field ready to stand in a document: type, name, value. */
type RawField = Buffer

/** Writes BSON around documents that are BSON already, so that replies need not decode what they carry. */
export function rawField(name: string, type: number, value: Uint8Array): RawField {
  return Buffer.concat([Buffer.of(type), Buffer.from(`${name}\0`), value])
}

export function rawString(name: string, text: string): RawField {
  const bytes = Buffer.from(`${text}\0`)
  return rawField(name, TYPE.string, Buffer.concat([int32(bytes.length), bytes]))
}

export function rawDouble(name: string, value: number): RawField {
  const bytes = Buffer.alloc(8)
  bytes.writeDoubleLE(value)
  return rawField(name, TYPE.double, bytes)
}

export function rawLong(name: string, value: bigint): RawField {
  const bytes = Buffer.alloc(8)
  bytes.writeBigInt64LE(value)
  return rawField(name, TYPE.long, bytes)
}

export function rawDocument(fields: readonly RawField[]): Buffer {
  const size = fields.reduce((sum, field) => sum + field.length, 5)
  return Buffer.concat([int32(size), ...fields, ZERO], size)
}

/** An array of documents: a document whose names are the positions. */
export function rawArray(documents: readonly Uint8Array[]): Buffer {
  let size = 5
  for (let i = 0; i < documents.length; i++) size += 2 + String(i).length + documents[i]!.length
  const array = Buffer.allocUnsafe(size)
  let at = array.writeInt32LE(size, 0)
  for (let i = 0; i < documents.length; i++) {
    array[at++] = TYPE.object
    at += array.write(String(i), at, 'latin1')
    array[at++] = 0
    array.set(documents[i]!, at)
    at += documents[i]!.length
  }
  array[at] = 0
  return array
}

const ZERO = Buffer.alloc(1)

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32LE(value)
  return bytes
}
