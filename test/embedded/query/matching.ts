import type { Document } from 'bson'
import { decode, encode } from '../../../server/embedded/bson/codec.ts'
import { compileFilter } from '../../../server/embedded/query/filter.ts'

/** A filter as a command brings it: decoded from BSON with exact types. */
export function compiled(filter: Document, variables?: Document) {
  return compileFilter(decode(encode(filter)), { let: variables && decode(encode(variables)) })
}

/** Whether a filter matches a document. */
export function matches(filter: Document, document: Document): boolean {
  return compiled(filter).matches(encode(document))
}
