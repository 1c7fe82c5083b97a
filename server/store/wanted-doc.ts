import { defineSchema } from './define-schema.ts'

/** Something on a platform that is to be read again: a push named it, or it was found missing. */
export interface WantedDoc {
  /** `<connection>/<kind>/<id>` */
  _id: string
  workspace: string
  connection: string
  kind: 'order' | 'refund'
  id: string
  /** Changes with every new wish: what is read meanwhile does not settle a later one. */
  stamp: string
  attempts: number
  nextAt: Date
  since: Date
  lastError?: string
}

export const wantedSchema = defineSchema<WantedDoc>('wanted', {
  _id: String,
  workspace: String,
  connection: String,
  kind: String,
  id: String,
  stamp: String,
  attempts: Number,
  nextAt: Date,
  since: Date,
  lastError: String,
})
wantedSchema.index({ connection: 1, nextAt: 1 })
