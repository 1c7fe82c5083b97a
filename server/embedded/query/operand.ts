import type { Document } from 'bson'
import { isDocument } from '../bson/document.ts'

/** Whether a value is a document of operators such as `{ $gt: 5 }`, rather than a value to compare with. */
export function isOperators(value: unknown): value is Document {
  if (!isDocument(value)) return false
  for (const name in value) return name.startsWith('$')
  return false
}
