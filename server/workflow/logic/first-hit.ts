import type { Evaluate } from './comparisons.ts'
import { truthy } from './values.ts'

/**
 * The first of some conditions that holds: `firstHit([a, b])(data)` → 0, 1, or -1 where none does. Written out for
 * four at a time, which spares the loop over them.
 */
export function firstHit(conditions: readonly Evaluate[], from = 0): (data: unknown) => number {
  const [first, second, third, fourth] = conditions.slice(from, from + 4)
  if (!first) return () => -1
  if (!second) return data => (truthy(first(data)) ? from : -1)
  if (!third) return data => (truthy(first(data)) ? from : truthy(second(data)) ? from + 1 : -1)
  if (!fourth) {
    return data =>
      truthy(first(data)) ? from : truthy(second(data)) ? from + 1 : truthy(third(data)) ? from + 2 : -1
  }
  const rest = firstHit(conditions, from + 4)
  return data => {
    if (truthy(first(data))) return from
    if (truthy(second(data))) return from + 1
    if (truthy(third(data))) return from + 2
    return truthy(fourth(data)) ? from + 3 : rest(data)
  }
}
