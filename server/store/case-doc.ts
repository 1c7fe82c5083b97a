import { defineSchema, Mixed } from './define-schema.ts'

/** An order kept with a workflow, the small world it was tried in, and how it must come out. */
export interface CaseDoc {
  _id: string
  workspace: string
  workflow: string
  name: string
  connection: string
  channel: string
  shop: string
  /** Event id and order key the document has by its connection's identity. */
  event: string
  order: string
  /** The source document as JSON text: its field names may be any text. */
  body: string
  /** The same with the buyer masked: what is shown and exported. */
  shown: string
  /** The simulated world before the order, as JSON text; instants are ISO 8601. */
  world: string
  expect: { outcome: string; path?: string[] }
  createdAt: Date
}

export const caseSchema = defineSchema<CaseDoc>('cases', {
  _id: String,
  workspace: String,
  workflow: String,
  name: String,
  connection: String,
  channel: String,
  shop: String,
  event: String,
  order: String,
  body: String,
  shown: String,
  world: String,
  expect: Mixed,
  createdAt: Date,
})
caseSchema.index({ workflow: 1, createdAt: 1 })
