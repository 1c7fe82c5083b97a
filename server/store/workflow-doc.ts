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
  /** Who changed it last, as they sign; absent where nobody said. */
  updatedBy?: string
  /** Number of the version that is live; absent before the first publish. */
  published?: number
  paused: boolean
  /**
   * While it is paused: since when, and from which instant on orders wait for it, which is earlier where some were
   * queued already. Absent for one that was archived: nothing waits for that.
   */
  held?: { since: Date; from: Date }
  /** It was resumed: orders that came from `from` to `until` are still to be sent through; looked at again from `dueAt` on. */
  catchUp?: { from: Date; until: Date; dueAt: Date }
  /** Put away: it never runs and stands in no list but that of the archive. */
  archived?: boolean
  /** The last test on real orders, and the fingerprint of the drawing that was tested. */
  tested?: { drawing: string; orders: number; changed: number; at: Date }
  createdAt: Date
}

export const workflowSchema = defineSchema<WorkflowDoc>('workflows', {
  _id: String,
  workspace: String,
  name: String,
  draft: Mixed,
  draftRev: Number,
  draftUpdatedAt: Date,
  updatedBy: String,
  published: Number,
  paused: Boolean,
  held: Mixed,
  catchUp: Mixed,
  archived: Boolean,
  tested: Mixed,
  createdAt: Date,
})
