/** Grants are gathered for this part of a second, so that a drain is a stream and not a burst every second. */
const SLICES_PER_SECOND = 10

/** Meters out how many events may be worked. */
export interface DrainRate {
  /** Waits until some may be worked. @returns how many, at most `wanted` */
  take(wanted: number): Promise<number>
  /** What was granted and not needed. */
  giveBack(unused: number): void
}

/** @param perSecond read anew each time; 0 is no limit */
export function drainRate(perSecond: () => number, now: () => number = () => performance.now()): DrainRate {
  let tokens = 0
  let filledAt = now()
  return {
    async take(wanted) {
      for (;;) {
        const limit = perSecond()
        if (limit === 0) return wanted
        const at = now()
        const slice = Math.max(1, limit / SLICES_PER_SECOND)
        // No more than two slices are saved up: a pause is not made up for by a burst.
        tokens = Math.min(2 * slice, tokens + ((at - filledAt) / 1_000) * limit)
        filledAt = at
        if (tokens >= Math.min(wanted, slice)) {
          const granted = Math.min(wanted, Math.floor(tokens))
          tokens -= granted
          return granted
        }
        await new Promise(resolve => setTimeout(resolve, ((slice - tokens) / limit) * 1_000 + 1))
      }
    },
    giveBack(unused) {
      tokens += unused
    },
  }
}
