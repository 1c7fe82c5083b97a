import { insertNew } from '../store/insert-new.ts'
import type { ParcelDoc } from '../store/parcel-doc.ts'
import type { Store } from '../store/store.ts'
import type { ParcelLeg } from '../workflow/parcel-words.ts'
import { parcelId } from './parcel-id.ts'

/** A parcel somebody told us of. */
export interface NewParcel {
  readonly carrier: string
  readonly waybill: string
  /** Keys of the orders in it. */
  readonly orders: readonly string[]
  readonly leg: ParcelLeg
  readonly phoneTail?: string
  readonly original?: string
}

/** Follows parcels from now on; one that is followed already gains the orders it did not have. Told twice it is once. */
export async function registerParcels(
  store: Store,
  workspace: string,
  parcels: readonly NewParcel[],
  now: Date,
): Promise<void> {
  const wanted = new Map<string, NewParcel>()
  for (const parcel of parcels) {
    const id = parcelId(parcel.carrier, parcel.waybill)
    const orders = new Set([...(wanted.get(id)?.orders ?? []), ...parcel.orders])
    wanted.set(id, { ...parcel, orders: [...orders] })
  }
  if (wanted.size === 0) return
  const known = await store.parcels.find({ _id: { $in: [...wanted.keys()] } }, { orders: 1 }).lean()
  const followed = new Map(known.map(each => [each._id, new Set(each.orders)]))
  const fresh = [...wanted].filter(([id]) => !followed.has(id))
  const taken = await insertNew(
    store.parcels,
    fresh.map(([id, parcel]) => documentOf(id, parcel, workspace, now)),
  )
  // Another process was quicker with these.
  for (const index of taken) followed.set(fresh[index]![0], new Set())
  for (const [id, orders] of followed) {
    const missing = wanted.get(id)!.orders.filter(order => !orders.has(order))
    if (missing.length > 0)
      await store.parcels.updateOne({ _id: id }, { $addToSet: { orders: { $each: missing } } })
  }
}

function documentOf(
  _id: string,
  { carrier, waybill, orders, leg, phoneTail, original }: NewParcel,
  workspace: string,
  now: Date,
): ParcelDoc {
  return {
    _id,
    workspace,
    carrier,
    waybill: waybill.trim(),
    orders: [...orders],
    leg,
    ...(phoneTail && { phoneTail }),
    ...(original && { original }),
    state: 'waiting',
    nodes: [],
    lastMovedAt: now,
    nextAskAt: now,
    stallTold: [],
    rev: 0,
    createdAt: now,
    updatedAt: now,
  }
}
