import type { WarehousePlace } from '../world/stock-facts.ts'
import type { StockLine } from '../world/world.ts'
import { defineSchema, Mixed } from './define-schema.ts'
import type { MovementDoc } from './movement-doc.ts'

/** A lane: who works it until when, and what that worker is about to do. */
export interface LaneDoc {
  _id: number
  owner: string
  epoch: number
  until: Date
  /** Numbers the stock writes of this lane. */
  seq: number
  /** What is about to be done, packed: see intent.ts. */
  intent?: unknown
}

/**
 * What a batch has been told and is about to do, written before its first irrevocable write. After a crash
 * the successor finishes exactly this, instead of deciding anew on a world that has already changed.
 */
export interface Intent {
  seq: number
  at: Date
  events: string[]
  /** `<workflow>@<version>` of the plans the batch walks. */
  plans: string[]
  answers: { key: string; answer: unknown }[]
  /** What was read of the stock, from which the facts follow that runs were told. */
  readings?: StockReading[]
  holds: IntendedHold[]
  /** The stock write numbered `seq`: units taken from (or given back to) each stock document. */
  deltas: { id: string; quantity: number }[]
  /** On the desk's lane: the movement being written. */
  movement?: MovementDoc
  /** The movement takes back the lines of one that did not fit. */
  isUndo?: boolean
}

/** What was read of the stock for many questions at once. */
export interface StockReading {
  /** The warehouses as they were then. */
  places: readonly WarehousePlace[]
  /** SKU → warehouse → units available. */
  levels: ReadonlyMap<string, ReadonlyMap<string, number>>
  /** Effect keys of the questions that were answered from it. */
  keys: string[]
}

export interface IntendedHold {
  key: string
  /** The stock write it was allocated in. */
  seq: number
  orderKey: string
  orderId: string
  warehouse: string
  lines: StockLine[]
  held: boolean
  short?: { sku: string; available: number; need: number }
}

export const laneSchema = defineSchema<LaneDoc>('lanes', {
  _id: Number,
  owner: String,
  epoch: Number,
  until: Date,
  seq: Number,
  intent: Mixed,
})
