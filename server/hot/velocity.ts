import type { BatchReport } from '../engine/batch-report.ts'
import type { Plan, Plans } from '../engine/plan.ts'
import type { Store } from '../store/store.ts'
import { addCounts, type Count, readCounts } from './shared-count.ts'
import type { Spike } from './spike.ts'
import { addUnits, dropIdle, dropOld, newTally, type Tally, type Track } from './tally.ts'
import { unitsSold } from './units-sold.ts'
import { type Watch, watchesOf } from './watches.ts'

/**
 * A SKU is shared with other processes, and looked at, once this one alone has seen so small a part of the limit:
 * what hardly sells costs no write. What others have not shared is at most as much each.
 */
const SHARED_FROM = 1 / 20
/** SKUs shared at once, those with most units first; the others come a second later. */
const MOST_AT_ONCE = 500
/** The speed that is told is that of the last part of the window where it went faster. */
const RECENT_PART = 1 / 6
const SWEEP_EVERY_MS = 30_000

/** Counts what is sold and notices what sells too fast. */
export interface Velocity {
  /** Takes note of what a batch sold, in memory. Does nothing as long as no live workflow wants to know. */
  count(report: BatchReport): void
  /**
   * Shares what was counted since the last call and looks for SKUs above their limit over all processes; called once
   * a second. What was counted in between and not shared is lost with the process.
   */
  look(): Promise<readonly Spike[]>
}

export interface VelocityContext {
  readonly store: Store
  readonly plans: Pick<Plans, 'live'>
  /** Whether a SKU was told lately and is to be left alone. */
  readonly isQuiet: (watch: Watch, sku: string, now: number) => boolean
  readonly now?: () => number
}

export function watchVelocity({ store, plans, isQuiet, now = Date.now }: VelocityContext): Velocity {
  let live: readonly Plan[] = []
  let watches: readonly Watch[] = []
  const tallies = new Map<string, Tally>()
  let swept = now()

  function current(): readonly Watch[] {
    const seen = plans.live()
    if (seen === live) return watches
    live = seen
    watches = watchesOf(live)
    const watched = new Set(watches.map(each => each.workflow))
    for (const workflow of tallies.keys()) if (!watched.has(workflow)) tallies.delete(workflow)
    for (const workflow of watched) if (!tallies.has(workflow)) tallies.set(workflow, newTally())
    return watches
  }

  return {
    count(report) {
      const all = current()
      if (all.length === 0) return
      const at = now()
      for (const { sku, units, orderedAt } of unitsSold(report))
        for (const watch of all) {
          const { workflow, wants, stretchMs, orderedWithinMinutes: within } = watch
          if (!wants(sku) || (within !== undefined && at - orderedAt > within * 60_000)) continue
          addUnits(tallies.get(workflow)!, sku, at - (at % stretchMs), units)
        }
    },

    async look() {
      const at = now()
      const spikes: Spike[] = []
      for (const watch of current()) {
        const tally = tallies.get(watch.workflow)!
        const since = at - watch.windowSeconds * 1_000
        const hot = takeHot(tally, watch, since)
        await addCounts(store, unwrittenOf(hot, watch))
        const loud = hot.filter(({ sku }) => !isQuiet(watch, sku, at))
        if (loud.length > 0) spikes.push(...(await tooFast(store, watch, loud, since, at)))
      }
      if (at - swept > SWEEP_EVERY_MS) {
        swept = at
        for (const { workflow, windowSeconds } of current())
          dropIdle(tallies.get(workflow)!, at - windowSeconds * 1_000)
      }
      return spikes
    },
  }
}

/** The SKUs that moved and count for something, those with most units nobody else knows of first. */
function takeHot({ moved }: Tally, { limitUnits }: Watch, since: number): readonly Track[] {
  const hot: Track[] = []
  for (const track of moved) {
    dropOld(track, since)
    if (track.units >= limitUnits * SHARED_FROM) hot.push(track)
  }
  moved.clear()
  if (hot.length <= MOST_AT_ONCE) return hot
  hot.sort((a, b) => b.open - a.open)
  for (const track of hot.splice(MOST_AT_ONCE)) moved.add(track)
  return hot
}

/**
 * What the store does not know yet, counted as written from now on: a write that fails loses a second of counts,
 * where one repeated in doubt could raise a false alarm.
 */
function unwrittenOf(tracks: readonly Track[], watch: Watch): readonly Count[] {
  const counts: Count[] = []
  for (const track of tracks) {
    const watched = watchedKey(watch, track.sku)
    for (const [at, units] of track.unwritten) counts.push({ watched, at, units })
    track.unwritten.clear()
    track.open = 0
  }
  return counts
}

async function tooFast(
  store: Store,
  watch: Watch,
  tracks: readonly Track[],
  since: number,
  now: number,
): Promise<readonly Spike[]> {
  const recentMs = Math.max(watch.stretchMs, watch.windowSeconds * 1_000 * RECENT_PART)
  const skus = new Map(tracks.map(({ sku }) => [watchedKey(watch, sku), sku]))
  const sums = new Map<string, { units: number; recent: number }>()
  for (const { watched, at, units } of await readCounts(store, [...skus.keys()], since)) {
    const sum = sums.get(watched) ?? { units: 0, recent: 0 }
    sum.units += units
    if (at > now - recentMs) sum.recent += units
    sums.set(watched, sum)
  }
  return Array.from(sums).flatMap(([watched, { units, recent }]): Spike[] => {
    if (units <= watch.limitUnits) return []
    const overWindow = (units * 60) / watch.windowSeconds
    const lately = (recent * 60_000) / recentMs
    return [{ watch, sku: skus.get(watched)!, units, perMinute: Math.round(Math.max(overWindow, lately)) }]
  })
}

const watchedKey = ({ workflow }: Watch, sku: string): string => `${workflow}/${sku}`
