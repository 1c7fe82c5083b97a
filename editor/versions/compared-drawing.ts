import type { FieldSpec } from '../../server/workflow/field.ts'
import type { NodeManifest, Ports } from '../../server/workflow/node-definition.ts'
import { baseFields, orderFields } from '../../server/workflow/order-fields.ts'
import { portsOf } from '../../server/workflow/ports.ts'
import { nodeSentence } from '../../server/workflow/sentence.ts'
import type { Language, Text } from '../../server/workflow/text.ts'
import type { WorkflowGraph, WorkflowNode } from '../../server/workflow/workflow.ts'
import { type DiffMark, type Drawing, drawing } from '../canvas/drawing.ts'
import { mergeVersions } from './merged.ts'

/** Two versions on one canvas, with a mark and a word on every part that is not the same in both. */
export function comparedDrawing(
  from: WorkflowGraph,
  to: WorkflowGraph,
  manifests: readonly NodeManifest[],
  language: Language,
  word: (mark: DiffMark) => string,
): Drawing {
  const merged = mergeVersions(from, to)
  const types = new Map(manifests.map(manifest => [manifest.type, manifest]))
  const fields = fieldsOf(manifests)
  const before = new Map(from.nodes.map(node => [node.id, node]))
  const ports = Object.fromEntries(
    merged.graph.nodes.map(node => [node.id, exitsOf(node, before.get(node.id), merged.graph, types)]),
  )
  const sentences = Object.fromEntries(
    merged.graph.nodes.flatMap(node => {
      const type = types.get(node.type)
      return type ? [[node.id, nodeSentence(node, type, fields)] as const] : []
    }),
  )
  const { cards, lines } = drawing({ graph: merged.graph, sentences, ports, manifests }, language)
  const marksOfExit = new Map<string, Set<DiffMark>>()
  for (const { id, source, sourceHandle } of lines) {
    const mark = merged.edges.get(id)
    const exit = `${source}/${sourceHandle}`
    if (mark) marksOfExit.set(exit, (marksOfExit.get(exit) ?? new Set()).add(mark))
  }
  return {
    cards: cards.map(card => {
      const mark = merged.nodes.get(card.id)
      if (!mark) return card
      return { ...card, ariaLabel: `${word(mark)} ${card.ariaLabel}`, data: { ...card.data, mark } }
    }),
    lines: lines.map(line => {
      const { data } = line
      if (!data) return line
      const mark = merged.edges.get(line.id)
      // The lines of one exit share one place for their words.
      const words = [...(marksOfExit.get(`${line.source}/${line.sourceHandle}`) ?? [])].map(word)
      const name =
        data.name !== undefined && words.length > 0 ? `${data.name} · ${words.join('/')}` : data.name
      return { ...line, data: mark ? { ...data, name, mark } : { ...data, name } }
    }),
  }
}

/** The exits a node has now, those it had before, and any a line still leaves by. */
function exitsOf(
  node: WorkflowNode,
  before: WorkflowNode | undefined,
  graph: WorkflowGraph,
  types: ReadonlyMap<string, NodeManifest>,
): Ports {
  const now = types.get(node.type)
  const then = before && types.get(before.type)
  const left = graph.edges.filter(({ from }) => from === node.id)
  const unnamed = left.map(({ port }): readonly [string, Text] => [port, { zh: port, en: port }])
  return {
    ...Object.fromEntries(unnamed),
    ...(then && before ? portsOf(then, before.params) : {}),
    ...(now ? portsOf(now, node.params) : {}),
  }
}

/** Every field a run may hold, so that conditions read in words. */
function fieldsOf(manifests: readonly NodeManifest[]): readonly FieldSpec[] {
  return [...orderFields, ...baseFields, ...manifests.flatMap(({ adds }) => Object.values(adds).flat())]
}
