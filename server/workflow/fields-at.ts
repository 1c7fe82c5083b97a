import { type Scope, scopesOf } from './check/scope.ts'
import { edgesInto, reachableFrom, topologicalOrder } from './graph.ts'
import type { NodeManifest } from './node-definition.ts'
import type { WorkflowGraph } from './workflow.ts'

/**
 * The fields each node of a drawing may read, by node id; nodes no order can come to have none.
 * Needs no more of the node types than what the editor has.
 */
export function fieldsAt(
  graph: WorkflowGraph,
  manifests: ReadonlyMap<string, NodeManifest>,
): ReadonlyMap<string, Scope> {
  const into = edgesInto(graph)
  const nodes = new Map(
    graph.nodes.map(node => [
      node.id,
      { definition: manifests.get(node.type), into: into.get(node.id) ?? [] },
    ]),
  )
  const triggers = graph.nodes.filter(({ type }) => manifests.get(type)?.kind === 'trigger')
  const reachable = reachableFrom(
    triggers.map(({ id }) => id),
    graph,
  )
  return scopesOf(nodes, topologicalOrder(graph), reachable)
}
