import { TYPE } from '../bson/types.ts'

/** A field ready to stand in a document: type, name, value. */
type RawField = Buffer

/** Writes BSON around documents that are BSON already, so that replies need not decode what they carry. */
export function rawField(name: string, type: number, value: Uint8Array): RawField {
  return Buffer.concat([Buffer.of(type), Buffer.from(`${name}\0`), value])
}

export function rawDouble(name: string, value: number): RawField {
  const bytes = Buffer.alloc(8)
  bytes.writeDoubleLE(value)
  return rawField(name, TYPE.double, bytes)
}

export function rawDocument(fields: readonly RawField[]): Buffer {
  const size = fields.reduce((sum, field) => sum + field.length, 5)
  return Buffer.concat([int32(size), ...fields, ZERO], size)
}

const ZERO = Buffer.alloc(1)

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32LE(value)
  return bytes
}
