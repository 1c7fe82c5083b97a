import { deserialize, serialize } from 'node:v8'
import type { Intent } from './lane-doc.ts'

/**
 * An intent is written once per batch and read only after a crash, so it is kept as one block of bytes: taken
 * apart into fields it would cost both sides more than the batch's own documents.
 */
export const packIntent = (intent: Intent): Buffer => serialize(intent)

/** @param packed as the store gives it back: a Binary, or nothing */
export function unpackIntent(packed: unknown): Intent | null {
  if (!packed) return null
  const { buffer } = packed as { buffer: Uint8Array }
  return deserialize(packed instanceof Uint8Array ? packed : buffer) as Intent
}
