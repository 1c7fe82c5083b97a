import type { Edge, Node } from '@xyflow/react'
import type { NodeKind, NodeManifest } from '../../server/workflow/node-definition.ts'
import type { Language, Text } from '../../server/workflow/text.ts'
import type { WorkflowGraph, WorkflowNode } from '../../server/workflow/workflow.ts'
import { CARD_WIDTH, cardHeight, edgeKey, layOut, type Place } from './layout.ts'

export interface CardPort {
  readonly id: string
  readonly name: string
}

export interface CardData extends Record<string, unknown> {
  readonly kind: NodeKind
  readonly title: string
  /** The rule in words. */
  readonly sentence: string
  readonly ports: readonly CardPort[]
  readonly height: number
}
export type Card = Node<CardData, 'card'>

export interface LineData extends Record<string, unknown> {
  readonly port: string
  /** The port's name; absent on all but the first of several lines that leave one port. */
  readonly name: string | undefined
  /** Columns it passes on its way; see `Layout.lanes`. */
  readonly lane: readonly Place[]
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
}

/** Cards and lines of a workflow in one language, for React Flow. */
export function drawing({ graph, sentences, ports, manifests }: DrawingSource, language: Language): Drawing {
  const types = new Map(manifests.map(manifest => [manifest.type, manifest]))
  const portsOf = (node: WorkflowNode): CardPort[] =>
    Object.entries(ports[node.id] ?? {}).map(([id, name]) => ({ id, name: name[language] }))
  const layout = layOut(graph, node => portsOf(node).length)

  const cards = graph.nodes.map((node): Card => {
    const manifest = types.get(node.type)
    const cardPorts = portsOf(node)
    const title = node.label ?? manifest?.name[language] ?? node.type
    const sentence = sentences[node.id]?.[language] ?? ''
    return {
      id: node.id,
      type: 'card',
      position: { ...layout.cards.get(node.id)! },
      // Known before it is drawn, so that the whole can be fitted at once.
      initialWidth: CARD_WIDTH,
      initialHeight: cardHeight(cardPorts.length),
      ariaLabel: sentence ? `${title}: ${sentence}` : title,
      data: {
        kind: manifest?.kind ?? 'data',
        title,
        sentence,
        ports: cardPorts,
        height: cardHeight(cardPorts.length),
      },
    }
  })

  const named = new Set<string>()
  const lines = graph.edges.map((edge): Line => {
    const { from, port, to } = edge
    const exit = `${from}/${port}`
    const isFirst = !named.has(exit)
    named.add(exit)
    const name = ports[from]?.[port]?.[language] ?? port
    return {
      id: edgeKey(edge),
      type: 'line',
      source: from,
      sourceHandle: port,
      target: to,
      ariaLabel: name,
      data: { port, name: isFirst ? name : undefined, lane: layout.lanes.get(edgeKey(edge)) ?? [] },
    }
  })
  return { cards, lines }
}
