import { EJSON } from 'bson'
import type { Node } from '../bson/node.ts'
import type { RawValue } from '../bson/raw.ts'
import { rawField } from '../bson/raw.ts'
import { decodeValue } from '../bson/raw-value.ts'

/** Says that a modifier takes its field away. */
export const REMOVED = Symbol('removed')

/** What a modifier may look at besides its field. */
export interface ModifierContext {
  readonly now: Date
  readonly isInsert: boolean
  /** The whole document before the update, for error messages. */
  readonly raw: Uint8Array
}

/**
 * Makes a field's new value of its current one (undefined: missing). Undefined says that nothing changes;
 * errors are MongoErrors.
 */
export type Modifier = (
  current: Node | undefined,
  path: readonly string[],
  context: ModifierContext,
) => Node | typeof REMOVED | undefined

/** Whether two raw values are the same byte for byte. */
export function identical(a: Node, b: RawValue): boolean {
  if (!('bytes' in a) || a.type !== b.type || a.end - a.start !== b.end - b.start) return false
  for (let i = 0; i < a.end - a.start; i++) if (a.bytes[a.start + i] !== b.bytes[b.start + i]) return false
  return true
}

/** `{_id: …}` of the document, for error messages. */
export function documentName(context: ModifierContext): string {
  const id = rawField(context.raw, '_id')
  return `{_id: ${id ? EJSON.stringify(decodeValue(id)) : 'none'}}`
}
