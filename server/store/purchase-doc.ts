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
  createdAt: Date,
})
purchaseSchema.index({ status: 1, createdAt: -1 })
