const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** Carriers' own rule: Kuaidi100 locks numbers that are asked about more often. */
export const SHORTEST_MS = HOUR_MS / 2

/** How long after one question the next one comes, by the parcel's age: the older it is, the less happens to it. */
const STEPS: readonly (readonly [youngerThanMs: number, everyMs: number])[] = [
  [DAY_MS, SHORTEST_MS],
  [4 * DAY_MS, 2 * HOUR_MS],
  [10 * DAY_MS, 6 * HOUR_MS],
  [30 * DAY_MS, DAY_MS],
]

/**
 * When a parcel is to be asked about next; undefined for one that is too old.
 * @param stallsAt instants at which somebody wants to know that it still stands where it was
 */
export function nextAsk(createdAt: Date, now: Date, stallsAt: readonly Date[]): Date | undefined {
  const ageMs = now.getTime() - createdAt.getTime()
  const everyMs = STEPS.find(([youngerThanMs]) => ageMs < youngerThanMs)?.[1]
  if (everyMs === undefined) return undefined
  const soonest = now.getTime() + SHORTEST_MS
  const wanted = stallsAt.map(at => at.getTime()).filter(at => at > now.getTime())
  return new Date(Math.max(soonest, Math.min(now.getTime() + everyMs, ...wanted)))
}
