import type { NodeDefinition } from './node-definition.ts'
import { conditionsIn, isRecord } from './param-parts.ts'
import type { WorkflowEdge, WorkflowGraph, WorkflowNode } from './workflow.ts'

const MOST_LEVELS = 200

/** One value that is not what it was; a side is undefined where there was, or is, nothing. */
export interface Change {
  /** `rows/0/when` for a param; empty for the label, the type and the description. */
  readonly path: string
  readonly before: unknown
  readonly after: unknown
}

export interface NodeChange {
  readonly id: string
  readonly before: WorkflowNode
  readonly after: WorkflowNode
  readonly type?: Change
  readonly label?: Change
  readonly params: readonly Change[]
}

/** What became of a drawing. Where nodes stand on the canvas is no change. */
export interface GraphDiff {
  readonly added: readonly WorkflowNode[]
  readonly removed: readonly WorkflowNode[]
  readonly changed: readonly NodeChange[]
  readonly edges: { readonly added: readonly WorkflowEdge[]; readonly removed: readonly WorkflowEdge[] }
  readonly description?: Change
}

/**
 * Compares two drawings by the ids of their nodes.
 * @param definitions where given, a changed condition is one change instead of one for each part of it
 */
export function diffGraphs(
  before: WorkflowGraph,
  after: WorkflowGraph,
  definitions: ReadonlyMap<string, NodeDefinition> = new Map(),
): GraphDiff {
  const old = new Map(before.nodes.map(node => [node.id, node]))
  const present = new Set(after.nodes.map(({ id }) => id))
  return {
    added: after.nodes.filter(({ id }) => !old.has(id)),
    removed: before.nodes.filter(({ id }) => !present.has(id)),
    changed: after.nodes.flatMap(node => {
      const was = old.get(node.id)
      const change = was && nodeChange(was, node, definitions)
      return change ? [change] : []
    }),
    edges: {
      added: edgesNotIn(before.edges, after.edges),
      removed: edgesNotIn(after.edges, before.edges),
    },
    description: changeOf(before.settings?.description, after.settings?.description),
  }
}

function nodeChange(
  before: WorkflowNode,
  after: WorkflowNode,
  definitions: ReadonlyMap<string, NodeDefinition>,
): NodeChange | undefined {
  const whole = new Set([...conditionPaths(before, definitions), ...conditionPaths(after, definitions)])
  const type = changeOf(before.type, after.type)
  const label = changeOf(before.label, after.label)
  const params = changes(before.params, after.params, '', whole)
  return type || label || params.length > 0 ? { id: after.id, before, after, type, label, params } : undefined
}

function conditionPaths(
  { type, params }: WorkflowNode,
  definitions: ReadonlyMap<string, NodeDefinition>,
): string[] {
  const definition = definitions.get(type)
  return definition ? conditionsIn(definition.params, params).map(({ path }) => path) : []
}

function changeOf(before: unknown, after: unknown): Change | undefined {
  return before === after ? undefined : { path: '', before, after }
}

/** Differences of two values, as deep as both are of one shape; `whole` paths are compared as one value. */
function changes(
  before: unknown,
  after: unknown,
  path: string,
  whole: ReadonlySet<string>,
): readonly Change[] {
  if (isSame(before, after)) return []
  const isWhole = whole.has(path) || path.split('/').length > MOST_LEVELS
  const bothLists = Array.isArray(before) && Array.isArray(after)
  const bothGroups = isRecord(before) && isRecord(after)
  if (isWhole || !(bothLists || bothGroups)) return [{ path, before, after }]
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap(key =>
    changes(own(before, key), own(after, key), path === '' ? key : `${path}/${key}`, whole),
  )
}

function isSame(a: unknown, b: unknown, depth = 0): boolean {
  if (Object.is(a, b)) return true
  // Deeper than anything that can be published: a draft may hold it, and must not overflow the stack.
  if (depth > MOST_LEVELS) return false
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const keys = Object.keys(a)
  return (
    keys.length === Object.keys(b).length &&
    keys.every(key => Object.hasOwn(b, key) && isSame(own(a, key), own(b, key), depth + 1))
  )
}

function own(value: object, key: string): unknown {
  return Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined
}

function edgesNotIn(known: readonly WorkflowEdge[], edges: readonly WorkflowEdge[]): readonly WorkflowEdge[] {
  const keys = new Set(known.map(edgeKey))
  return edges.filter(edge => !keys.has(edgeKey(edge)))
}

function edgeKey({ from, port, to }: WorkflowEdge): string {
  return JSON.stringify([from, port, to])
}
