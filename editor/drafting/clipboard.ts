import type {
  WorkflowEdge,
  WorkflowGraph,
  WorkflowNode,
  WorkflowNote,
} from '../../server/workflow/workflow.ts'
import type { Place } from '../canvas/layout.ts'
import { freshId, idsOf } from './fresh-node.ts'

/** A part of a drawing as text: what copy puts on the clipboard, and what can be kept in a chat or a file. */
interface Clip {
  readonly format: 'orderloom.nodes'
  readonly nodes: readonly WorkflowNode[]
  readonly edges: readonly WorkflowEdge[]
  readonly notes: readonly WorkflowNote[]
}

const FORMAT = 'orderloom.nodes'

/** The selected nodes and notes with the lines among them, as JSON text. */
export function copyText(graph: WorkflowGraph, ids: ReadonlySet<string>): string {
  const clip: Clip = {
    format: FORMAT,
    nodes: graph.nodes.filter(({ id }) => ids.has(id)),
    edges: graph.edges.filter(({ from, to }) => ids.has(from) && ids.has(to)),
    notes: (graph.notes ?? []).filter(({ id }) => ids.has(id)),
  }
  return JSON.stringify(clip, null, 2)
}

/** What a text brings: a clip of ours, or a whole workflow; undefined for anything else. */
export function readClip(text: string): Clip | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    // Any text may be on the clipboard: what is no JSON is not for us.
    return undefined
  }
  const found = asRecord(value)
  const graph = asRecord(found.graph)
  const source = Array.isArray(found.nodes) ? found : graph
  if (!Array.isArray(source.nodes)) return undefined
  const nodes = source.nodes.filter(isNode)
  const edges = (Array.isArray(source.edges) ? source.edges : []).filter(isEdge)
  const notes = (Array.isArray(source.notes) ? source.notes : []).filter(isNote)
  return nodes.length + notes.length > 0 ? { format: FORMAT, nodes, edges, notes } : undefined
}

/**
 * Puts a clip into a drawing under ids of its own, its upper left corner at `at`.
 * @returns the drawing, and the ids of what came
 */
export function paste(
  graph: WorkflowGraph,
  clip: Clip,
  at: Place,
): { readonly graph: WorkflowGraph; readonly ids: ReadonlySet<string> } {
  const taken = idsOf(graph)
  const names = new Map<string, string>()
  for (const { id } of [...clip.nodes, ...clip.notes]) {
    const fresh = freshId(id.replace(/-\d+$/, ''), taken)
    taken.add(fresh)
    names.set(id, fresh)
  }
  const corner = cornerOf([...clip.nodes, ...clip.notes])
  const moved = ({ x, y }: Place): Place => ({ x: x - corner.x + at.x, y: y - corner.y + at.y })
  const nodes = clip.nodes.map(node => ({
    ...node,
    id: names.get(node.id)!,
    position: moved(node.position ?? corner),
  }))
  const edges = clip.edges.flatMap(({ from, port, to }) => {
    const [start, end] = [names.get(from), names.get(to)]
    return start && end ? [{ from: start, port, to: end }] : []
  })
  const notes = clip.notes.map(note => ({
    ...note,
    id: names.get(note.id)!,
    position: moved(note.position),
  }))
  const pasted: WorkflowGraph = {
    ...graph,
    nodes: [...graph.nodes, ...nodes],
    edges: [...graph.edges, ...edges],
  }
  if (notes.length > 0) pasted.notes = [...(graph.notes ?? []), ...notes]
  return { graph: pasted, ids: new Set(names.values()) }
}

function cornerOf(things: readonly { readonly position?: Place | undefined }[]): Place {
  const places = things.flatMap(({ position }) => (position ? [position] : []))
  if (places.length === 0) return { x: 0, y: 0 }
  return { x: Math.min(...places.map(({ x }) => x)), y: Math.min(...places.map(({ y }) => y)) }
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {}
}

const ID = /^[A-Za-z0-9_-]{1,64}$/
const isId = (value: unknown): value is string => typeof value === 'string' && ID.test(value)

function isPlace(value: unknown): value is Place {
  const { x, y } = asRecord(value)
  return Number.isFinite(x) && Number.isFinite(y)
}

function isNode(value: unknown): value is WorkflowNode {
  const { id, type, params, position, label } = asRecord(value)
  return (
    isId(id) &&
    typeof type === 'string' &&
    typeof params === 'object' &&
    params !== null &&
    (position === undefined || isPlace(position)) &&
    (label === undefined || typeof label === 'string')
  )
}

function isEdge(value: unknown): value is WorkflowEdge {
  const { from, port, to } = asRecord(value)
  return isId(from) && typeof port === 'string' && isId(to)
}

function isNote(value: unknown): value is WorkflowNote {
  const { id, text, position } = asRecord(value)
  return isId(id) && typeof text === 'string' && isPlace(position)
}
