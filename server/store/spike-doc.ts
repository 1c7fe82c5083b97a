import { defineSchema } from './define-schema.ts'

/** How often a SKU has sold too fast for a workflow, and until when that is not told again. `_id` is `<workflow>/<sku>`. */
export interface SpikeDoc {
  _id: string
  /** The number of the last one that was told, from 1. */
  nth: number
  quietUntil: Date
}

export const spikeSchema = defineSchema<SpikeDoc>('spikes', {
  _id: String,
  nth: Number,
  quietUntil: Date,
})
