import type { WorkflowGraph } from '../workflow/workflow.ts'
import { defineSchema, Mixed } from './define-schema.ts'

export interface WorkflowDoc {
  _id: string
  workspace: string
  name: string
  draft: WorkflowGraph
  /** Counts saves of the draft, so that two people never overwrite each other unseen. */
  draftRev: number
  draftUpdatedAt: Date
  /** Number of the version that is live; absent before the first publish. */
  published?: number
  paused: boolean
  createdAt: Date
}

export const workflowSchema = defineSchema<WorkflowDoc>('workflows', {
  _id: String,
  workspace: String,
  name: String,
  draft: Mixed,
  draftRev: Number,
  draftUpdatedAt: Date,
  published: Number,
  paused: Boolean,
  createdAt: Date,
})
