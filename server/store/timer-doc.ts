import { defineSchema } from './define-schema.ts'

export interface TimerDoc {
  /** Effect key of the visit that waits. */
  _id: string
  workspace: string
  run: string
  order: string
  lane: number
  port: string
  dueAt: Date
  state: 'set' | 'fired'
}

export const timerSchema = defineSchema<TimerDoc>('timers', {
  _id: String,
  workspace: String,
  run: String,
  order: String,
  lane: Number,
  port: String,
  dueAt: Date,
  state: String,
})
timerSchema.index({ state: 1, dueAt: 1 })
