import type { Signal } from '../intake/intake.ts'
import type { StockSpike } from '../nodes/stock-spike.ts'
import type { Store } from '../store/store.ts'
import type { Places } from '../world/live/places.ts'
import type { Watch } from './watches.ts'

/** A SKU that sells faster than a workflow allows. */
export interface Spike {
  readonly watch: Watch
  readonly sku: string
  /** Units within the window. */
  readonly units: number
  readonly perMinute: number
}

/** Tells the workflows that wait for it, once for each spike. */
export interface SpikeTeller {
  /** Raises a signal for each that was not told lately, by this or another process; durable when it resolves. */
  tell(spikes: readonly Spike[], now: number): Promise<void>
  /** Whether a SKU is known to have been told lately. */
  isQuiet(watch: Watch, sku: string, now: number): boolean
}

export interface SpikeContext {
  readonly store: Store
  readonly places: Pick<Places, 'warehouses'>
  readonly workspace: string
  /** Appends signals to the intake; one with a key that is known already is nothing. */
  readonly raise: (signals: readonly Signal[]) => Promise<unknown>
}

/**
 * The nth spike of a SKU is a signal called after its number, so processes that notice it at once, or one that
 * notices it again after a crash, raise the same. Only after the signal is durable it is written down that the SKU
 * was told.
 */
export function spikeTeller({ store, places, workspace, raise }: SpikeContext): SpikeTeller {
  const quiet = new Map<string, number>()

  async function factsOf({ watch, sku, units, perMinute }: Spike, now: number): Promise<StockSpike> {
    const found = await store.stock.find({ workspace, sku }, { warehouse: 1, available: 1 }).lean()
    const left = new Map(found.map(each => [each.warehouse, each.available]))
    const warehouses = places.warehouses.map(({ id, name }) => ({
      warehouse: id,
      name,
      available: left.get(id) ?? 0,
    }))
    return {
      workflow: watch.workflow,
      sku,
      units,
      windowSeconds: watch.windowSeconds,
      perMinute,
      limitPerMinute: watch.limitPerMinute,
      available: warehouses.reduce((sum, each) => sum + each.available, 0),
      warehouses,
      at: new Date(now).toISOString(),
    }
  }

  async function tellOne(spike: Spike, now: number): Promise<void> {
    const { watch, sku } = spike
    const _id = keyOf(watch, sku)
    const known = await store.spikes.findById(_id).lean()
    if (known && known.quietUntil.getTime() > now) {
      quiet.set(_id, known.quietUntil.getTime())
      return
    }
    const nth = (known?.nth ?? 0) + 1
    const body = await factsOf(spike, now)
    await raise([{ workspace, key: `${sku}#${watch.workflow}/${nth}`, body }])
    const quietUntil = now + watch.cooldownMinutes * 60_000
    // The larger wins, so that a slower process never takes back what a quicker one wrote.
    await store.spikes.updateOne(
      { _id },
      { $max: { nth, quietUntil: new Date(quietUntil) } },
      { upsert: true },
    )
    quiet.set(_id, quietUntil)
  }

  return {
    async tell(spikes, now) {
      for (const [key, until] of quiet) if (until <= now) quiet.delete(key)
      for (const spike of spikes) await tellOne(spike, now)
    },
    isQuiet: (watch, sku, now) => (quiet.get(keyOf(watch, sku)) ?? 0) > now,
  }
}

const keyOf = ({ workflow }: Watch, sku: string): string => `${workflow}/${sku}`
