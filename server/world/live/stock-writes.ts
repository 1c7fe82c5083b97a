import type { Store } from '../../store/store.ts'

/** Units to take (positive) or to give back (negative), by stock id. */
export type Deltas = ReadonlyMap<string, number>

/**
 * Takes units from many stocks in one bulk write, never below zero and once per (lane, seq): repeating it
 * after a crash changes nothing.
 * @returns ids whose write did not happen because too little was available
 */
export async function takeUnits(
  store: Store,
  lane: number,
  seq: number,
  deltas: Deltas,
): Promise<ReadonlySet<string>> {
  const ids = [...deltas.keys()].filter(id => deltas.get(id) !== 0)
  if (ids.length === 0) return new Set()
  const applied = `applied.${lane}`
  const result = await store.stock.collection.bulkWrite(
    ids.map(id => {
      const units = deltas.get(id)!
      const once = { [applied]: { $not: { $gte: seq } } }
      return {
        updateOne: {
          filter: (units > 0
            ? { _id: id, available: { $gte: units }, ...once }
            : { _id: id, ...once }) as object,
          update: { $inc: { available: -units, held: units }, $set: { [applied]: seq } },
        },
      }
    }),
    { ordered: false },
  )
  if (result.modifiedCount === ids.length) return new Set()
  const after = await store.stock.find({ _id: { $in: ids } }, { applied: 1 }).lean()
  const done = new Set(after.filter(each => (each.applied[lane] ?? 0) >= seq).map(each => each._id))
  return new Set(ids.filter(id => !done.has(id)))
}
