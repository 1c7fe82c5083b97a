import type { RestockDoc } from '../../store/restock-doc.ts'
import type { Store } from '../../store/store.ts'
import type { StockDesk } from '../stock-desk.ts'

const PER_LOOK = 200

export interface Restocker {
  /** Puts everything back that is to go back; callers at the same time share one sweep. */
  sweep(): Promise<void>
  /** There is something to put back: sweeps without being waited for. */
  wake(): void
  /** Finishes the one at hand. */
  stop(): Promise<void>
}

export interface RestockerOptions {
  readonly log: { error(details: object, message: string): void }
}

/**
 * Carries out the restocks of committed runs at the stock desk, which moves goods once per id: here the effect
 * key. A batch that is replayed asks for the same restock again, a process that died between the movement and the
 * removal of the request leaves it to be found again; both times the desk answers that it was done.
 */
export function restocker(store: Store, desk: Pick<StockDesk, 'move'>, { log }: RestockerOptions): Restocker {
  let sweeping: Promise<void> | undefined
  let isWoken = false
  let isStopped = false

  function sweep(): Promise<void> {
    isWoken = true
    sweeping ??= sweepAll().finally(() => {
      sweeping = undefined
    })
    return sweeping
  }

  async function sweepAll(): Promise<void> {
    while (isWoken && !isStopped) {
      isWoken = false
      const found = await store.restocks.find().sort({ createdAt: 1 }).limit(PER_LOOK).lean()
      let done = 0
      for (const each of found) if (!isStopped && (await putBack(each))) done++
      if (found.length === PER_LOOK && done > 0) isWoken = true
    }
  }

  /** One that cannot be put back now stays for the next sweep and does not hold up the others. */
  async function putBack({ _id, order, orderId, run, warehouse, lines }: RestockDoc): Promise<boolean> {
    try {
      await desk.move({
        id: _id,
        kind: 'returned',
        lines: lines.map(({ sku, quantity }) => ({ warehouse, sku, quantity })),
        reason: orderId,
        order,
        run,
      })
      await store.restocks.deleteOne({ _id })
      return true
    } catch (error) {
      log.error({ err: error, restock: _id, order }, 'a return could not be put back into stock yet')
      return false
    }
  }

  return {
    sweep,
    wake: () =>
      void sweep().catch(error => log.error({ err: error }, 'returns could not be put back into stock')),
    async stop() {
      isStopped = true
      await sweeping
    },
  }
}
