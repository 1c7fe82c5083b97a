const CHEAP_MS = 30
const REST_FACTOR = 20

/**
 * Keeps the result of a costly read for twenty times as long as it took, so that watching the totals never
 * takes more than a twentieth of the store. Cheap reads are always fresh; simultaneous ones share one.
 */
export function adaptivelyCached<T>(read: () => Promise<T>, now: () => number = Date.now): () => Promise<T> {
  let kept: { value: T; until: number } | undefined
  let underWay: Promise<T> | undefined
  return () => {
    if (kept && now() < kept.until) return Promise.resolve(kept.value)
    underWay ??= (async () => {
      const began = now()
      try {
        const value = await read()
        const took = now() - began
        kept = took > CHEAP_MS ? { value, until: now() + took * REST_FACTOR } : undefined
        return value
      } finally {
        underWay = undefined
      }
    })()
    return underWay
  }
}
