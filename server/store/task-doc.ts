import { defineSchema } from './define-schema.ts'

export interface TaskDoc {
  _id: string
  workspace: string
  topic: string
  title: string
  detail: string
  assignee: string
  order: string
  orderId: string
  run: string
  lane: number
  choices: string[]
  status: 'open' | 'done'
  choice?: string
  by?: string
  createdAt: Date
  closedAt?: Date
}

export const taskSchema = defineSchema<TaskDoc>('tasks', {
  _id: String,
  workspace: String,
  topic: String,
  title: String,
  detail: String,
  assignee: String,
  order: String,
  orderId: String,
  run: String,
  lane: Number,
  choices: [String],
  status: String,
  choice: String,
  by: String,
  createdAt: Date,
  closedAt: Date,
})
taskSchema.index({ status: 1, createdAt: -1 })
// Decided, and not yet done: a handful among however many are open.
taskSchema.index({ status: 1 }, { partialFilterExpression: { choice: { $exists: true } }, name: 'decided' })
