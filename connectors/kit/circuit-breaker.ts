import { ConnectorError, type Fault } from './fault.ts'

const OPENS_AFTER = 8
const FIRST_REST_MS = 5_000
const MAX_REST_MS = 300_000

/** Spares a platform that is down, and ourselves: after several failures in a row nothing is sent for a while. */
export interface CircuitBreaker {
  /** @throws ConnectorError with the fault that opened it, while it rests */
  demandClosed(): void
  succeeded(): void
  /** Counts faults that say the platform cannot be used at all. */
  failed(fault: Fault): void
}

const COUNTS: ReadonlySet<string> = new Set(['network', 'timeout', 'platform', 'unreadable'])

/** After its rest one call is let through; the rest doubles as long as such calls fail. */
export function circuitBreaker(clock: () => number = Date.now): CircuitBreaker {
  let failures = 0
  let restMs = FIRST_REST_MS
  let openUntil = 0
  let last: Fault | undefined
  return {
    demandClosed() {
      const leftMs = openUntil - clock()
      if (leftMs > 0 && last) throw new ConnectorError({ ...last, done: 'no', retryAfterMs: leftMs })
      // Others wait for what becomes of this one.
      if (last && failures >= OPENS_AFTER) openUntil = clock() + restMs
    },
    succeeded() {
      failures = 0
      restMs = FIRST_REST_MS
      openUntil = 0
      last = undefined
    },
    failed(fault) {
      if (!COUNTS.has(fault.class)) return
      failures++
      if (failures < OPENS_AFTER) return
      if (failures > OPENS_AFTER) restMs = Math.min(MAX_REST_MS, restMs * 2)
      last = fault
      openUntil = clock() + restMs
    },
  }
}
