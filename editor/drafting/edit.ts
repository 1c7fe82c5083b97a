import { reachableFrom } from '../../server/workflow/graph.ts'
import type { NodeManifest } from '../../server/workflow/node-definition.ts'
import { portsOf } from '../../server/workflow/ports.ts'
import type {
  WorkflowEdge,
  WorkflowGraph,
  WorkflowNode,
  WorkflowNote,
} from '../../server/workflow/workflow.ts'
import type { Place } from '../canvas/layout.ts'
import { edgeKey } from '../canvas/layout.ts'

// Changes of a drawing. Each takes one and gives another; what did not change keeps its identity.

export type Manifests = ReadonlyMap<string, NodeManifest>

export function addNode(graph: WorkflowGraph, node: WorkflowNode): WorkflowGraph {
  return { ...graph, nodes: [...graph.nodes, node] }
}

/** Why two nodes cannot be joined; undefined where they can. */
export function whyNotJoin(
  graph: WorkflowGraph,
  manifests: Manifests,
  { from, port, to }: WorkflowEdge,
): 'itself' | 'trigger' | 'circle' | 'again' | undefined {
  if (from === to) return 'itself'
  const target = graph.nodes.find(({ id }) => id === to)
  if (target && manifests.get(target.type)?.kind === 'trigger') return 'trigger'
  if (graph.edges.some(edge => edge.from === from && edge.port === port && edge.to === to)) return 'again'
  return reachableFrom([to], graph).has(from) ? 'circle' : undefined
}

export function join(graph: WorkflowGraph, edge: WorkflowEdge): WorkflowGraph {
  return { ...graph, edges: [...graph.edges, edge] }
}

/** Where an exit leads: to one node, or nowhere. */
export function leadTo(
  graph: WorkflowGraph,
  from: string,
  port: string,
  to: string | undefined,
): WorkflowGraph {
  const others = graph.edges.filter(each => !(each.from === from && each.port === port))
  return { ...graph, edges: to === undefined ? others : [...others, { from, port, to }] }
}

export function cut(graph: WorkflowGraph, keys: ReadonlySet<string>): WorkflowGraph {
  return { ...graph, edges: graph.edges.filter(edge => !keys.has(edgeKey(edge))) }
}

export interface Exit {
  readonly node: string
  readonly port: string
}

/** Exits that lead nowhere yet, of all nodes or of one. */
export function openExits(graph: WorkflowGraph, manifests: Manifests, of?: string): readonly Exit[] {
  const used = new Set(graph.edges.map(({ from, port }) => `${from}/${port}`))
  return graph.nodes
    .filter(({ id }) => of === undefined || id === of)
    .flatMap(({ id, type, params }) => {
      const manifest = manifests.get(type)
      const ports = manifest ? Object.keys(portsOf(manifest, params)) : []
      return ports.filter(port => !used.has(`${id}/${port}`)).map(port => ({ node: id, port }))
    })
}

/** The first exit that leads nowhere yet. */
export function freePort(graph: WorkflowGraph, manifests: Manifests, node: WorkflowNode): string | undefined {
  return openExits(graph, manifests, node.id)[0]?.port
}

/** Puts a node into a line: what went there goes through it, on by its first exit. */
export function insertInto(
  graph: WorkflowGraph,
  manifests: Manifests,
  key: string,
  node: WorkflowNode,
): WorkflowGraph {
  const edge = graph.edges.find(each => edgeKey(each) === key)
  const added = addNode(graph, node)
  if (!edge) return added
  const port = freePort(added, manifests, node)
  const edges = added.edges.flatMap(each => {
    if (each !== edge) return [each]
    const into = { from: edge.from, port: edge.port, to: node.id }
    return port === undefined ? [into] : [into, { from: node.id, port, to: edge.to }]
  })
  return { ...added, edges }
}

/** Removes nodes and notes; frames lose them, and a line that went through a single node closes up again. */
export function remove(graph: WorkflowGraph, ids: ReadonlySet<string>): WorkflowGraph {
  const edges = graph.edges.filter(({ from, to }) => !ids.has(from) && !ids.has(to))
  const rest: WorkflowGraph = {
    ...graph,
    nodes: graph.nodes.filter(({ id }) => !ids.has(id)),
    edges: [...edges, ...closedGap(graph, ids)],
  }
  if (graph.notes) rest.notes = graph.notes.filter(({ id }) => !ids.has(id))
  if (graph.groups) {
    rest.groups = graph.groups
      .filter(({ id }) => !ids.has(id))
      .map(group => ({ ...group, nodes: group.nodes.filter(id => !ids.has(id)) }))
      .filter(({ nodes }) => nodes.length > 0)
  }
  return rest
}

function closedGap(graph: WorkflowGraph, ids: ReadonlySet<string>): WorkflowEdge[] {
  const [only, ...others] = graph.nodes.filter(({ id }) => ids.has(id))
  if (!only || others.length > 0) return []
  const into = graph.edges.filter(({ to }) => to === only.id)
  const out = graph.edges.filter(({ from }) => from === only.id)
  if (out.length !== 1) return []
  return into
    .map(({ from, port }) => ({ from, port, to: out[0]!.to }))
    .filter(edge => !graph.edges.some(each => edgeKey(each) === edgeKey(edge)))
}

/** New params of a node. Lines from exits it no longer has go with them. */
export function setParams(
  graph: WorkflowGraph,
  manifests: Manifests,
  id: string,
  params: Record<string, unknown>,
): WorkflowGraph {
  const node = graph.nodes.find(each => each.id === id)
  if (!node || node.params === params) return graph
  const changed = replaceNode(graph, { ...node, params })
  const manifest = manifests.get(node.type)
  if (!manifest?.portsFrom) return changed
  const before = portsOf(manifest, node.params)
  const after = portsOf(manifest, params)
  const gone = new Set(Object.keys(before).filter(port => !Object.hasOwn(after, port)))
  if (gone.size === 0) return changed
  return { ...changed, edges: changed.edges.filter(({ from, port }) => from !== id || !gone.has(port)) }
}

export function setLabel(graph: WorkflowGraph, id: string, label: string): WorkflowGraph {
  const node = graph.nodes.find(each => each.id === id)
  if (!node) return graph
  const { label: _, ...unnamed } = node
  return replaceNode(graph, label === '' ? unnamed : { ...unnamed, label })
}

function replaceNode(graph: WorkflowGraph, node: WorkflowNode): WorkflowGraph {
  return { ...graph, nodes: graph.nodes.map(each => (each.id === node.id ? node : each)) }
}

/** Moves cards and notes to new places, in whole pixels. */
export function place(graph: WorkflowGraph, places: ReadonlyMap<string, Place>): WorkflowGraph {
  const moved = <T extends { readonly id: string; position?: Place | undefined }>(each: T): T => {
    const at = places.get(each.id)
    if (!at) return each
    const position = { x: Math.round(at.x), y: Math.round(at.y) }
    return each.position?.x === position.x && each.position.y === position.y ? each : { ...each, position }
  }
  const nodes = graph.nodes.map(moved)
  const notes = graph.notes?.map(moved)
  const isSame =
    nodes.every((node, at) => node === graph.nodes[at]) &&
    (notes ?? []).every((note, at) => note === graph.notes![at])
  if (isSame) return graph
  return notes ? { ...graph, nodes, notes } : { ...graph, nodes }
}

export function addNote(graph: WorkflowGraph, note: WorkflowNote): WorkflowGraph {
  return { ...graph, notes: [...(graph.notes ?? []), note] }
}

export function changeNote(
  graph: WorkflowGraph,
  id: string,
  change: Partial<Omit<WorkflowNote, 'id'>>,
): WorkflowGraph {
  return { ...graph, notes: graph.notes?.map(note => (note.id === id ? { ...note, ...change } : note)) }
}

/** Frames nodes together. A node stands in one frame only. */
export function group(
  graph: WorkflowGraph,
  id: string,
  name: string,
  members: ReadonlySet<string>,
): WorkflowGraph {
  const nodes = graph.nodes.filter(each => members.has(each.id)).map(each => each.id)
  if (nodes.length === 0) return graph
  const others = (graph.groups ?? [])
    .map(each => ({ ...each, nodes: each.nodes.filter(node => !members.has(node)) }))
    .filter(each => each.nodes.length > 0)
  return { ...graph, groups: [...others, { id, name, nodes }] }
}

export function ungroup(graph: WorkflowGraph, ids: ReadonlySet<string>): WorkflowGraph {
  return { ...graph, groups: graph.groups?.filter(each => !ids.has(each.id)) }
}

export function nameGroup(graph: WorkflowGraph, id: string, name: string): WorkflowGraph {
  return { ...graph, groups: graph.groups?.map(each => (each.id === id ? { ...each, name } : each)) }
}

export function describe(graph: WorkflowGraph, description: string): WorkflowGraph {
  return { ...graph, settings: { ...graph.settings, description } }
}
