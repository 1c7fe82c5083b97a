import type { Text } from './text.ts'

/** One thing wrong with a workflow, told so that a person can find and mend it. */
export interface Problem {
  /** Coded and stable: `UNKNOWN_TYPE`, `PORT_WITHOUT_EDGE`, `CYCLE`, … */
  readonly code: string
  /** An error stops publishing; a warning does not. */
  readonly severity: 'error' | 'warning'
  readonly message: Text
  readonly node?: string
  /** Path inside the node's params: `rows/0/when`. */
  readonly param?: string
  readonly port?: string
  /** Path inside a condition, below `param`: `and/1/>=/0`. */
  readonly at?: string
}
