const NOTE = '\n…（内容过长，已截断）'

export const byteLength = (text: string): number => Buffer.byteLength(text, 'utf8')

/**
 * A text of so many bytes of UTF-8 at most: cut between characters, never inside a `<font …>` or `<@…>`, with a
 * note at its end that says so.
 */
export function shorten(text: string, maxBytes: number): string {
  if (byteLength(text) <= maxBytes) return text
  const room = maxBytes - byteLength(NOTE)
  let bytes = 0
  let kept = ''
  for (const character of text) {
    bytes += byteLength(character)
    if (bytes > room) break
    kept += character
  }
  const tag = kept.lastIndexOf('<')
  if (tag >= 0 && kept.indexOf('>', tag) < 0 && text.indexOf('>', tag) >= 0) kept = kept.slice(0, tag)
  return kept.trimEnd() + NOTE
}
