import type { Document } from 'bson'
import { decode, encode } from '../../../server/embedded/bson/codec.ts'
import {
  compileUpdate,
  type UpdateContext,
  type UpdateOptions,
} from '../../../server/embedded/update/update.ts'

export const NOW = new Date('2026-01-02T03:04:05.678Z')

/** An update as a command brings it: decoded from BSON with exact types. */
export function compiled(update: Document | Document[], options: UpdateOptions = {}) {
  const command = decode(encode({ update, options }))
  return compileUpdate(command.update, command.options)
}

/** The document after an update, with exact types. */
export function updated(
  update: Document | Document[],
  document: Document,
  options: UpdateOptions = {},
  context: Partial<UpdateContext> = {},
): Document {
  return decode(compiled(update, options).apply(encode(document), { now: NOW, ...context }))
}

/** A document as it comes back from BSON, with exact types. */
export function stored(document: Document): Document {
  return decode(encode(document))
}
