import type { Document } from 'bson'
import { MongoError } from '../errors.ts'
import type { Step } from '../store/commit-queue.ts'

/** A write command changes about this many documents in one transaction before others get their turn. */
const DOCUMENTS_PER_STEP = 2000

/** What the statements of a write command have done so far. */
export interface Tally {
  n: number
  nModified: number
  upserted: Document[]
  writeErrors: Document[]
}

/** What a statement did in one transaction; where `rest` is there, these documents (by key) are still to do. */
export interface Progress {
  written: number
  rest?: readonly Buffer[]
}

/**
 * Does one statement, or `rest` of it, and adds to the tally. Throws MongoError where the statement fails; must
 * not keep anything from one call to the next, since a failed transaction is run again.
 */
export type Apply<S> = (
  statement: S,
  at: number,
  tally: Tally,
  budget: number,
  rest?: readonly Buffer[],
) => Progress

/** All statements of a write command as steps. An ordered command ends with the first error. */
export function statementSteps<S>(statements: readonly S[], ordered: boolean, apply: Apply<S>): Step<Tally> {
  return stepFrom({ at: 0, tally: { n: 0, nModified: 0, upserted: [], writeErrors: [] } })

  function stepFrom(start: { at: number; rest?: readonly Buffer[]; tally: Tally }): Step<Tally> {
    return () => {
      const tally = copyOf(start.tally)
      let rest = start.rest
      let budget = DOCUMENTS_PER_STEP
      for (let at = start.at; at < statements.length; at++) {
        if (budget <= 0) return { next: stepFrom({ at, tally }) }
        try {
          const progress = apply(statements[at]!, at, tally, budget, rest)
          if (progress.rest) return { next: stepFrom({ at, rest: progress.rest, tally }) }
          budget -= progress.written
        } catch (error) {
          if (!(error instanceof MongoError)) throw error
          tally.writeErrors.push(writeError(at, error))
          if (ordered) break
        }
        rest = undefined
      }
      return { done: tally }
    }
  }
}

/** A failed statement as write commands report it. */
export function writeError(index: number, error: MongoError): Document {
  return { index, code: error.code, errmsg: error.message, ...error.extra }
}

function copyOf({ n, nModified, upserted, writeErrors }: Tally): Tally {
  return { n, nModified, upserted: [...upserted], writeErrors: [...writeErrors] }
}
