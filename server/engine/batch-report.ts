import type { OrderDoc } from '../store/order-doc.ts'
import type { RunDoc } from '../store/run-doc.ts'
import type { NodeTimes } from './node-times.ts'

/** What one committed batch did, told to whoever watches (live counters, metrics). */
export interface BatchReport {
  readonly at: Date
  /** Runs as committed: done, waiting or failed. */
  readonly runs: readonly RunDoc[]
  /** Orders written by those runs, by order key. */
  readonly orders: ReadonlyMap<string, OrderDoc>
  /** Events of the batch, those no workflow wanted included. */
  readonly events: number
  /** Outward calls the batch planned. */
  readonly calls: number
  /** Returns the batch wants back in stock. */
  readonly restocks: number
  /** How many steps of each run were there before this batch (a resumed run); by run id, 0 where absent. */
  readonly earlierSteps: ReadonlyMap<string, number>
  /** Node at which a resumed run had waited, by run id. */
  readonly leftWaiting: ReadonlyMap<string, string>
  readonly nodeTimes: NodeTimes
}
