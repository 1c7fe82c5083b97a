import type { ActionAnswer, ActionName } from '../../connectors/kit/action.ts'
import { defineSchema, Mixed } from './define-schema.ts'

export type OutboxState = 'planned' | 'sent' | 'confirmed' | 'failed' | 'unknown'

/** One outward call, made once and accounted for. `_id` is its effect key and goes out as Idempotency-Key. */
export interface OutboxDoc {
  _id: string
  workspace: string
  kind: 'purchase' | 'notify' | 'freeze' | 'act'
  /** What its connection's connector does with it; a plain POST to `url` where absent. */
  action?: ActionName
  order: string
  run: string
  /** Connection it goes to, or empty for a plain url. */
  connection: string
  url: string
  body: Record<string, unknown>
  state: OutboxState
  attempts: number
  nextAt: Date
  /** Who is sending it now. */
  owner?: string
  lastStatus?: number
  lastError?: string
  /** What the other side said it did: its order number, its waybill. */
  answer?: ActionAnswer
  createdAt: Date
  confirmedAt?: Date
}

export const outboxSchema = defineSchema<OutboxDoc>('outbox', {
  _id: String,
  workspace: String,
  kind: String,
  action: String,
  order: String,
  run: String,
  connection: String,
  url: String,
  body: Mixed,
  state: String,
  attempts: Number,
  nextAt: Date,
  owner: String,
  lastStatus: Number,
  lastError: String,
  answer: Mixed,
  createdAt: Date,
  confirmedAt: Date,
})
outboxSchema.index({ state: 1, nextAt: 1 })
