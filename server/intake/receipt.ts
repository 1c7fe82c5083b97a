import type { FieldProblem } from '../world/world.ts'

/** What became of the documents of one delivery; every one is accounted for. */
export interface Receipt {
  /** Event id per document in the order given; empty for a refused one. */
  readonly events: readonly string[]
  readonly accepted: number
  /** Documents that were known already: the same version of the same order. */
  readonly repeated: number
  readonly refused: readonly {
    readonly index: number
    readonly problems: readonly FieldProblem[]
    readonly quarantine: string
  }[]
}

export interface Backlog {
  readonly pending: number
  readonly oldestAgeMs: number
}
