/** Whether two JSON values are alike, however they were made. An absent key and an undefined one are the same. */
export function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) || Array.isArray(b)) {
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((each, at) => same(each, b[at]))
    )
  }
  const [left, right] = [a, b] as readonly Readonly<Record<string, unknown>>[]
  const keys = new Set([...Object.keys(left!), ...Object.keys(right!)])
  return [...keys].every(key => same(left![key], right![key]))
}
