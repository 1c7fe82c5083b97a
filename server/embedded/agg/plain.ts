import { BSONRegExp, Double, deserialize, Int32 } from 'bson'
import { isDocument, isLong } from '../bson/document.ts'
import { compileRegex } from '../query/regex.ts'

/** How documents are decoded for expressions: numbers as plain numbers, where they are exact. */
const PLAIN_OPTIONS = { promoteBuffers: false, bsonRegExp: true } as const

/** A document as plain values; a long beyond 2^53 and a Decimal128 keep their BSON type. */
export function decodePlain(raw: Uint8Array): Record<string, unknown> {
  return deserialize(raw, PLAIN_OPTIONS)
}

/** The same for a part of a command, which was decoded with its exact types; expressions become JavaScript's. */
export function toPlain(value: unknown): unknown {
  if (value instanceof Int32 || value instanceof Double) return value.value
  if (isLong(value)) return Number.isSafeInteger(value.toNumber()) ? value.toNumber() : value
  if (value instanceof BSONRegExp) return compileRegex(value.pattern, value.options)
  if (Array.isArray(value)) return value.map(toPlain)
  if (isDocument(value))
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, toPlain(item)]))
  return value
}
