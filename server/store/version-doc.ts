import type { WorkflowGraph } from '../workflow/workflow.ts'
import { defineSchema, Mixed } from './define-schema.ts'

/** An immutable published version. `_id` is `<workflow>@<version>`. */
export interface VersionDoc {
  _id: string
  workspace: string
  workflow: string
  version: number
  graph: WorkflowGraph
  note: string
  /** Who published it, as they sign; absent where nobody said. */
  by?: string
  publishedAt: Date
}

export const versionSchema = defineSchema<VersionDoc>('versions', {
  _id: String,
  workspace: String,
  workflow: String,
  version: Number,
  graph: Mixed,
  note: String,
  by: String,
  publishedAt: Date,
})
versionSchema.index({ workflow: 1, version: -1 }, { unique: true })
