import { type Aligned, alignLists } from './align-lists.ts'
import { type Change, diffGraphs, type NodeChange } from './diff.ts'
import type { FieldSpec } from './field.ts'
import type { NodeManifest } from './node-definition.ts'
import { isRecord, paramName, type SchemaPart } from './param-parts.ts'
import { entryName, paramChange } from './param-words.ts'
import { portsOf } from './ports.ts'
import { nodeSentence } from './sentence.ts'
import type { Text } from './text.ts'
import { formatValue, same } from './words.ts'
import type { WorkflowEdge, WorkflowGraph, WorkflowNode } from './workflow.ts'

type Manifests = ReadonlyMap<string, NodeManifest>

/** One line of a comparison, in words: 「去重窗口」 3 分钟 → 5 分钟. */
export interface ChangeInWords {
  /** Absent for a change of the drawing as a whole. */
  readonly node?: string
  readonly nodeName?: Text
  readonly kind:
    | 'node-added'
    | 'node-removed'
    | 'node-changed'
    | 'edge-added'
    | 'edge-removed'
    | 'description'
  readonly what?: Text
  readonly before?: Text
  readonly after?: Text
}

/**
 * A comparison as people read it: nodes by their names, params by what their form calls them, values in words.
 * @param fields names for the field paths and conditions among the params
 */
export function diffWords(
  from: WorkflowGraph,
  to: WorkflowGraph,
  manifests: Manifests,
  fields: readonly FieldSpec[],
): readonly ChangeInWords[] {
  const aligned = alignedLists(from, to)
  const diff = diffGraphs(
    {
      ...from,
      nodes: from.nodes.map(node => ({ ...node, params: aligned.get(node)?.params ?? node.params })),
    },
    to,
    manifests,
  )
  const card = (node: WorkflowNode) => cardWords(node, manifests, fields)
  const edge = (each: WorkflowEdge, graph: WorkflowGraph) => edgeWords(each, graph, manifests)
  const { description } = diff
  return [
    ...diff.added.map(node => ({
      ...named(node, manifests),
      kind: 'node-added' as const,
      after: card(node),
    })),
    ...diff.removed.map(node => ({
      ...named(node, manifests),
      kind: 'node-removed' as const,
      before: card(node),
    })),
    ...to.nodes.flatMap(node => {
      const was = from.nodes.find(each => each.id === node.id)
      const lists = was && aligned.get(was)
      const change = diff.changed.find(each => each.id === node.id)
      return [
        ...(change ? nodeChanges(change, lists, manifests, fields) : []),
        ...(lists ? reorderings(node, lists, manifests) : []),
      ]
    }),
    ...diff.edges.added.map(each => ({ kind: 'edge-added' as const, after: edge(each, to) })),
    ...diff.edges.removed.map(each => ({ kind: 'edge-removed' as const, before: edge(each, from) })),
    ...(description ? [{ kind: 'description' as const, ...sides(description, formatValue) }] : []),
  ]
}

/** How a node is called: by the name people gave it, else by its type. */
function nameOf({ label, type }: WorkflowNode, manifests: Manifests): Text {
  return label ? same(label) : (manifests.get(type)?.name ?? same(type))
}

function named(node: WorkflowNode, manifests: Manifests): { node: string; nodeName: Text } {
  return { node: node.id, nodeName: nameOf(node, manifests) }
}

function cardWords(node: WorkflowNode, manifests: Manifests, fields: readonly FieldSpec[]): Text {
  const manifest = manifests.get(node.type)
  return manifest ? nodeSentence(node, manifest, fields) : same(node.type)
}

/** 「查库存」的「有货」→「锁定库存」 */
function edgeWords({ from, port, to }: WorkflowEdge, graph: WorkflowGraph, manifests: Manifests): Text {
  const nodes = new Map(graph.nodes.map(node => [node.id, node]))
  const name = (id: string) => {
    const node = nodes.get(id)
    return node ? nameOf(node, manifests) : same(id)
  }
  const source = nodes.get(from)
  const manifest = source && manifests.get(source.type)
  const exit = (manifest && portsOf(manifest, source.params)[port]) ?? same(port)
  const [start, end] = [name(from), name(to)]
  return {
    zh: `「${start.zh}」的「${exit.zh}」→「${end.zh}」`,
    en: `"${exit.en}" of "${start.en}" → "${end.en}"`,
  }
}

/** Lists of the params put beside their later selves, by the earlier node. */
function alignedLists(from: WorkflowGraph, to: WorkflowGraph): ReadonlyMap<WorkflowNode, Aligned> {
  const later = new Map(to.nodes.map(node => [node.id, node]))
  return new Map(
    from.nodes.flatMap((node): [WorkflowNode, Aligned][] => {
      const now = later.get(node.id)
      return now?.type === node.type ? [[node, alignLists(node.params, now.params)]] : []
    }),
  )
}

function nodeChanges(
  { before, after, type, label, params }: NodeChange,
  lists: Aligned | undefined,
  manifests: Manifests,
  fields: readonly FieldSpec[],
): ChangeInWords[] {
  const line = { ...named(after, manifests), kind: 'node-changed' as const }
  const typeName = (value: unknown) => manifests.get(String(value))?.name ?? same(String(value))
  const schema = manifests.get(after.type)?.params as SchemaPart | undefined
  const told = type
    ? // Params of another type are other params: the type says enough.
      []
    : params.flatMap(change => {
        const place = (path: string) => lists?.places.get(path)
        return paramChange(change, schema, [after.params, before.params], place, fields) ?? []
      })
  return [
    ...(type ? [{ ...line, what: { zh: '节点类型', en: 'type' }, ...sides(type, typeName) }] : []),
    ...(label ? [{ ...line, what: { zh: '名称', en: 'name' }, ...sides(label, formatValue) }] : []),
    ...told.map(each => ({ ...line, ...each })),
  ]
}

/** 「规则 · 顺序」 A、B → B、A */
function reorderings(node: WorkflowNode, { reordered }: Aligned, manifests: Manifests): ChangeInWords[] {
  const schema = manifests.get(node.type)?.params as SchemaPart | undefined
  return reordered.map(({ param, before, after }) => {
    const part = isRecord(schema?.properties) ? schema.properties[param] : undefined
    const name = (isRecord(part) ? paramName(part) : undefined) ?? same(param)
    const inRow = (entries: typeof before) =>
      formatValue(entries.map((entry, index) => entryName(entry) ?? `${index + 1}`))
    return {
      ...named(node, manifests),
      kind: 'node-changed',
      what: { zh: `${name.zh} · 顺序`, en: `${name.en} · order` },
      before: inRow(before),
      after: inRow(after),
    }
  })
}

function sides(change: Change, words: (value: unknown) => Text): { before?: Text; after?: Text } {
  return {
    ...(change.before === undefined ? {} : { before: words(change.before) }),
    ...(change.after === undefined ? {} : { after: words(change.after) }),
  }
}
