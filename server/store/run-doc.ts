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

/** A condition on `event`: a signal began the run and no order, so its id does not begin with the order's key. */
export const BEGUN_BY_SIGNAL = { $gte: 'signal:', $lt: 'signal;' } as const

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
runSchema.index(
  { order: 1 },
  { partialFilterExpression: { event: BEGUN_BY_SIGNAL }, name: 'begun by signals' },
)
runSchema.index(
  { status: 1, finishedAt: -1 },
  { partialFilterExpression: { status: { $in: ['failed', 'waiting'] } } },
)
// Outcomes are few, so this is the index of all runs by time as well: see all-outcomes.ts.
runSchema.index({ outcome: 1, finishedAt: -1 })
// The version first: runs of a workflow alone are nearly all there are, and come faster in the order of time.
runSchema.index({ version: 1, workflow: 1, finishedAt: -1 })
runSchema.index(
  { workflow: 1, version: 1, status: 1 },
  { partialFilterExpression: { status: 'waiting' }, name: 'parked' },
)
