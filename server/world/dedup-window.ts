import type { DedupAnswer, DedupClaim } from './world.ts'

/** An order that was kept under a dedup key. Duplicates are not kept, so a chain of them does not stretch the window. */
export type Sighting = NonNullable<DedupAnswer['duplicateOf']>

/**
 * Whether an order repeats one kept under the same key at most `windowMs` before or after it. At exactly the
 * window it does. An order kept already stays kept, however often it comes. Of several the nearest in time.
 */
export function judge(
  sightings: readonly Sighting[],
  claim: Pick<DedupClaim, 'orderKey' | 'at' | 'windowMs'>,
): DedupAnswer {
  let nearest: Sighting | undefined
  let nearestMs = Number.POSITIVE_INFINITY
  const at = claim.at.getTime()
  for (const sighting of sightings) {
    if (sighting.orderKey === claim.orderKey) return {}
    const apartMs = Math.abs(sighting.at.getTime() - at)
    if (apartMs <= claim.windowMs && apartMs < nearestMs) {
      nearest = sighting
      nearestMs = apartMs
    }
  }
  return nearest ? { duplicateOf: nearest } : {}
}
