import { diffGraphs } from '../../server/workflow/diff.ts'
import type { WorkflowGraph, WorkflowNode } from '../../server/workflow/workflow.ts'
import type { DiffMark } from '../canvas/drawing.ts'
import { CARD_WIDTH, edgeKey } from '../canvas/layout.ts'

/** Two versions of a drawing laid over each other. */
export interface Merged {
  /** All that stands in either of them. What stands in both is as the later one has it. */
  readonly graph: WorkflowGraph
  readonly nodes: ReadonlyMap<string, DiffMark>
  /** By `edgeKey`. */
  readonly edges: ReadonlyMap<string, DiffMark>
}

/** Cards closer than this cover each other. */
const CARD_ROOM = 110

/** Lays a drawing over an earlier one, and says of each part what became of it. */
export function mergeVersions(from: WorkflowGraph, to: WorkflowGraph): Merged {
  const diff = diffGraphs(from, to)
  const nodes = new Map<string, DiffMark>([
    ...diff.added.map(({ id }) => [id, 'added'] as const),
    ...diff.removed.map(({ id }) => [id, 'removed'] as const),
    ...diff.changed.map(({ id }) => [id, 'changed'] as const),
  ])
  const edges = new Map<string, DiffMark>([
    ...diff.edges.added.map(edge => [edgeKey(edge), 'added'] as const),
    ...diff.edges.removed.map(edge => [edgeKey(edge), 'removed'] as const),
  ])
  return {
    graph: {
      nodes: besides(to.nodes, diff.removed),
      edges: [...to.edges, ...diff.edges.removed],
    },
    nodes,
    edges,
  }
}

/** Adds nodes to placed ones; one whose old place is taken by now moves down until it stands free. */
function besides(standing: readonly WorkflowNode[], added: readonly WorkflowNode[]): WorkflowNode[] {
  const all = [...standing]
  for (const node of added) {
    let { position } = node
    while (position && all.some(other => covers(other.position, position)))
      position = { x: position.x, y: position.y + CARD_ROOM / 2 }
    all.push(position ? { ...node, position } : node)
  }
  return all
}

function covers(a: WorkflowNode['position'], b: WorkflowNode['position']): boolean {
  return !!a && !!b && Math.abs(a.x - b.x) < CARD_WIDTH && Math.abs(a.y - b.y) < CARD_ROOM
}
