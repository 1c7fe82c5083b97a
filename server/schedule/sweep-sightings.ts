import type { Store } from '../store/store.ts'

const HOUR_MS = 3_600_000
/** The ids are hashes as base64url: their first signs, in the order of ids. */
const FIRST_SIGNS = '-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz'

/**
 * Forgets sightings whose time is up. Each hour those are looked at whose ids begin with one sign, the next hour with
 * the next, so that all are in less than three days: an index that found them at once would cost every order a write.
 * @returns how many went
 */
export async function sweepSightings(store: Pick<Store, 'sightings'>, now = new Date()): Promise<number> {
  const nth = Math.floor(now.getTime() / HOUR_MS) % FIRST_SIGNS.length
  const sign = FIRST_SIGNS[nth]!
  const { deletedCount } = await store.sightings.deleteMany({
    _id: { $gte: sign, $lt: String.fromCharCode(sign.charCodeAt(0) + 1) },
    expireAt: { $lte: now },
  })
  return deletedCount
}
