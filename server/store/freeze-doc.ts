import { defineSchema, Mixed } from './define-schema.ts'

/** A shop a SKU was taken off or put back at: by a call to its address, or by a person where it has none. */
export interface FreezePlace {
  readonly connection: string
  readonly name: string
  readonly how: 'call' | 'hand'
}

/**
 * A line of the book of frozen SKUs, never changed: what counts is the last line of a SKU. `_id` is the effect key
 * of the run that did it; `<line it ends>/lift` where a person or the clock did.
 */
export interface FreezeDoc {
  _id: string
  workspace: string
  sku: string
  action: 'freeze' | 'unfreeze'
  reason: string
  /** The run that did it; empty where a person or the clock did. */
  run: string
  /** How the person signs; empty where a run did it, `timer` where the time was over. */
  by: string
  places: readonly FreezePlace[]
  at: Date
  /** When it goes on sale again by itself. */
  until?: Date
}

export const freezeSchema = defineSchema<FreezeDoc>('freezes', {
  _id: String,
  workspace: String,
  sku: String,
  action: String,
  reason: String,
  run: String,
  by: String,
  places: [Mixed],
  at: Date,
  until: Date,
})
freezeSchema.index({ sku: 1, at: -1 })
freezeSchema.index({ until: 1 }, { sparse: true })
