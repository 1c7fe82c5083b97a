/** Seconds of its limit a connection may send at once after it was quiet. */
const BURST_SECONDS = 2

interface Bucket {
  tokens: number
  at: number
}

/** How many orders per second each connection may send to this process. */
export interface RateLimits {
  /**
   * Takes so many orders out of the connection's allowance, all or none.
   * More than a burst at once is let through alone when the allowance is full, and paid off afterwards.
   * @param perSecond the connection's limit; 0 is none
   * @returns 0 when they were taken, else the milliseconds until they would be
   */
  take(connection: string, perSecond: number, orders: number): number
  /** Gives back what was taken for orders that were not accepted after all. */
  giveBack(connection: string, orders: number): void
}

/**
 * A token bucket per connection, counted in orders. `@fastify/rate-limit` counts requests, and does so before the
 * body is read: a request with 20,000 orders would cost what one with a single order costs.
 * @param now milliseconds that never go back
 */
export function rateLimits(now: () => number = () => performance.now()): RateLimits {
  const buckets = new Map<string, Bucket>()

  function bucketOf(connection: string, burst: number, perSecond: number): Bucket {
    const at = now()
    const known = buckets.get(connection)
    if (!known) {
      const full = { tokens: burst, at }
      buckets.set(connection, full)
      return full
    }
    // A limit that was lowered meanwhile lowers what was saved up, too.
    known.tokens = Math.min(burst, known.tokens + ((at - known.at) / 1_000) * perSecond)
    known.at = at
    return known
  }

  return {
    take(connection, perSecond, orders) {
      if (perSecond <= 0) {
        buckets.delete(connection)
        return 0
      }
      const burst = Math.max(1, perSecond * BURST_SECONDS)
      const bucket = bucketOf(connection, burst, perSecond)
      const missing = Math.min(orders, burst) - bucket.tokens
      if (missing > 0) return (missing / perSecond) * 1_000
      bucket.tokens -= orders
      return 0
    },
    giveBack(connection, orders) {
      const bucket = buckets.get(connection)
      if (bucket) bucket.tokens += orders
    },
  }
}
