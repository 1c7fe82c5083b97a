import { Type } from 'typebox'
import type { Problem } from '../workflow/problem.ts'
import type { Text } from '../workflow/text.ts'
import { hint } from './hints.ts'

/** Id of a port a user adds: what edges name. Begins with a letter, so it is never an internal name. */
export function PortId() {
  return Type.String({ ...hint('出口', 'Port', { as: 'port' }), pattern: '^[A-Za-z][A-Za-z0-9_-]{0,39}$' })
}

/** Problems of a list in which some value must not come twice; `paramOf` says where the value stands. */
export function repeated<T>(
  entries: readonly T[],
  keyOf: (entry: T) => string | undefined,
  paramOf: (index: number) => string,
  textOf: (key: string) => Text,
): Omit<Problem, 'node'>[] {
  const seen = new Set<string>()
  const problems: Omit<Problem, 'node'>[] = []
  for (const [index, entry] of entries.entries()) {
    const key = keyOf(entry)
    if (key === undefined) continue
    if (seen.has(key))
      problems.push({ code: 'REPEATED', severity: 'error', message: textOf(key), param: paramOf(index) })
    seen.add(key)
  }
  return problems
}
