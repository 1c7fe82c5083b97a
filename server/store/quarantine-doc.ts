import type { FieldProblem } from '../world/world.ts'
import { defineSchema, Mixed } from './define-schema.ts'

export interface QuarantineDoc {
  _id: string
  workspace: string
  connection: string
  /** Empty when the document was refused before it became an event. */
  event: string
  run: string
  body: string
  problems: FieldProblem[]
  status: 'open' | 'resubmitted' | 'discarded'
  at: Date
}

export const quarantineSchema = defineSchema<QuarantineDoc>('quarantine', {
  _id: String,
  workspace: String,
  connection: String,
  event: String,
  run: String,
  body: String,
  problems: [Mixed],
  status: String,
  at: Date,
})
quarantineSchema.index({ status: 1, at: -1 })
