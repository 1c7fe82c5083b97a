import type { OrderDoc } from '../store/order-doc.ts'
import type { Store } from '../store/store.ts'
import { parcelsOfOrders } from './parcels-of-orders.ts'
import { registerParcels } from './register-parcels.ts'

// No connection can be called so.
const CURSOR = '#parcels'
const PER_LOOK = 500
/** Orders are written a little after the instant they bear. */
const OVERLAP_MS = 2 * 60_000
/** How far back the first look goes. */
const FIRST_MS = 3 * 24 * 3_600_000

/**
 * Follows the parcels of all orders that changed since the last look: those of a process that died before it could
 * note them, too. Looked at twice they are followed once.
 */
export async function sweepOrders(store: Store, workspace: string, now: Date): Promise<void> {
  const known = await store.cursors.findById(CURSOR).lean()
  let from = new Date(known ? known.at.getTime() - OVERLAP_MS : now.getTime() - FIRST_MS)
  for (let skip = 0; ; ) {
    const orders = (await store.orders
      .find({ workspace, updatedAt: { $gte: from, $lte: now }, 'order.waybill': { $exists: true } })
      .sort({ updatedAt: 1 })
      .skip(skip)
      .limit(PER_LOOK)
      .lean()) as OrderDoc[]
    await registerParcels(store, workspace, parcelsOfOrders(orders), now)
    if (orders.length < PER_LOOK) break
    const last = orders.at(-1)!.updatedAt
    // Those of one batch share their instant: as many of them as were seen are passed over.
    const seen = orders.filter(each => each.updatedAt.getTime() === last.getTime()).length
    skip = last.getTime() === from.getTime() ? skip + seen : seen
    from = last
  }
  await store.cursors.updateOne(
    { _id: CURSOR },
    { $set: { workspace, connection: '', at: now } },
    { upsert: true },
  )
}
