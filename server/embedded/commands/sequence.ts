import type { Document } from 'bson'
import { mongoError } from '../errors.ts'
import type { Step } from '../store/commit-queue.ts'
import type { Call } from './command.ts'
import type { Writing } from './writing.ts'

/** A write of a sequence. */
export interface Part {
  command: Writing
  call: Call
  /** Also a document that is there already ends the sequence behind this write; it is no failure otherwise. */
  endsAtKnown: boolean
}

/** So that those who wait for a single document are not kept waiting: about two milliseconds' work. */
const DOCUMENTS_PER_STEP = 100

/**
 * Writes one behind the other; others get their turn between two steps. Ends behind the first that failed: its reply
 * is the last one then.
 */
export function sequence(parts: readonly Part[]): Step<Document[]> {
  return stepFrom(0, [])

  function stepFrom(at: number, before: readonly Document[], begun?: Step<Document>): Step<Document[]> {
    return () => {
      const replies = [...before]
      let step = begun
      let budget = DOCUMENTS_PER_STEP
      for (let now = at; now < parts.length; now++) {
        const part = parts[now]!
        if (budget <= 0) return { next: stepFrom(now, replies) }
        const outcome = (step ?? part.command.step({ ...part.call, documentsPerStep: DOCUMENTS_PER_STEP }))()
        if ('next' in outcome) return { next: stepFrom(now, replies, outcome.next) }
        replies.push(outcome.done)
        budget -= outcome.done.n
        if (hasFailed(outcome.done, part)) break
        step = undefined
      }
      return { done: replies }
    }
  }
}

const DUPLICATE_KEY = mongoError('DuplicateKey', '').code

function hasFailed({ writeErrors = [] }: Document, { endsAtKnown }: Part): boolean {
  return writeErrors.some(({ code }: Document) => endsAtKnown || code !== DUPLICATE_KEY)
}
