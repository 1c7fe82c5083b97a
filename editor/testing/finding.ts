import type { TestResult, TestRun } from '../api/test-contract.ts'

/** So many orders go from one outcome to another. */
export interface Move {
  readonly from: string
  readonly to: string
  readonly count: number
}

/** Whether an order comes out otherwise than it did live. */
export function isChanged({ before, outcome }: TestRun): boolean {
  return before !== undefined && before.outcome !== outcome
}

/** What changes between live and draft, the most frequent first. */
export function movesOf(runs: readonly TestRun[]): readonly Move[] {
  const moves = new Map<string, Move>()
  for (const run of runs) {
    if (!isChanged(run)) continue
    const from = run.before!.outcome
    const key = JSON.stringify([from, run.outcome])
    moves.set(key, { from, to: run.outcome, count: (moves.get(key)?.count ?? 0) + 1 })
  }
  return [...moves.values()].sort((a, b) => b.count - a.count)
}

/** What a test of many orders says in one line. */
export type Finding =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'new' }
  | { readonly kind: 'same' }
  /** `moves` is empty where the answer does not hold all orders that change. */
  | { readonly kind: 'changed'; readonly moves: readonly Move[] }

export function findingOf(result: TestResult): Finding {
  if (result.total === 0) return { kind: 'nothing' }
  if (result.changed > 0) {
    const told = result.runs.filter(isChanged).length
    return { kind: 'changed', moves: told === result.changed ? movesOf(result.runs) : [] }
  }
  return result.outcomes.every(({ before }) => before === 0) ? { kind: 'new' } : { kind: 'same' }
}
