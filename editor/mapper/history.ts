/** A value with what it was before each change, so that changes can be taken back and made again. */
export interface History<T> {
  readonly past: readonly T[]
  readonly present: T
  readonly future: readonly T[]
  /** What the last change belongs to; a change of the same kind continues it. */
  readonly merge?: string
}

const MOST_STEPS = 100

export const historyOf = <T>(present: T): History<T> => ({ past: [], present, future: [] })

export function changed<T>(history: History<T>, next: T, merge?: string): History<T> {
  const { past, present } = history
  if (Object.is(next, present)) return history
  const continues = merge !== undefined && merge === history.merge && past.length > 0
  return {
    past: continues ? past : [...past, present].slice(-MOST_STEPS),
    present: next,
    future: [],
    ...(merge === undefined ? {} : { merge }),
  }
}

export function undone<T>({ past, present, future }: History<T>): History<T> {
  const before = past.at(-1)
  return before === undefined
    ? { past, present, future }
    : { past: past.slice(0, -1), present: before, future: [present, ...future] }
}

export function redone<T>({ past, present, future }: History<T>): History<T> {
  const [next, ...rest] = future
  return next === undefined
    ? { past, present, future }
    : { past: [...past, present], present: next, future: rest }
}
