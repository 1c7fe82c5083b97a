import type { ActionAnswer } from '../../connectors/kit/action.ts'
import type { StockLine } from '../world/world.ts'
import { defineSchema, Mixed } from './define-schema.ts'

export interface PurchaseDoc {
  _id: string
  workspace: string
  order: string
  orderId: string
  run: string
  supplier: string
  lines: StockLine[]
  urgent: boolean
  status: 'requested' | 'confirmed' | 'failed' | 'unknown'
  /** What the supplier said: its order number. */
  answer?: ActionAnswer
  createdAt: Date
}

export const purchaseSchema = defineSchema<PurchaseDoc>('purchases', {
  _id: String,
  workspace: String,
  order: String,
  orderId: String,
  run: String,
  supplier: String,
  lines: [Mixed],
  urgent: Boolean,
  status: String,
  answer: Mixed,
  createdAt: Date,
})
purchaseSchema.index({ status: 1, createdAt: -1 })
