import { stringify } from 'lossless-json'
import type { PlatformDocument } from './channel-order.ts'

/** The document as a platform writes it: integers beyond 2^53 as bare digits. */
export function wireText(document: PlatformDocument): string {
  const text = stringify(document)
  if (text === undefined) throw new TypeError('A document is always an object.')
  return text
}
