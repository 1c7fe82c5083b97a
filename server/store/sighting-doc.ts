import { hash } from 'node:crypto'
import { defineSchema, Mixed } from './define-schema.ts'

/** Orders seen under one dedup key. `_id` is a hash of workspace and key. */
export interface SightingDoc {
  _id: string
  workspace: string
  /** Counts changes; a claim that lost a race is refused and made again. */
  rev: number
  seen: { orderKey: string; orderId: string; channel: string; at: Date }[]
  /** Forgotten some days after this, see schedule/sweep-sightings.ts: an index for it would cost every order a write. */
  expireAt: Date
}

/** Dedup keys hold phones and may be long, so they are kept as hashes. */
export const sightingId = (workspace: string, dedupKey: string): string =>
  hash('sha1', `${workspace}\n${dedupKey}`, 'base64url')

export const sightingSchema = defineSchema<SightingDoc>('sightings', {
  _id: String,
  workspace: String,
  rev: Number,
  seen: [Mixed],
  expireAt: Date,
})
