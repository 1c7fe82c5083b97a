import type { StockLine } from '../world/world.ts'
import { defineSchema, Mixed } from './define-schema.ts'

/**
 * Units of a return that a committed run wants back on the shelf. `_id` is the effect key, which is also the id
 * of the ledger movement; the document goes once that movement stands, so what is here is still to be done.
 */
export interface RestockDoc {
  _id: string
  workspace: string
  order: string
  orderId: string
  run: string
  warehouse: string
  lines: StockLine[]
  createdAt: Date
}

export const restockSchema = defineSchema<RestockDoc>('restocks', {
  _id: String,
  workspace: String,
  order: String,
  orderId: String,
  run: String,
  warehouse: String,
  lines: [Mixed],
  createdAt: Date,
})
restockSchema.index({ createdAt: 1 })
