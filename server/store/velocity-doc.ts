import { defineSchema } from './define-schema.ts'

/** Units of a SKU sold within one short stretch of time, summed over all processes. `_id` is `<watched>/<ms of at>`. */
export interface VelocityDoc {
  _id: string
  /** `<workflow>/<sku>`: each watch counts for itself, by its own choice of orders. */
  watched: string
  /** When the stretch began. */
  at: Date
  units: number
}

/** Longer than any window that is looked at. */
const KEPT_SECONDS = 900

export const velocitySchema = defineSchema<VelocityDoc>('velocity', {
  _id: String,
  watched: String,
  at: Date,
  units: Number,
})
velocitySchema.index({ watched: 1, at: 1 })
velocitySchema.index({ at: 1 }, { expireAfterSeconds: KEPT_SECONDS, name: 'forgotten' })
