import { defineSchema, Mixed } from './define-schema.ts'

/** Something that happened, appended before anything else is done with it. */
export interface EventDoc {
  _id: string
  workspace: string
  /** `signal`: something that happened and is no order, such as a SKU that sells too fast. */
  kind: 'order' | 'resume' | 'retry' | 'signal'
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
  /** How often it was sent on its way again: who worked it before that no longer speaks for it. */
  again?: number
  /** Of one that was set aside: what had been told and held for it by then, packed (see intent.ts). */
  begun?: unknown
  /** The source document (of a signal: what it says) as JSON text; integers beyond 2^53 are strings. */
  body: string
  receivedAt: Date
  /** Ids of the workflows it is for; absent: all. It missed them because they were paused, and others have worked it. */
  only?: string[]
  /** For `resume` and `retry`: where a run goes on. */
  resume?: { run: string; key: string; port: string; by: string }
}

/** What events are that bring no order; few beside those that do, and so they have an index. */
export const NO_ORDERS = ['resume', 'retry', 'signal'] as const

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
  again: Number,
  begun: Mixed,
  receivedAt: Date,
  only: [String],
  resume: Mixed,
})
eventSchema.index({ lane: 1, seq: 1 }, { partialFilterExpression: { state: 'pending' }, name: 'pending' })
eventSchema.index({ receivedAt: -1 })
eventSchema.index(
  { kind: 1, receivedAt: -1 },
  { partialFilterExpression: { kind: { $in: NO_ORDERS } }, name: 'no orders' },
)
eventSchema.index(
  { state: 1, receivedAt: 1 },
  { partialFilterExpression: { state: { $in: ['failed', 'unclaimed'] } }, name: 'set aside' },
)
