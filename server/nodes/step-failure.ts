import type { Text } from '../workflow/text.ts'
import type { Outcome, StepFailure } from './node-type.ts'

/** Thrown by a node that cannot go on: the one error whose code, words and blame reach the person. */
export class StepError extends Error {
  readonly failure: StepFailure

  constructor(code: string, text: Text, blame: StepFailure['blame'] = 'workflow', retryable = true) {
    super(text.en)
    this.name = 'StepError'
    this.failure = { code, message: `${text.zh} / ${text.en}`, blame, retryable }
  }
}

/** Any error as the outcome of the one item it belongs to, so that its neighbours go on. */
export function failedBy(error: unknown): Outcome {
  if (error instanceof StepError) return { ports: [], failed: error.failure }
  const message = error instanceof Error ? error.message : String(error)
  return {
    ports: [],
    failed: { code: 'NODE_FAILED', message: message.slice(0, 500), blame: 'engine', retryable: true },
  }
}
