import { FileUnreadableError } from './document-file.ts'

/**
 * The text of a file as shops export them: UTF-8 with or without byte-order mark, UTF-16 with one,
 * or GBK, which is what spreadsheet programs in China save CSV as.
 * @throws {FileUnreadableError} for bytes that are none of these
 */
export function decodeText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  return decode(bytes, 'utf-8') ?? decode(bytes, 'gb18030') ?? unreadable()
}

function decode(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch (error) {
    // How the decoder says "not this encoding".
    if (error instanceof TypeError) return undefined
    throw error
  }
}

function unreadable(): never {
  throw new FileUnreadableError('既不是 UTF-8 也不是 GBK 编码 / neither UTF-8 nor GBK text')
}
