import { defineSchema, Mixed } from './define-schema.ts'

/** Something that happened, appended before anything else is done with it. */
export interface EventDoc {
  _id: string
  workspace: string
  kind: 'order' | 'resume' | 'retry'
  connection: string
  channel: string
  shop: string
  /** `<connection>:<platform order id>` */
  order: string
  lane: number
  /** Order of acceptance: milliseconds × 4096 + counter, so that it grows within a process. */
  seq: number
  /** `unclaimed`: no workflow wanted it. `failed`: set aside, with the error, after failing again and again. */
  state: 'pending' | 'done' | 'unclaimed' | 'failed'
  error?: string
  /** Of one that was set aside: what had been told and held for it by then, packed (see intent.ts). */
  begun?: unknown
  /** The source document as JSON text; integers beyond 2^53 are strings. */
  body: string
  receivedAt: Date
  /** For `resume` and `retry`: where a run goes on. */
  resume?: { run: string; key: string; port: string; by: string }
}

export const eventSchema = defineSchema<EventDoc>('events', {
  _id: String,
  workspace: String,
  kind: String,
  connection: String,
  channel: String,
  shop: String,
  order: String,
  lane: Number,
  seq: Number,
  state: String,
  body: String,
  error: String,
  begun: Mixed,
  receivedAt: Date,
  resume: Mixed,
})
eventSchema.index({ lane: 1, seq: 1 }, { partialFilterExpression: { state: 'pending' }, name: 'pending' })
eventSchema.index({ receivedAt: -1 })
