import type { Evaluate } from './comparisons.ts'
import { assertModest, truthy } from './values.ts'

/** Makes the closure of a loop from its list, its body (worked out per entry) and its starting value. */
type Loop = (source: Evaluate, body: Evaluate, initial?: Evaluate) => Evaluate

/** JsonLogic's loops. The body sees the entry alone, not the data around the list, as in the reference. */
export const eachOperators: ReadonlyMap<string, Loop> = new Map<string, Loop>([
  ['filter', (source, body) => data => listOf(source(data)).filter(entry => truthy(body(entry)))],
  ['map', (source, body) => data => listOf(source(data)).map(entry => body(entry))],
  ['all', all],
  ['some', (source, body) => data => listOf(source(data)).some(entry => truthy(body(entry)))],
  ['none', (source, body) => data => !listOf(source(data)).some(entry => truthy(body(entry)))],
  ['reduce', reduce],
])

const NOTHING: readonly unknown[] = []

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : NOTHING
}

/** Of no entries at all, `all` is false. */
function all(source: Evaluate, body: Evaluate): Evaluate {
  return data => {
    const list = listOf(source(data))
    return list.length > 0 && list.every(entry => truthy(body(entry)))
  }
}

function reduce(source: Evaluate, body: Evaluate, initial?: Evaluate): Evaluate {
  return data => {
    const list = listOf(source(data))
    let accumulator = initial ? initial(data) : null
    for (const current of list) {
      accumulator = body({ current, accumulator })
      assertModest(accumulator)
    }
    return accumulator
  }
}
