import type { Problem } from '../problem.ts'

/** One thing wrong with a rule; the checker adds the node and the param it stands in. */
export interface RuleProblem extends Pick<Problem, 'code' | 'severity' | 'message'> {
  /** Path inside the rule: `and/1/>=/0`; empty for the whole of it. */
  readonly at: string
}

/** The path of a part below another. */
export function below(at: string, ...keys: readonly (string | number)[]): string {
  return at === '' ? keys.join('/') : `${at}/${keys.join('/')}`
}
