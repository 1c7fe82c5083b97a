import type { BatchReport } from '../engine/batch-report.ts'
import type { Plans } from '../engine/plan.ts'
import type { Signal } from '../intake/intake.ts'
import type { Store } from '../store/store.ts'
import type { Places } from '../world/live/places.ts'
import type { SaleDesk } from './sale-desk.ts'
import { spikeTeller } from './spike.ts'
import { watchVelocity } from './velocity.ts'

const LOOK_EVERY_MS = 1_000
const SWEEP_EVERY_MS = 5_000

/** Watches how fast SKUs sell, and puts those whose time off sale is over back. */
export interface HotStock {
  /** Told of every batch this process worked. */
  count(report: BatchReport): void
  start(): void
  /** Shares what was counted last, then rests. */
  stop(): Promise<void>
}

export interface HotStockContext {
  readonly store: Store
  readonly plans: Pick<Plans, 'live'>
  readonly places: Places
  readonly workspace: string
  readonly desk: Pick<SaleDesk, 'sweep'>
  readonly raise: (signals: readonly Signal[]) => Promise<unknown>
  readonly log: { error(details: object, message: string): void }
  /** A second where absent; what was counted since the last look is what a crash costs. */
  readonly lookEveryMs?: number
}

export function hotStock(context: HotStockContext): HotStock {
  const { store, plans, desk, log } = context
  const teller = spikeTeller(context)
  const velocity = watchVelocity({ store, plans, isQuiet: teller.isQuiet })
  const timers: NodeJS.Timeout[] = []
  let looking: Promise<void> | undefined

  async function look(): Promise<void> {
    try {
      const spikes = await velocity.look()
      if (spikes.length > 0) await teller.tell(spikes, Date.now())
    } catch (error) {
      log.error({ err: error }, 'the speed of sale could not be looked at')
    }
  }

  const lookOnce = () => {
    looking ??= look().finally(() => {
      looking = undefined
    })
    return looking
  }

  const sweep = () =>
    desk
      .sweep(new Date())
      .catch(error => log.error({ err: error }, 'SKUs whose time off sale is over could not be put back'))

  return {
    count: velocity.count,
    start() {
      timers.push(
        setInterval(lookOnce, context.lookEveryMs ?? LOOK_EVERY_MS),
        setInterval(sweep, SWEEP_EVERY_MS),
      )
    },
    async stop() {
      for (const timer of timers) clearInterval(timer)
      await looking
      await lookOnce()
    },
  }
}
