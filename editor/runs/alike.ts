import type { RunSummary } from '../api/contract.ts'

/** Failed runs with the same cause: the same step of the same workflow stopped with the same code. */
export interface Alike {
  readonly workflow: string
  readonly workflowName: string
  readonly node: string
  readonly code: string
  /** Why the newest of them failed, in both languages as the server tells it. */
  readonly message: string
  readonly runs: number
}

/** Failures that can be tried again, gathered by their cause, the most frequent first. */
export function alikeOf(runs: readonly RunSummary[]): readonly Alike[] {
  const groups = new Map<string, Alike>()
  for (const { status, error, workflow, workflowName } of runs) {
    if (status !== 'failed' || !error?.retryable) continue
    const { node, code, message } = error
    const key = JSON.stringify([workflow, node, code])
    const known = groups.get(key) ?? { workflow, workflowName, node, code, message, runs: 0 }
    groups.set(key, { ...known, runs: known.runs + 1 })
  }
  return [...groups.values()].sort((a, b) => b.runs - a.runs)
}
