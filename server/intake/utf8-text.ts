import { type Buffer, isAscii, isUtf8, transcode } from 'node:buffer'

/**
 * The text of UTF-8 bytes, as `bytes.toString()` has it. That one decodes character by character and takes longer
 * than parsing the JSON; text that is known to be sound can go the vectorised way.
 */
export function utf8Text(bytes: Buffer): string {
  if (isAscii(bytes)) return bytes.toString('latin1')
  // Broken bytes become replacement characters, which only the slow way does.
  return isUtf8(bytes) ? transcode(bytes, 'utf8', 'utf16le').toString('utf16le') : bytes.toString('utf8')
}
