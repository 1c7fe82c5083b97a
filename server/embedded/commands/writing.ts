import type { Document } from 'bson'
import type { Step } from '../store/commit-queue.ts'
import type { Call, Command, Vocabulary } from './command.ts'
import type { Tally } from './statements.ts'

/** A command that only writes: it can be done by itself, or as a part of a longer write. */
export interface Writing extends Command {
  /** What it does, and its reply. */
  step(call: Call): Step<Document>
}

interface WritingParts extends Vocabulary {
  names: readonly string[]
  steps(call: Call): Step<Tally>
  reply(tally: Tally): Document
}

export function writing({ steps, reply, ...words }: WritingParts): Writing {
  const step = (call: Call) => answering(steps(call), reply)
  return { ...words, step, run: async call => call.store.commits.submit(step(call)) }
}

function answering<T, R>(step: Step<T>, reply: (result: T) => R): Step<R> {
  return () => {
    const outcome = step()
    return 'done' in outcome ? { done: reply(outcome.done) } : { next: answering(outcome.next, reply) }
  }
}
