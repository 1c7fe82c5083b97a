import type { Store } from '../../store/store.ts'
import { type Statement, writeInOrder } from '../../store/write-in-order.ts'

/** Units to take (positive) or to give back (negative), by stock id. */
export type Deltas = ReadonlyMap<string, number>

/** What one lane takes in one numbered write. */
export interface LaneDeltas {
  readonly lane: number
  /** Of the worker that writes. */
  readonly epoch: number
  readonly seq: number
  readonly deltas: Deltas
}

type Share = Pick<LaneDeltas, 'lane' | 'epoch' | 'seq'>

/** What all lanes together take from one stock. */
interface Sum {
  units: number
  shares: Share[]
}

/**
 * Takes units from many stocks in one bulk write, never below zero and once per (lane, seq): repeating it after a
 * crash changes nothing. What several lanes take from one stock is one change of it: done for all or for none, so
 * that after a crash each lane can be finished by itself. A stock that was fenced off changes for nobody who lost the
 * lane before.
 * @returns ids whose write did not happen because too little was available
 */
export async function takeUnits(store: Store, lanes: readonly LaneDeltas[]): Promise<ReadonlySet<string>> {
  const sums = new Map<string, Sum>()
  for (const { lane, epoch, seq, deltas } of lanes)
    for (const [id, units] of deltas) {
      const sum = sums.get(id)
      if (!sum) sums.set(id, { units, shares: [{ lane, epoch, seq }] })
      else {
        sum.units += units
        sum.shares.push({ lane, epoch, seq })
      }
    }
  if (sums.size === 0) return new Set()
  const update = Array.from(sums, ([id, sum]) => statementOf(id, sum))
  const [written] = await writeInOrder([[{ into: store.stock, update }]], { flush: false })
  if (written!.modified === sums.size) return new Set()
  const ids = [...sums.keys()]
  const after = await store.stock.find({ _id: { $in: ids } }, { applied: 1 }).lean()
  const applied = new Map(after.map(each => [each._id, each.applied]))
  return new Set(
    ids.filter(id => sums.get(id)!.shares.some(({ lane, seq }) => (applied.get(id)?.[lane] ?? 0) < seq)),
  )
}

function statementOf(id: string, { units, shares }: Sum): Statement {
  const filter: Record<string, unknown> = { _id: id }
  const done: Record<string, number> = {}
  if (units > 0) filter.available = { $gte: units }
  for (const { lane, epoch, seq } of shares) {
    filter[`fences.${lane}`] = { $not: { $gt: epoch } }
    filter[`applied.${lane}`] = { $not: { $gte: seq } }
    done[`applied.${lane}`] = seq
  }
  return { filter, change: { $inc: { available: -units, held: units }, $set: done } }
}

/**
 * Keeps workers out that lost the lane but have not noticed yet: what they were about to take is decided without
 * them from here on. Otherwise a stock that was too low for them could be taken by them later, when it has risen.
 */
export async function fenceOff(
  store: Store,
  lane: number,
  epoch: number,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return
  const fence = `fences.${lane}`
  await store.stock.collection.updateMany(
    { _id: { $in: [...ids] }, [fence]: { $not: { $gte: epoch } } } as object,
    { $set: { [fence]: epoch } },
  )
}
