import type { ParcelReport } from '../../connectors/kit/parcel.ts'
import type { ConnectorDesk } from '../connections/connector-desk.ts'
import type { BatchReport } from '../engine/batch-report.ts'
import type { Plans } from '../engine/plan.ts'
import type { Intake } from '../intake/intake.ts'
import type { OutboxDoc } from '../store/outbox-doc.ts'
import type { Store } from '../store/store.ts'
import { parcelOfCall } from './parcel-of-call.ts'
import { parcelWatches } from './parcel-watches.ts'
import { parcelsOfOrders } from './parcels-of-orders.ts'
import { recordParcels } from './record-parcels.ts'
import { registerParcels } from './register-parcels.ts'
import { sweepOrders } from './sweep-orders.ts'
import { type SweepContext, sweepParcels } from './sweep-parcels.ts'

/** Follows the parcels of orders on the carriers' own word. */
export interface Parcels {
  /** Follows what new orders went out in, then asks carriers about what is due. Meant for every half minute. */
  sweep(signal: AbortSignal): Promise<void>
  /** Keeps what carriers say, and starts what waits for it; durable when it resolves. */
  record(reports: readonly ParcelReport[]): Promise<void>
  /** Told of every batch this process worked: parcels of its orders are followed at once. */
  onBatch(report: Pick<BatchReport, 'orders'>): void
  /** Told of every outward call that was confirmed: what was shipped, or is fetched back, is followed. */
  onConfirmed(call: OutboxDoc): Promise<void>
  /** Finishes what is under way. */
  stop(): Promise<void>
}

export interface ParcelsDeps {
  readonly store: Store
  readonly plans: Pick<Plans, 'live'>
  readonly desk: Pick<ConnectorDesk, 'connectorOf' | 'context'>
  readonly intake: Pick<Intake, 'signal'>
  readonly workspace: string
  readonly log: { warn(details: object, message: string): void }
  readonly now?: () => Date
}

export function openParcels({
  store,
  plans,
  desk,
  intake,
  workspace,
  log,
  now = () => new Date(),
}: ParcelsDeps): Parcels {
  const watches = () => parcelWatches(plans.live())
  const context: SweepContext = { store, workspace, raise: intake.signal, desk, watches, now, log }
  const under = new Set<Promise<void>>()
  let isStopped = false

  return {
    async sweep(signal) {
      await sweepOrders(store, workspace, now())
      await sweepParcels(context, signal)
    },
    record: reports => recordParcels(context, watches(), reports, now()),
    onBatch({ orders }) {
      // What comes after the end is found by the next look at orders.
      if (isStopped) return
      const parcels = parcelsOfOrders(orders.values())
      if (parcels.length === 0) return
      const work = registerParcels(store, workspace, parcels, now())
        // The sweep of orders comes for them.
        .catch(error => log.warn({ err: error }, 'parcels of new orders could not be noted yet'))
        .finally(() => under.delete(work))
      under.add(work)
    },
    async onConfirmed(call) {
      const parcel = await parcelOfCall(store, desk, call)
      if (parcel) await registerParcels(store, workspace, [parcel], now())
    },
    async stop() {
      isStopped = true
      await Promise.all(under)
    },
  }
}
