import type { Document } from 'bson'
import { MongoError } from '../errors.ts'
import type { Step } from '../store/commit-queue.ts'
import { type Call, isTrue } from './command.ts'

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
interface Progress {
  written: number
  rest?: readonly Buffer[]
}

/**
 * Does one statement, or `rest` of it, with up to `budget` documents, and adds to the tally. Throws MongoError
 * where the statement fails; must not keep anything from one call to the next, since a failed transaction is run
 * again.
 */
export type Apply<S> = (
  statement: S,
  tally: Tally,
  part: { budget: number; rest?: readonly Buffer[] },
  at: number,
) => Progress

/** Where a step begins: a statement, and what an earlier step left of it. */
interface Place {
  at: number
  rest?: readonly Buffer[]
  tally: Tally
}

/** All statements of a write command as steps. An ordered command ends with the first error. */
export function statementSteps<S>(
  statements: readonly S[],
  ordered: boolean,
  apply: Apply<S>,
  documentsPerStep = DOCUMENTS_PER_STEP,
): Step<Tally> {
  return stepFrom({ at: 0, tally: { n: 0, nModified: 0, upserted: [], writeErrors: [] } })

  function stepFrom(place: Place): Step<Tally> {
    return () => {
      const tally = copyOf(place.tally)
      let { rest } = place
      let budget = documentsPerStep
      for (let at = place.at; at < statements.length; at++) {
        if (budget <= 0) return { next: stepFrom({ at, tally }) }
        const { n, nModified } = tally
        try {
          const progress = apply(statements[at]!, tally, { budget, rest }, at)
          if (progress.rest) return { next: stepFrom({ at, rest: progress.rest, tally }) }
          budget -= progress.written
        } catch (error) {
          if (!(error instanceof MongoError)) throw error
          // What the statement did before it failed stays done, but is not counted, as in MongoDB.
          Object.assign(tally, { n, nModified })
          tally.writeErrors.push(writeError(at, error))
          if (ordered) break
        }
        rest = undefined
      }
      return { done: tally }
    }
  }
}

/** Whether a write command ends with its first error; it does unless told otherwise. */
export function isOrdered({ body }: Call): boolean {
  return body.ordered === undefined || isTrue(body.ordered)
}

/** A failed statement as write commands report it. */
function writeError(index: number, error: MongoError): Document {
  return { index, code: error.code, errmsg: error.message, ...error.extra }
}

function copyOf({ n, nModified, upserted, writeErrors }: Tally): Tally {
  return { n, nModified, upserted: [...upserted], writeErrors: [...writeErrors] }
}
