import { checkWorkflow } from './check.ts'
import { edgesFrom, topologicalOrder } from './graph.ts'
import type { NodeDefinition, Ports } from './node-definition.ts'
import { portsOf } from './ports.ts'
import type { Problem } from './problem.ts'
import type { WorkflowGraph } from './workflow.ts'

/** One node of a plan. The engine adds to it what it needs to run the node. */
export interface GraphPlanNode {
  readonly index: number
  readonly id: string
  readonly type: string
  /** What people call this node, where they gave it a name of its own. */
  readonly label?: string
  readonly params: unknown
  readonly ports: Ports
  /** Port → indexes of the nodes its edges lead to, in the order of the drawing. */
  readonly next: ReadonlyMap<string, readonly number[]>
}

/** A drawing ready to be walked. */
export interface GraphPlan {
  /** In topological order: every node after all that lead to it. */
  readonly nodes: readonly GraphPlanNode[]
  /** Index of the node a run begins with. */
  readonly trigger: number
}

/** A workflow that cannot be compiled; `problems` are its errors, and its warnings too. */
export class InvalidWorkflowError extends Error {
  readonly code = 'INVALID_WORKFLOW'
  readonly problems: readonly Problem[]

  constructor(problems: readonly Problem[]) {
    const errors = problems.filter(({ severity }) => severity === 'error')
    super(
      errors
        .map(({ code, node, message }) => `${code}${node ? ` at ${node}` : ''}: ${message.en}`)
        .join('; '),
    )
    this.name = 'InvalidWorkflowError'
    this.problems = problems
  }
}

/**
 * Puts the nodes of a drawing in order and resolves its edges to indexes.
 * @throws InvalidWorkflowError when the checker finds an error
 */
export function compilePlan(
  graph: WorkflowGraph,
  definitions: ReadonlyMap<string, NodeDefinition>,
): GraphPlan {
  const problems = checkWorkflow(graph, definitions)
  if (problems.some(({ severity }) => severity === 'error')) throw new InvalidWorkflowError(problems)
  const byId = new Map(graph.nodes.map(node => [node.id, node]))
  const order = topologicalOrder(graph)
  const indexes = new Map(order.map((id, index) => [id, index]))
  const from = edgesFrom(graph)
  const nodes = order.map((id, index): GraphPlanNode => {
    const { type, label, params } = byId.get(id)!
    const definition = definitions.get(type)!
    const next = new Map<string, number[]>()
    for (const { port, to } of from.get(id) ?? [])
      next.set(port, [...(next.get(port) ?? []), indexes.get(to)!])
    return { index, id, type, label, params, ports: portsOf(definition, params), next }
  })
  const trigger = nodes.findIndex(({ type }) => definitions.get(type)?.kind === 'trigger')
  return { nodes, trigger }
}
