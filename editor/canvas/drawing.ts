import type { Edge, Node } from '@xyflow/react'
import type { NodeKind, NodeManifest, Ports } from '../../server/workflow/node-definition.ts'
import type { Language, Text } from '../../server/workflow/text.ts'
import type { WorkflowEdge, WorkflowGraph, WorkflowNode } from '../../server/workflow/workflow.ts'
import { CARD_WIDTH, cardHeight, edgeKey, layOut, type Place } from './layout.ts'
import { type Frame, framesOf, type NoteCard, notesOf } from './surroundings.ts'

export interface CardPort {
  readonly id: string
  readonly name: string
}

/** What became of a part of a drawing between two versions. */
export type DiffMark = 'added' | 'removed' | 'changed'

export interface CardProblem {
  /** The first and worst, in words. */
  readonly text: string
  readonly severity: 'error' | 'warning'
  readonly count: number
}

export interface CardData extends Record<string, unknown> {
  readonly kind: NodeKind
  readonly title: string
  /** The rule in words. */
  readonly sentence: string
  readonly ports: readonly CardPort[]
  readonly height: number
  /** In a draft: exits that lead nowhere yet. */
  readonly open?: readonly CardPort[]
  readonly problem?: CardProblem
  readonly mark?: DiffMark
}
export type Card = Node<CardData, 'card'>

export interface LineData extends Record<string, unknown> {
  readonly port: string
  /** The port's name; absent on all but the first of several lines that leave one port. */
  readonly name: string | undefined
  /** Columns it passes on its way; see `Layout.lanes`. */
  readonly lane: readonly Place[]
  readonly mark?: DiffMark
}
export type Line = Edge<LineData, 'line'>

/** What a drawing is made of: the graph, and the words for its nodes and ports. */
export interface DrawingSource {
  readonly graph: WorkflowGraph
  readonly sentences: Readonly<Record<string, Text>>
  readonly ports: Readonly<Record<string, Readonly<Record<string, Text>>>>
  readonly manifests: readonly Pick<NodeManifest, 'type' | 'kind' | 'name'>[]
}

export interface Drawing {
  readonly cards: Card[]
  readonly lines: Line[]
  /** Notes, and frames round cards that belong together. */
  readonly around?: readonly (NoteCard | Frame)[]
}

const NOBODY: ReadonlySet<string> = new Set()

/** Cards and lines of a workflow in one language, for React Flow. */
export function drawing({ graph, sentences, ports, manifests }: DrawingSource, language: Language): Drawing {
  const types = new Map(manifests.map(manifest => [manifest.type, manifest]))
  const portsOf = (node: WorkflowNode): CardPort[] => cardPorts(ports[node.id] ?? {}, language)
  const layout = layOut(graph, node => portsOf(node).length)
  const cards = graph.nodes.map(node =>
    cardOf(node, layout.cards.get(node.id)!, {
      manifest: types.get(node.type),
      ports: portsOf(node),
      sentence: sentences[node.id]?.[language] ?? '',
      language,
    }),
  )
  const lines = linesOf(
    graph.edges,
    (node, port) => ports[node]?.[port]?.[language] ?? port,
    edge => layout.lanes.get(edgeKey(edge)) ?? [],
  )
  return { cards, lines, around: [...framesOf(graph.groups, cards, NOBODY), ...notesOf(graph)] }
}

export function cardPorts(ports: Ports, language: Language): CardPort[] {
  return Object.entries(ports).map(([id, name]) => ({ id, name: name[language] }))
}

/** One node as React Flow has it. */
export function cardOf(
  node: WorkflowNode,
  at: Place,
  words: {
    readonly manifest: Pick<NodeManifest, 'kind' | 'name'> | undefined
    readonly ports: readonly CardPort[]
    readonly sentence: string
    readonly language: Language
  },
): Card {
  const { manifest, ports, sentence, language } = words
  const title = node.label ?? manifest?.name[language] ?? node.type
  const height = cardHeight(ports.length)
  return {
    id: node.id,
    type: 'card',
    position: { x: at.x, y: at.y },
    // Known before it is drawn, so that the whole can be fitted at once.
    initialWidth: CARD_WIDTH,
    initialHeight: height,
    ariaLabel: sentence ? `${title}: ${sentence}` : title,
    data: { kind: manifest?.kind ?? 'data', title, sentence, ports, height },
  }
}

/** The edges as React Flow has them; of several that leave one exit, the first bears its name. */
export function linesOf(
  edges: readonly WorkflowEdge[],
  nameOf: (node: string, port: string) => string,
  laneOf: (edge: WorkflowEdge) => readonly Place[],
): Line[] {
  const named = new Set<string>()
  return edges.map((edge): Line => {
    const { from, port, to } = edge
    const exit = `${from}/${port}`
    const isFirst = !named.has(exit)
    named.add(exit)
    const name = nameOf(from, port)
    return {
      id: edgeKey(edge),
      type: 'line',
      source: from,
      sourceHandle: port,
      target: to,
      ariaLabel: name,
      data: { port, name: isFirst ? name : undefined, lane: laneOf(edge) },
    }
  })
}
