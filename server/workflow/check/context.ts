import { cyclesOf, edgesFrom, edgesInto, reachableFrom, topologicalOrder } from '../graph.ts'
import type { NodeDefinition, Ports } from '../node-definition.ts'
import { isRecord } from '../param-parts.ts'
import { portsOf } from '../ports.ts'
import type { Problem } from '../problem.ts'
import type { Text } from '../text.ts'
import type { WorkflowEdge, WorkflowGraph, WorkflowNode } from '../workflow.ts'
import { checkParams } from './params.ts'
import { type Scope, scopesOf } from './scope.ts'

export type Definitions = ReadonlyMap<string, NodeDefinition>

/** One node as the rules see it. */
export interface NodeView {
  readonly node: WorkflowNode
  /** Undefined for an unknown type. */
  readonly definition: NodeDefinition | undefined
  /** Its name in words, for messages. */
  readonly name: Text
  /** Undefined where they cannot be known: an unknown type, or ports that depend on faulty params. */
  readonly ports: Ports | undefined
  readonly paramProblems: readonly Problem[]
  readonly out: readonly WorkflowEdge[]
  readonly into: readonly WorkflowEdge[]
}

/** The drawing and what follows from it, worked out once for all rules. */
export interface CheckContext {
  /** The drawing as far as it can be read: entries that are no nodes or edges are left out. */
  readonly graph: WorkflowGraph
  readonly definitions: Definitions
  /** By id; of several nodes with one id, the first. */
  readonly nodes: ReadonlyMap<string, NodeView>
  readonly triggers: readonly NodeView[]
  readonly cycles: readonly (readonly string[])[]
  readonly reachable: ReadonlySet<string>
  /** The fields each node may read; none where that cannot be told. */
  readonly scopes: ReadonlyMap<string, Scope>
}

/** One thing to check: all problems of its kind. */
export type Rule = (context: CheckContext) => readonly Problem[]

export function contextOf(document: unknown, definitions: Definitions): CheckContext {
  const graph = readable(document)
  const from = edgesFrom(graph)
  const into = edgesInto(graph)
  const nodes = new Map<string, NodeView>()
  for (const node of graph.nodes) {
    if (nodes.has(node.id)) continue
    const definition = definitions.get(node.type)
    const paramProblems = definition ? checkParams(node, definition) : []
    nodes.set(node.id, {
      node,
      definition,
      name: nameOf(node, definition),
      ports: definition && knownPorts(node, definition, paramProblems),
      paramProblems,
      out: from.get(node.id) ?? [],
      into: into.get(node.id) ?? [],
    })
  }
  const triggers = [...nodes.values()].filter(({ definition }) => definition?.kind === 'trigger')
  const reachable = reachableFrom(
    triggers.map(({ node }) => node.id),
    graph,
  )
  const order = topologicalOrder(graph)
  const scopes = scopesOf(nodes, order, reachable)
  return { graph, definitions, nodes, triggers, cycles: cyclesOf(graph), reachable, scopes }
}

const MOST_CHARACTERS = 64
const MOST_LABEL_CHARACTERS = 120

/** What can be read as nodes and edges, so that one malformed entry does not hide the problems of the others. */
function readable(document: unknown): WorkflowGraph {
  const { nodes, edges } = isRecord(document) ? document : {}
  return {
    nodes: records(nodes).flatMap(({ id, type, label, params }) =>
      isName(id) && isName(type)
        ? [{ id, type, params: isRecord(params) ? params : {}, label: readableLabel(label) }]
        : [],
    ),
    edges: records(edges).flatMap(({ from, port, to }) =>
      isName(from) && isName(port) && isName(to) ? [{ from, port, to }] : [],
    ),
  }
}

/** Names stand in many messages, so endless ones are left out here; that they are too long is told by the schema. */
function isName(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MOST_CHARACTERS
}

function readableLabel(label: unknown): string | undefined {
  return typeof label === 'string' && label !== '' ? label.slice(0, MOST_LABEL_CHARACTERS) : undefined
}

function records(list: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(list) ? list.filter(isRecord) : []
}

function nameOf(node: WorkflowNode, definition: NodeDefinition | undefined): Text {
  if (node.label) return { zh: node.label, en: node.label }
  return definition?.name ?? { zh: node.id, en: node.id }
}

function knownPorts(
  node: WorkflowNode,
  definition: NodeDefinition,
  problems: readonly Problem[],
): Ports | undefined {
  const unknown = definition.portsFrom && problems.some(({ severity }) => severity === 'error')
  return unknown ? undefined : portsOf(definition, node.params)
}
