import { mongoError } from '../errors.ts'
import { endOfName, endOfValue, readInt32, scopeStart } from './raw.ts'
import { TYPE } from './types.ts'

/** How deep documents may nest, as in MongoDB. */
const MAX_DEPTH = 180

/** Throws MongoError where bytes are not exactly one well-formed document, or one that nests too deep. */
export function refuseMalformed(raw: Uint8Array): void {
  if (raw.length < 5) throw malformed()
  checkDocument(raw, 0, raw.length, 1)
}

function checkDocument(raw: Uint8Array, start: number, end: number, depth: number): void {
  if (depth > MAX_DEPTH)
    throw mongoError('Overflow', `cannot nest documents more than ${MAX_DEPTH} levels deep`)
  if (readInt32(raw, start) !== end - start || raw[end - 1] !== 0) throw malformed()
  let at = start + 4
  while (at < end - 1) {
    const type = raw[at]!
    const valueStart = endOfName(raw, at + 1) + 1
    const valueEnd = endOfValue(raw, type, valueStart)
    if (valueEnd > end - 1) throw malformed()
    checkValue(raw, type, valueStart, valueEnd, depth)
    at = valueEnd
  }
}

function checkValue(raw: Uint8Array, type: number, start: number, end: number, depth: number): void {
  const isText = type === TYPE.string || type === TYPE.symbol || type === TYPE.javascript
  if (isText && raw[end - 1] !== 0) throw malformed()
  if (type === TYPE.bool && raw[start]! > 1) throw malformed()
  if (type === TYPE.object || type === TYPE.array) checkDocument(raw, start, end, depth + 1)
  if (type === TYPE.javascriptWithScope)
    checkDocument(raw, scopeStart({ type, bytes: raw, start, end }), end, depth + 1)
}

function malformed(): Error {
  return mongoError('InvalidBSON', 'the bytes are no well-formed BSON document')
}
