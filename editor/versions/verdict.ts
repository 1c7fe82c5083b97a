import type { BeforePublish, CaseResult } from '../api/draft-contract.ts'

export interface Verdict {
  /** Problems that stop publishing. */
  readonly errors: number
  /** Cases that did not come out as they must. */
  readonly failing: number
  readonly mayPublish: boolean
}

/** Whether a draft may go live; `despite` is the person's word that failing cases are meant. */
export function verdictOf(
  { unchanged, problems, cases }: Pick<BeforePublish, 'unchanged' | 'problems' | 'cases'>,
  despite: boolean,
): Verdict {
  const errors = problems.filter(({ severity }) => severity === 'error').length
  const failing = cases.filter(({ passed }) => !passed).length
  return { errors, failing, mayPublish: !unchanged && errors === 0 && (failing === 0 || despite) }
}

/** What kept a case from passing: it came out otherwise, or it took another way to the same end. */
export function faultOf({ expect, run }: Pick<CaseResult, 'expect' | 'run'>): 'outcome' | 'path' {
  return run.outcome === expect.outcome && run.status !== 'failed' ? 'path' : 'outcome'
}
