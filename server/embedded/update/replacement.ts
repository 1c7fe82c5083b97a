import type { Document } from 'bson'
import {
  beginDocument,
  byteWriter,
  endDocument,
  writeBytes,
  writeElement,
  written,
} from '../bson/byte-writer.ts'
import { encode } from '../bson/codec.ts'
import { equalRaw } from '../bson/compare.ts'
import { type RawValue, rawField } from '../bson/raw.ts'
import { mongoError } from '../errors.ts'
import { describe } from './place.ts'

/** Compiles a replacement document; the `_id` stays that of the replaced one. */
export function compileReplacement(replacement: Document): (raw: Uint8Array) => Uint8Array {
  const operator = Object.keys(replacement).find(name => name.startsWith('$'))
  if (operator)
    throw mongoError(
      'DollarPrefixedFieldName',
      `The dollar ($) prefixed field '${operator}' in '${operator}' is not allowed in the context of an update's ` +
        'replacement document. Consider using an aggregation pipeline with $replaceWith.',
    )
  const fresh = encode(replacement)
  return raw => replaceDocument(raw, fresh)
}

/** The new document with the `_id` of the old one in front; the old bytes where they are equal. */
export function replaceDocument(raw: Uint8Array, fresh: Uint8Array): Uint8Array {
  const id = rawField(raw, '_id')
  const freshId = rawField(fresh, '_id')
  if (id && freshId && !equalRaw(id, freshId))
    throw mongoError(
      'ImmutableField',
      `After applying the update, the (immutable) field '_id' was found to have been altered to _id: ${describe(freshId)}`,
    )
  const replaced = withIdFirst(fresh, freshId, id ?? freshId)
  return Buffer.compare(replaced, raw) === 0 ? raw : replaced
}

function withIdFirst(fresh: Uint8Array, freshId: RawValue | undefined, id: RawValue | undefined): Uint8Array {
  if (!id) return fresh
  const writer = byteWriter(fresh.length + id.end - id.start + 8)
  const start = beginDocument(writer)
  writeElement(writer, '_id', id)
  const idHead = '_id'.length + 2
  writeBytes(writer, fresh, 4, freshId ? freshId.start - idHead : fresh.length - 1)
  if (freshId) writeBytes(writer, fresh, freshId.end, fresh.length - 1)
  endDocument(writer, start)
  return written(writer)
}
