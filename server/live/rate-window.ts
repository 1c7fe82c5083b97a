const SLOTS = 10
const SLOT_MS = 100

/** Counts of the last second, in tenths, so that a rate falls to zero one second after the last event. */
export interface RateWindow {
  add(count: number, nowMs: number): void
  perSecond(nowMs: number): number
}

export function rateWindow(): RateWindow {
  const counts = new Array<number>(SLOTS).fill(0)
  let latest = 0
  const advance = (nowMs: number) => {
    const slot = Math.floor(nowMs / SLOT_MS)
    for (let each = Math.max(latest + 1, slot - SLOTS + 1); each <= slot; each++) counts[each % SLOTS] = 0
    latest = Math.max(latest, slot)
  }
  return {
    add(count, nowMs) {
      advance(nowMs)
      counts[latest % SLOTS]! += count
    },
    perSecond(nowMs) {
      advance(nowMs)
      return counts.reduce((sum, each) => sum + each, 0)
    },
  }
}
