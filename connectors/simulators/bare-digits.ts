const MARK = '\u0001'
const MARKED = new RegExp(`"${'\\\\u0001'}(-?\\d+)"`, 'g')

/** JSON with bigints as bare digits, as platforms write ids beyond 2^53. */
export function jsonWithBareDigits(value: unknown): string {
  const text = JSON.stringify(value, (_name, part: unknown) =>
    typeof part === 'bigint' ? `${MARK}${part}` : part,
  )
  return text.replace(MARKED, '$1')
}
