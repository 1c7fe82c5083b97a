import { defineSchema, Mixed } from './define-schema.ts'

export interface ConnectionDoc {
  _id: string
  workspace: string
  name: string
  /** Which connector speaks to it: `intake` (pushed to us), `folder`, `supplier`, … */
  connector: string
  channel: string
  shop: string
  enabled: boolean
  warehouse?: string
  url?: string
  /** Where the identity of an order stands in its source document; dotted paths, first found wins. */
  identity: ConnectionIdentity
  mapping?: unknown
  /** Column by which rows of a file belong to one order; each row is an order where absent. */
  groupRowsBy?: string
  /** Orders it may push per second, to each process; 0 or absent is no limit. */
  limitPerSecond?: number
  settings: Record<string, unknown>
  lastPolledAt?: Date
  lastError?: string
  /** What is wrong with it now, in plain words. */
  fault?: ConnectionFault
  createdAt: Date
}

export interface ConnectionFault {
  readonly class: string
  readonly code?: string
  /** What is wrong and what to do. */
  readonly zh: string
  readonly en: string
  readonly blame: string
  readonly at: Date
}

export interface ConnectionIdentity {
  readonly orderId: readonly string[]
  /** What changes when the order changes: modified time, status. The whole document's hash where absent. */
  readonly version?: readonly string[]
  /** What orders of one buyer share (phone); decides the lane. The order id where absent. */
  readonly buyer?: readonly string[]
}

export const connectionSchema = defineSchema<ConnectionDoc>('connections', {
  _id: String,
  workspace: String,
  name: String,
  connector: String,
  channel: String,
  shop: String,
  enabled: Boolean,
  warehouse: String,
  url: String,
  identity: Mixed,
  mapping: Mixed,
  groupRowsBy: String,
  limitPerSecond: Number,
  settings: Mixed,
  lastPolledAt: Date,
  lastError: String,
  fault: Mixed,
  createdAt: Date,
})
