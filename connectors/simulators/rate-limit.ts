/** Whether one more call is within a platform's limit: a bucket of `burst` that refills at `perSecond`. */
export function simLimit(perSecond: number, clock: () => Date, burst = perSecond): () => boolean {
  let left = burst
  let at = clock().getTime()
  return () => {
    const now = clock().getTime()
    left = Math.min(burst, left + ((now - at) / 1_000) * perSecond)
    at = now
    if (left < 1) return false
    left--
    return true
  }
}
