/** Lets so many calls pass per second, in the order they came; a burst may go at once. */
export interface TokenBucket {
  /** Waits for the next place. @throws the signal's reason when it is aborted meanwhile */
  take(signal: AbortSignal): Promise<void>
  /** The platform asked for quiet: nothing passes for so long. */
  pause(ms: number): void
}

export interface BucketOptions {
  readonly perSecond: number
  readonly burst: number
}

/** Counts in places of time: each call takes the next free one, so that nothing has to be woken in turn. */
export function tokenBucket(
  { perSecond, burst }: BucketOptions,
  clock: () => number = Date.now,
): TokenBucket {
  const spacingMs = 1_000 / perSecond
  let nextAt = 0
  return {
    async take(signal) {
      signal.throwIfAborted()
      const now = clock()
      // What was not used is saved up to `burst` places.
      nextAt = Math.max(nextAt, now - (burst - 1) * spacingMs)
      const waitMs = nextAt - now
      nextAt += spacingMs
      if (waitMs > 0) await pause(waitMs, signal)
    },
    pause(ms) {
      nextAt = Math.max(nextAt, clock() + ms)
    },
  }
}

/** @throws the signal's reason when it is aborted meanwhile */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer)
      reject(signal.reason)
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop)
      resolve()
    }, ms)
    signal.addEventListener('abort', stop, { once: true })
  })
}
