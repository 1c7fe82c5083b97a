import { defineSchema, Mixed } from './define-schema.ts'

export type MovementKind = 'received' | 'held' | 'released' | 'shipped' | 'returned' | 'adjusted'

/** A line of the ledger. The stock documents are its sum. */
export interface MovementDoc {
  _id: string
  workspace: string
  kind: MovementKind
  order?: string
  run?: string
  /** For released and shipped: the hold it ends. */
  of?: string
  lines: { warehouse: string; sku: string; quantity: number }[]
  reason: string
  at: Date
}

export const movementSchema = defineSchema<MovementDoc>('movements', {
  _id: String,
  workspace: String,
  kind: String,
  order: String,
  run: String,
  of: String,
  lines: [Mixed],
  reason: String,
  at: Date,
})
movementSchema.index({ 'lines.sku': 1, at: -1 })
