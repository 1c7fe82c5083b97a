/** What two lists of names differ in, entries counted; empty where they hold the same, in whatever order. */
export function describeSet(found: readonly string[], expected: readonly string[]): string {
  const left = new Map<string, number>()
  for (const each of expected) left.set(each, (left.get(each) ?? 0) + 1)
  const extra: string[] = []
  for (const each of found) {
    const count = left.get(each) ?? 0
    if (count === 0) extra.push(each)
    else left.set(each, count - 1)
  }
  const missing = [...left].flatMap(([each, count]) => Array.from({ length: count }, () => each))
  if (extra.length === 0 && missing.length === 0) return ''
  const few = (list: readonly string[]) =>
    list
      .slice(0, 5)
      .map(each => each.slice(0, 200))
      .join(', ')
  return `${missing.length} missing [${few(missing)}], ${extra.length} unexpected [${few(extra)}]`
}
