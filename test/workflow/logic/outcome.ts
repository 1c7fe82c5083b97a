export type Outcome = { readonly value: unknown } | { readonly throws: true }

/** What some work gives, or that it throws: never mind what. */
export function outcome(work: () => unknown): Outcome {
  try {
    return { value: work() }
  } catch {
    return { throws: true }
  }
}
