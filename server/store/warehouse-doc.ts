import type { Point } from '../workflow/order.ts'
import { defineSchema, Mixed } from './define-schema.ts'

export interface WarehouseDoc {
  _id: string
  workspace: string
  name: string
  city: string
  point: Point
}

export const warehouseSchema = defineSchema<WarehouseDoc>('warehouses', {
  _id: String,
  workspace: String,
  name: String,
  city: String,
  point: Mixed,
})
