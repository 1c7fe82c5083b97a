import type { WorkflowGraph, WorkflowNode } from '../../server/workflow/workflow.ts'
import { same } from './same.ts'

/** Something two people changed differently. Mine stands in the merged drawing. */
export interface Conflict {
  readonly node: string
  /** `params/windowMinutes`, `label`, `type` or `position`. */
  readonly path: string
  readonly mine: unknown
  readonly theirs: unknown
}

export interface Merged {
  readonly graph: WorkflowGraph
  readonly conflicts: readonly Conflict[]
}

/**
 * Puts two people's changes of one drawing together. What one of them changed is taken; what both changed
 * differently stays mine and is told. A node one removed and the other changed stays. Where cards stand is
 * never a conflict.
 *
 * @param base what both began with
 */
export function mergeGraphs(base: WorkflowGraph, mine: WorkflowGraph, theirs: WorkflowGraph): Merged {
  const conflicts: Conflict[] = []
  const nodes = mergeById(base.nodes, mine.nodes, theirs.nodes, (old, my, their) =>
    mergeNode(old, my, their, conflicts),
  )
  const present = new Set(nodes.map(({ id }) => id))
  const keyed = (graph: WorkflowGraph) =>
    graph.edges.map(edge => ({ id: JSON.stringify([edge.from, edge.port, edge.to]), edge }))
  const edges = mergeById(keyed(base), keyed(mine), keyed(theirs), (_, my) => my)
    .map(({ edge }) => edge)
    .filter(({ from, to }) => present.has(from) && present.has(to))
  const notes = mergeById(base.notes ?? [], mine.notes ?? [], theirs.notes ?? [], pickChanged)
  const groups = mergeById(base.groups ?? [], mine.groups ?? [], theirs.groups ?? [], pickChanged)
  const settings = pick(base.settings, mine.settings, theirs.settings)
  const graph: WorkflowGraph = { nodes, edges }
  if (notes.length > 0) graph.notes = notes
  if (groups.length > 0) graph.groups = groups
  if (settings) graph.settings = settings
  return { graph, conflicts }
}

/** In the order of mine, what only they have at the end. */
function mergeById<T extends { readonly id: string }>(
  base: readonly T[],
  mine: readonly T[],
  theirs: readonly T[],
  both: (base: T | undefined, mine: T, theirs: T) => T,
): T[] {
  const old = new Map(base.map(each => [each.id, each]))
  const my = new Set(mine.map(({ id }) => id))
  const their = new Map(theirs.map(each => [each.id, each]))
  const kept = mine.flatMap(each => {
    const other = their.get(each.id)
    if (other) return [both(old.get(each.id), each, other)]
    const before = old.get(each.id)
    // They removed it: gone, unless I changed it meanwhile.
    return before && same(before, each) ? [] : [each]
  })
  const added = theirs.filter(each => {
    if (my.has(each.id)) return false
    const before = old.get(each.id)
    return !before || !same(before, each)
  })
  return [...kept, ...added]
}

function pick<T>(base: T, mine: T, theirs: T): T {
  return same(base, mine) ? theirs : mine
}

function pickChanged<T>(base: T | undefined, mine: T, theirs: T): T {
  return base !== undefined && same(base, mine) ? theirs : mine
}

function mergeNode(
  base: WorkflowNode | undefined,
  mine: WorkflowNode,
  theirs: WorkflowNode,
  conflicts: Conflict[],
): WorkflowNode {
  if (same(mine, theirs)) return mine
  const decide = <T>(path: string, old: T, my: T, their: T): T => {
    if (same(my, their) || same(old, their)) return my
    if (base && same(old, my)) return their
    conflicts.push({ node: mine.id, path, mine: my, theirs: their })
    return my
  }
  const params: Record<string, unknown> = {}
  for (const key of new Set([...Object.keys(mine.params), ...Object.keys(theirs.params)])) {
    const value = decide(`params/${key}`, base?.params[key], mine.params[key], theirs.params[key])
    if (value !== undefined) params[key] = value
  }
  const merged: WorkflowNode = {
    id: mine.id,
    type: decide('type', base?.type, mine.type, theirs.type)!,
    params,
  }
  const label = decide('label', base?.label, mine.label, theirs.label)
  const position = pick(base?.position, mine.position, theirs.position)
  if (label !== undefined) merged.label = label
  if (position !== undefined) merged.position = position
  return merged
}
