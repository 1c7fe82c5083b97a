import type { Order } from '../workflow/order.ts'
import { defineSchema, Mixed } from './define-schema.ts'

export interface OrderDoc {
  /** `<connection>:<platform order id>` */
  _id: string
  workspace: string
  order: Order
  status: string
  outcome: string
  /** The kept order this one repeats. */
  duplicateOf?: string
  firstEvent: string
  event: string
  seq: number
  run: string
  createdAt: Date
  updatedAt: Date
}

export const orderSchema = defineSchema<OrderDoc>('orders', {
  _id: String,
  workspace: String,
  order: Mixed,
  status: String,
  outcome: String,
  duplicateOf: String,
  firstEvent: String,
  event: String,
  seq: Number,
  run: String,
  createdAt: Date,
  updatedAt: Date,
})
orderSchema.index({ updatedAt: -1 })
orderSchema.index({ 'order.phone': 1 })
orderSchema.index({ 'order.items.sku': 1 })
