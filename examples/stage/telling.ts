import type { Text } from '../../server/workflow/text.ts'
import { tableLines } from './table.ts'

/** Where a story prints what happened and what must hold. */
export interface Telling {
  say(text: Text): void
  table(head: readonly string[], rows: readonly (readonly string[])[]): void
  /** An invariant. `detail` says what was seen instead; printed when it does not hold. */
  check(claim: Text, holds: boolean, detail?: string): void
  /** Invariants that did not hold so far. */
  readonly broken: number
}

/** @param write receives whole lines without their end */
export function createTelling(write: (line: string) => void): Telling {
  let broken = 0
  return {
    say: ({ zh, en }) => write(en ? `${zh}  ${en}` : zh),
    table(head, rows) {
      write('')
      for (const line of tableLines(head, rows)) write(line)
      write('')
    },
    check(claim, holds, detail) {
      if (!holds) broken++
      write(`${holds ? '✓' : '✗'} ${claim.zh}  ${claim.en}`)
      if (!holds && detail) write(`    ${detail}`)
    },
    get broken() {
      return broken
    },
  }
}
