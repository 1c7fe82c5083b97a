import { type Document, deserialize, serialize } from 'bson'

/** How commands are decoded: numbers keep their BSON type, so that Int32, Long and Double stay distinct. */
const BSON_OPTIONS = { promoteValues: false, promoteBuffers: false, bsonRegExp: true } as const

/** The largest document a user may store, in bytes. */
export const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024

/** Decodes a whole document with {@link BSON_OPTIONS}. */
export function decode(raw: Uint8Array): Document {
  return deserialize(raw, BSON_OPTIONS)
}

/** Encodes a document; plain numbers become Int32 where they fit, Double otherwise. */
export function encode(document: Document): Buffer {
  const bytes = serialize(document)
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
