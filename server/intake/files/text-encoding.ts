import { FileUnreadableError } from './document-file.ts'

export const TEXT_ENCODINGS = ['utf-8', 'gb18030', 'utf-16le', 'utf-16be'] as const
export type TextEncoding = (typeof TEXT_ENCODINGS)[number]

export interface DecodedText {
  readonly text: string
  readonly encoding: TextEncoding
}

/** A text that was cut or joined has a few broken signs, another encoding has them all over. */
const MOST_BROKEN = 0.02
const LOOKED_AT_BYTES = 64 * 1024

/**
 * The text of a file as shops and chat groups have them: UTF-8 and UTF-16 with or without byte-order mark, or
 * GB18030 (and so GBK), which is what spreadsheet programs in China save CSV as. UTF-8 with a broken sign here and
 * there stays UTF-8, with U+FFFD in these places.
 * @throws {FileUnreadableError} for bytes that are none of these
 */
export function decodeText(bytes: Uint8Array, chosen?: TextEncoding): DecodedText {
  const encoding = chosen ?? encodingOf(bytes)
  // The decoder drops a byte-order mark by itself.
  return { text: new TextDecoder(encoding).decode(bytes), encoding }
}

function encodingOf(bytes: Uint8Array): TextEncoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8'
  const wide = wideEncoding(bytes)
  if (wide) return wide
  if (bytes.includes(0)) return unreadable()
  if (decodes(bytes, 'utf-8') || brokenShare(bytes) < MOST_BROKEN) return 'utf-8'
  return decodes(bytes, 'gb18030') ? 'gb18030' : unreadable()
}

/** UTF-16 without a mark: line ends and separators have a zero beside them, always on the same side. */
function wideEncoding(bytes: Uint8Array): TextEncoding | undefined {
  const length = Math.min(bytes.length, LOOKED_AT_BYTES)
  if (bytes.length % 2 === 1) return undefined
  let little = 0
  let big = 0
  for (let at = 0; at < length; at += 2) {
    const [first, second] = [bytes[at]!, bytes[at + 1]!]
    if (first === 0 && second === 0) return undefined
    if (second === 0 && BETWEEN_CELLS.has(first)) little++
    if (first === 0 && BETWEEN_CELLS.has(second)) big++
  }
  const encoding = little > 0 && big === 0 ? 'utf-16le' : big > 0 && little === 0 ? 'utf-16be' : undefined
  return encoding && decodes(bytes, encoding) ? encoding : undefined
}

const BETWEEN_CELLS = new Set([...'\t\n\r,;'].map(sign => sign.charCodeAt(0)))

/** How many of the signs beyond ASCII are broken as UTF-8. */
function brokenShare(bytes: Uint8Array): number {
  const text = new TextDecoder('utf-8').decode(bytes)
  let beyond = 0
  let broken = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 0xfffd) broken++
    if (code > 0x7f) beyond++
  }
  return broken / beyond
}

function decodes(bytes: Uint8Array, encoding: TextEncoding): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes)
    return true
  } catch (error) {
    // How the decoder says "not this encoding".
    if (error instanceof TypeError) return false
    throw error
  }
}

function unreadable(): never {
  throw new FileUnreadableError({
    zh: '既不是 UTF-8 也不是 GBK 编码的文本，请用 Excel 或 WPS 另存为 .xlsx 再传',
    en: 'neither UTF-8 nor GBK text; save it as .xlsx and send that',
  })
}
