import type { StockLine } from '../world/world.ts'
import { defineSchema, Mixed } from './define-schema.ts'

export interface TransferDoc {
  _id: string
  workspace: string
  order: string
  orderId: string
  run: string
  from: string
  to: string
  lines: StockLine[]
  distanceKm: number | null
  dueDay: string
  status: 'open' | 'done' | 'cancelled'
  createdAt: Date
}

export const transferSchema = defineSchema<TransferDoc>('transfers', {
  _id: String,
  workspace: String,
  order: String,
  orderId: String,
  run: String,
  from: String,
  to: String,
  lines: [Mixed],
  distanceKm: Number,
  dueDay: String,
  status: String,
  createdAt: Date,
})
transferSchema.index({ status: 1, createdAt: -1 })
