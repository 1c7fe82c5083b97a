import type { Problem } from '../../server/workflow/problem.ts'
import type { Text } from '../../server/workflow/text.ts'
import type { WorkflowGraph } from '../../server/workflow/workflow.ts'
import type { TestRun } from './test-contract.ts'

// Drafts, versions and templates as the API tells them. `by` is how the person signs; empty where nobody said.

/** Answer of `PUT /workflows/:id/draft` {graph, rev, name?, by?}. */
export interface DraftSaved {
  readonly rev: number
  readonly problems: readonly Problem[]
}

/** Details of the refusal 409 DRAFT_CHANGED: what somebody else saved meanwhile. */
export interface DraftConflict {
  readonly rev: number
  readonly graph: WorkflowGraph
  readonly by: string
}

/** `GET /workflows/:id/versions` items, newest first. */
export interface VersionSummary {
  readonly version: number
  readonly at: string
  readonly note: string
  readonly by: string
  /** Runs that wait on this version and will finish on it. */
  readonly parked: number
}

/** One line of a comparison, in words: 「去重窗口」 3 分钟 → 5 分钟. */
export interface ChangeInWords {
  /** Absent for a change of the drawing as a whole. */
  readonly node?: string
  readonly nodeName?: Text
  readonly kind:
    | 'node-added'
    | 'node-removed'
    | 'node-changed'
    | 'edge-added'
    | 'edge-removed'
    | 'description'
  /** What of the node: the param's name in words, 「名称」, … */
  readonly what?: Text
  readonly before?: Text
  readonly after?: Text
}

/** `GET /workflows/:id/diff?from=<version|draft>&to=<version|draft>` */
export interface VersionDiff {
  readonly from: WorkflowGraph
  readonly to: WorkflowGraph
  readonly changes: readonly ChangeInWords[]
}

/** `GET /workflows/:id/before-publish`: what the dialog beside the button says. */
export interface BeforePublish {
  /** Number the new version will have. */
  readonly version: number
  readonly rev: number
  /** True when the draft is what is live already. */
  readonly unchanged: boolean
  readonly problems: readonly Problem[]
  readonly changes: readonly ChangeInWords[]
  readonly cases: readonly CaseResult[]
  /** The last test of exactly this draft on real orders; absent where there was none. */
  readonly tested?: { readonly orders: number; readonly changed: number; readonly at: string }
  /** Runs that wait on earlier versions and finish there. */
  readonly parked: readonly { readonly version: number; readonly runs: number }[]
}

/** `GET /workflows/:id/cases` items. */
export interface WorkflowCase {
  readonly id: string
  readonly name: string
  readonly connection: string
  readonly document: unknown
  readonly expect: CaseExpectation
  readonly createdAt: string
}

export interface CaseExpectation {
  readonly outcome: string
  /** Nodes visited, in order; absent where only the outcome counts. */
  readonly path?: readonly string[]
}

/** One case run on a drawing. */
export interface CaseResult {
  readonly id: string
  readonly name: string
  readonly passed: boolean
  readonly expect: CaseExpectation
  readonly run: TestRun
}

/** `GET /templates` items. */
export interface Template {
  /** `<topic>/<name>` */
  readonly id: string
  readonly name: Text
  readonly description: Text
  /** JSON Schema with the same hints as a node type's params. */
  readonly parameters: Readonly<Record<string, unknown>>
  /** The drawing with the defaults filled in, to be looked at. */
  readonly preview: WorkflowGraph
  readonly cases: readonly { readonly name: Text; readonly outcome: string }[]
}
