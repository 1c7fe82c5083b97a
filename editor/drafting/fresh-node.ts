import type { NodeManifest } from '../../server/workflow/node-definition.ts'
import { isRecord } from '../../server/workflow/param-parts.ts'
import type { WorkflowGraph, WorkflowNode } from '../../server/workflow/workflow.ts'

/** An id nobody has yet, readable where people meet it: `dedup`, `dedup-2`. */
export function freshId(wish: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wish)) return wish
  for (let n = 2; ; n++) {
    const id = `${wish}-${n}`
    if (!taken.has(id)) return id
  }
}

export const idsOf = (graph: WorkflowGraph): Set<string> =>
  new Set([
    ...graph.nodes.map(({ id }) => id),
    ...(graph.notes ?? []).map(({ id }) => id),
    ...(graph.groups ?? []).map(({ id }) => id),
  ])

/** A node as it comes from the palette: defaults where its type has them, empty where a person must say. */
export function freshNode(
  manifest: Pick<NodeManifest, 'type' | 'params'>,
  taken: ReadonlySet<string>,
  position: { x: number; y: number },
): WorkflowNode {
  const params = emptyOf(manifest.params)
  return {
    id: freshId(manifest.type.split('.').at(-1)!, taken),
    type: manifest.type,
    params: isRecord(params) ? { ...params } : {},
    position,
  }
}

/** The least value of a schema: its default, the first of its choices, or nothing of its kind. */
function emptyOf(schema: unknown): unknown {
  if (!isRecord(schema)) return undefined
  if (schema.default !== undefined) return schema.default
  if (schema.const !== undefined) return schema.const
  if (Array.isArray(schema.anyOf)) return emptyOf(schema.anyOf[0])
  if (schema.type === 'object') {
    const required = Array.isArray(schema.required) ? (schema.required as readonly string[]) : []
    const properties = isRecord(schema.properties) ? schema.properties : {}
    const entries = required.map(name => [name, emptyOf(properties[name])] as const)
    return Object.fromEntries(entries.filter(([, value]) => value !== undefined))
  }
  if (schema.type === 'array') return []
  if (schema.type === 'string') return ''
  return schema.type === 'boolean' ? false : undefined
}
