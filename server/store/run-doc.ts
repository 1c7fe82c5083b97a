import { defineSchema, Mixed } from './define-schema.ts'

export interface StepRecord {
  node: string
  ports: readonly string[]
  note?: Readonly<Record<string, unknown>>
}

export interface RunDoc {
  /** `<event>/<workflow>@<version>` */
  _id: string
  workspace: string
  workflow: string
  version: number
  event: string
  order: string
  lane: number
  status: 'done' | 'failed' | 'waiting'
  outcome: string
  steps: StepRecord[]
  startedAt: Date
  finishedAt: Date
  /** Counts commits of this run; a second commit of the same state is refused. */
  rev: number
  /** Tokens that wait (status waiting) or stand at the failed step (status failed). */
  tokens?: ParkedToken[]
  error?: { node: string; code: string; message: string; blame: string; retryable: boolean }
}

export interface ParkedToken {
  /** Effect key of the visit that waits or failed. */
  key: string
  node: string
  /** The run's data without the source document. */
  data: Record<string, unknown>
}

export const runSchema = defineSchema<RunDoc>('runs', {
  _id: String,
  workspace: String,
  workflow: String,
  version: Number,
  event: String,
  order: String,
  lane: Number,
  status: String,
  outcome: String,
  steps: [Mixed],
  startedAt: Date,
  finishedAt: Date,
  rev: Number,
  tokens: [Mixed],
  error: Mixed,
})
runSchema.index({ order: 1 })
runSchema.index({ finishedAt: -1 })
runSchema.index(
  { status: 1, finishedAt: -1 },
  { partialFilterExpression: { status: { $in: ['failed', 'waiting'] } } },
)
runSchema.index({ outcome: 1, finishedAt: -1 })
// The version first: runs of a workflow alone are nearly all there are, and come faster in the order of time.
runSchema.index({ version: 1, workflow: 1, finishedAt: -1 })
runSchema.index(
  { workflow: 1, version: 1, status: 1 },
  { partialFilterExpression: { status: 'waiting' }, name: 'parked' },
)
