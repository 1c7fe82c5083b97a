import type { NodeType } from '../nodes/node-type.ts'
import type { Ports } from '../workflow/node-definition.ts'
import type { WorkflowGraph } from '../workflow/workflow.ts'

/** One node of a compiled version, ready to run. */
export interface PlanNode {
  readonly index: number
  readonly id: string
  readonly type: NodeType
  readonly label?: string
  readonly params: unknown
  /** What the type's `prepare` made of the params. */
  readonly prepared: unknown
  readonly ports: Ports
  /** Port → indexes of the nodes its edges lead to. */
  readonly next: ReadonlyMap<string, readonly number[]>
}

/** A published version, compiled once. */
export interface Plan {
  /** `<workflow>@<version>` */
  readonly id: string
  readonly workspace: string
  readonly workflow: string
  readonly version: number
  readonly name: string
  readonly graph: WorkflowGraph
  /** In topological order: every node after all that lead to it. */
  readonly nodes: readonly PlanNode[]
  readonly byId: ReadonlyMap<string, PlanNode>
  readonly trigger: number
}

export interface Plans {
  /** Live versions of workflows that are not paused. */
  live(): readonly Plan[]
  /** Any version, compiled on first use and kept. @throws when there is no such version */
  get(id: string): Promise<Plan>
  /** Reads again what is published; also done by itself every few seconds for other processes' changes. */
  refresh(): Promise<void>
}
