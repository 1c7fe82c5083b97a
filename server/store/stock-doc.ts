import { defineSchema, Mixed } from './define-schema.ts'

/** What a warehouse has of a SKU. `_id` is `<workspace>/<warehouse>/<sku>`; available = onHand − held, never below 0. */
export interface StockDoc {
  _id: string
  workspace: string
  warehouse: string
  sku: string
  onHand: number
  held: number
  available: number
  /** Per lane the number of the last stock write it made here, which makes a repeated write harmless. */
  applied: Record<string, number>
  /** Per lane the epoch below which nobody may take from it any more; written when a lane was taken over. */
  fences?: Record<string, number>
}

export const stockSchema = defineSchema<StockDoc>('stock', {
  _id: String,
  workspace: String,
  warehouse: String,
  sku: String,
  onHand: Number,
  held: Number,
  available: Number,
  applied: Mixed,
  fences: Mixed,
})
stockSchema.index({ sku: 1, warehouse: 1 })
