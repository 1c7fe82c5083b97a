import type { NodeKind, NodeManifest } from '../../server/workflow/node-definition.ts'
import type { Language } from '../../server/workflow/text.ts'
import type { WorkflowGraph } from '../../server/workflow/workflow.ts'
import { CARD_WIDTH, cardHeight, edgeKey, layOut, type Place } from '../canvas/layout.ts'

/** A drawing small enough to be a picture: boxes and lines in the canvas's own measure. */
export interface Miniature {
  readonly width: number
  readonly height: number
  readonly boxes: readonly MiniatureBox[]
  readonly lines: readonly { readonly id: string; readonly path: string }[]
}

export interface MiniatureBox {
  readonly id: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly kind: NodeKind
  readonly title: string
}

const MARGIN = 16
/** Between columns. */
const GAP = 70

/** Where boxes and lines of a drawing stand, moved so that the picture begins at 0, 0. */
export function miniature(
  graph: WorkflowGraph,
  manifests: readonly Pick<NodeManifest, 'type' | 'kind' | 'name'>[],
  language: Language,
): Miniature {
  const exits = new Map<string, Set<string>>()
  for (const { from, port } of graph.edges) exits.set(from, (exits.get(from) ?? new Set()).add(port))
  const portsOf = (id: string) => [...(exits.get(id) ?? [])]
  const cards = closer(graph, layOut(graph, node => portsOf(node.id).length).cards)
  const types = new Map(manifests.map(manifest => [manifest.type, manifest]))
  const left = Math.min(...[...cards.values()].map(({ x }) => x)) - MARGIN
  const top = Math.min(...[...cards.values()].map(({ y }) => y)) - MARGIN

  const boxes = graph.nodes.map((node): MiniatureBox => {
    const { x, y } = cards.get(node.id)!
    const type = types.get(node.type)
    return {
      id: node.id,
      x: x - left,
      y: y - top,
      width: CARD_WIDTH,
      height: cardHeight(portsOf(node.id).length),
      kind: type?.kind ?? 'data',
      title: node.label ?? type?.name[language] ?? node.type,
    }
  })
  const byId = new Map(boxes.map(box => [box.id, box]))
  const lines = graph.edges.flatMap(edge => {
    const from = byId.get(edge.from)
    const to = byId.get(edge.to)
    if (!from || !to) return []
    const ports = portsOf(edge.from)
    const y = from.y + ((ports.indexOf(edge.port) + 0.5) / ports.length) * from.height
    return [{ id: edgeKey(edge), path: curve(from.x + from.width, y, to.x, to.y + to.height / 2) }]
  })
  return {
    width: Math.max(0, ...boxes.map(({ x, width }) => x + width)) + MARGIN,
    height: Math.max(0, ...boxes.map(({ y, height }) => y + height)) + MARGIN,
    boxes,
    lines,
  }
}

/** No words stand on the lines of a picture: its columns move together, which leaves more room for the boxes. */
function closer({ edges }: WorkflowGraph, cards: ReadonlyMap<string, Place>): ReadonlyMap<string, Place> {
  const steps = edges.flatMap(({ from, to }) => {
    const step = (cards.get(to)?.x ?? 0) - (cards.get(from)?.x ?? 0)
    return step >= CARD_WIDTH ? [step] : []
  })
  const factor = steps.length > 0 ? Math.min(1, (CARD_WIDTH + GAP) / Math.min(...steps)) : 1
  return new Map([...cards].map(([id, { x, y }]) => [id, { x: x * factor, y }]))
}

function curve(x1: number, y1: number, x2: number, y2: number): string {
  const bend = Math.max(30, Math.abs(x2 - x1) / 2)
  return `M${round(x1)} ${round(y1)} C${round(x1 + bend)} ${round(y1)} ${round(x2 - bend)} ${round(y2)} ${round(x2)} ${round(y2)}`
}

function round(n: number): number {
  return Math.round(n * 10) / 10
}

/** As much of a title as a box has room for, in halves of Chinese letters; Latin ones are half as wide. */
export function shortTitle(title: string, room: number): string {
  const letters = [...title]
  if (widthOf(letters) <= room) return title
  while (letters.length > 0 && widthOf(letters) > room - ELLIPSIS) letters.pop()
  return `${letters.join('')}…`
}

const ELLIPSIS = 2

function widthOf(letters: readonly string[]): number {
  return letters.reduce((width, letter) => width + (letter > '\u2e7f' ? 2 : 1), 0)
}
