import type { WorkflowEdge, WorkflowGraph } from './workflow.ts'

type EdgesByNode = ReadonlyMap<string, readonly WorkflowEdge[]>

/** Edges by the node they leave, in the order of the drawing. */
export function edgesFrom(graph: WorkflowGraph): EdgesByNode {
  return grouped(graph.edges, edge => edge.from)
}

/** Edges by the node they lead to, in the order of the drawing. */
export function edgesInto(graph: WorkflowGraph): EdgesByNode {
  return grouped(graph.edges, edge => edge.to)
}

function grouped(edges: readonly WorkflowEdge[], idOf: (edge: WorkflowEdge) => string): EdgesByNode {
  const groups = new Map<string, WorkflowEdge[]>()
  for (const edge of edges) {
    const group = groups.get(idOf(edge))
    if (group) group.push(edge)
    else groups.set(idOf(edge), [edge])
  }
  return groups
}

/**
 * Ids of the nodes, every one after all that lead to it; the order of the drawing decides among equals.
 * Nodes on a cycle, and those that only a cycle leads to, are left out.
 */
export function topologicalOrder(graph: WorkflowGraph): readonly string[] {
  const from = edgesFrom(graph)
  const waitsFor = new Map(graph.nodes.map(node => [node.id, 0]))
  for (const edge of graph.edges) {
    const count = waitsFor.get(edge.to)
    if (count !== undefined && waitsFor.has(edge.from)) waitsFor.set(edge.to, count + 1)
  }
  const ready = graph.nodes.filter(node => waitsFor.get(node.id) === 0).map(node => node.id)
  // The list grows while it is walked: what a node sets free comes after it.
  for (const id of ready) {
    for (const { to } of from.get(id) ?? []) {
      const left = (waitsFor.get(to) ?? 0) - 1
      waitsFor.set(to, left)
      if (left === 0) ready.push(to)
    }
  }
  return ready
}

/** Every node that can be come to from the given ones, themselves included. */
export function reachableFrom(starts: readonly string[], graph: WorkflowGraph): ReadonlySet<string> {
  const from = edgesFrom(graph)
  const reached = new Set(starts)
  for (const id of reached) for (const { to } of from.get(id) ?? []) reached.add(to)
  return reached
}

/** One way round each knot of nodes that lead to one another: the ids in order, the first not repeated. */
export function cyclesOf(graph: WorkflowGraph): readonly (readonly string[])[] {
  const from = edgesFrom(graph)
  const cycles: string[][] = []
  const told = new Set<string>()
  for (const { id } of graph.nodes) {
    if (told.has(id)) continue
    const cycle = wayBack(id, from)
    if (!cycle) continue
    cycles.push(cycle)
    for (const other of reachableFrom([id], graph)) {
      if (reachableFrom([other], graph).has(id)) told.add(other)
    }
  }
  return cycles
}

/** The shortest way from a node back to itself. */
function wayBack(start: string, from: EdgesByNode): string[] | undefined {
  const cameFrom = new Map<string, string>()
  const pending = [start]
  for (const id of pending) {
    for (const { to } of from.get(id) ?? []) {
      if (to === start) return pathTo(id, start, cameFrom)
      if (cameFrom.has(to)) continue
      cameFrom.set(to, id)
      pending.push(to)
    }
  }
  return undefined
}

function pathTo(end: string, start: string, cameFrom: ReadonlyMap<string, string>): string[] {
  const path = [end]
  for (let id = end; id !== start; ) {
    id = cameFrom.get(id)!
    path.unshift(id)
  }
  return path
}
