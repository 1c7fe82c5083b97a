const MOST_STEPS = 200
/** Typing within this time of the last stroke is one step. */
const PAUSE_MS = 1_500

/** A value with what it was and what was taken back, newest last. */
export interface History<T> {
  readonly past: readonly T[]
  readonly present: T
  readonly future: readonly T[]
  /** What the last step was about: the next one with the same key soon after belongs to it. */
  readonly last?: { readonly merge: string; readonly atMs: number }
}

export const begin = <T>(present: T): History<T> => ({ past: [], present, future: [] })

/**
 * One step. What was taken back before can no longer be brought back.
 * @param merge a burst of steps with one key is undone at once: the letters of a word, the pixels of a drag
 */
export function step<T>(history: History<T>, next: T, nowMs: number, merge?: string): History<T> {
  if (Object.is(next, history.present)) return history
  const { past, present, last } = history
  const goesOn =
    merge !== undefined && last?.merge === merge && nowMs - last.atMs < PAUSE_MS && past.length > 0
  return {
    past: goesOn ? past : [...past, present].slice(-MOST_STEPS),
    present: next,
    future: [],
    ...(merge === undefined ? {} : { last: { merge, atMs: nowMs } }),
  }
}

export function undo<T>({ past, present, future }: History<T>): History<T> {
  const before = past.at(-1)
  if (before === undefined) return { past, present, future }
  return { past: past.slice(0, -1), present: before, future: [...future, present] }
}

export function redo<T>({ past, present, future }: History<T>): History<T> {
  const after = future.at(-1)
  if (after === undefined) return { past, present, future }
  return { past: [...past, present], present: after, future: future.slice(0, -1) }
}

/** Every state of a history as if somebody else's change had been there before it. */
export function rebase<T>(history: History<T>, change: (state: T) => T): History<T> {
  return {
    past: history.past.map(change),
    present: change(history.present),
    future: history.future.map(change),
  }
}
