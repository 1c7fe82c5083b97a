import { defineSchema } from './define-schema.ts'

/** What people set for a whole workspace while it runs; what nobody set yet is absent. */
export interface SettingsDoc {
  /** The workspace. */
  _id: string
  drainPerSecond?: number
  /** How the person who changed it last signed; empty where nobody said. */
  changedBy: string
  changedAt: Date
}

export const settingsSchema = defineSchema<SettingsDoc>('settings', {
  _id: String,
  drainPerSecond: Number,
  changedBy: String,
  changedAt: Date,
})
