import { Graph, layout } from '@dagrejs/dagre'
import type { WorkflowEdge, WorkflowGraph, WorkflowNode } from '../../server/workflow/workflow.ts'

export interface Place {
  readonly x: number
  readonly y: number
}

export interface Layout {
  /** Top left corners of the cards. */
  readonly cards: ReadonlyMap<string, Place>
  /**
   * For lines that pass other columns: the middle of each such column, at the height where the line is clear of
   * its cards. By `edgeKey`; only where the layout chose the places of both ends.
   */
  readonly lanes: ReadonlyMap<string, readonly Place[]>
}

export const CARD_WIDTH = 240

/** Room between columns: a line's words stand in it. */
const COLUMN_GAP = 138
/** Below this the words of a line would lie on the next card. */
const LEAST_ROOM = 110
const ROW_GAP = 32
const LANE_GAP = 24

const LEAST_CARD_HEIGHT = 88
const PORT_HEIGHT = 27

/** A card is as high as its sentence, or as the words of its ports need when there are many. */
export function cardHeight(ports: number): number {
  return Math.max(LEAST_CARD_HEIGHT, ports * PORT_HEIGHT)
}

export function edgeKey({ from, port, to }: WorkflowEdge): string {
  return `${from}/${port}/${to}`
}

/**
 * Where cards stand and lines run. Cards the user placed stay where they are; the others are laid out from left
 * to right as the edges run, moved so that they stand beside the placed ones.
 */
export function layOut(graph: WorkflowGraph, portsOf: (node: WorkflowNode) => number): Layout {
  const { nodes } = graph
  const placed = nodes.filter(node => node.position)
  if (placed.length === nodes.length) return { cards: asPlaced(graph), lanes: new Map() }
  const computed = leftToRight(graph, portsOf)
  const shift = meanShift(placed, computed.cards)
  const fixed = new Set(placed.map(node => node.id))
  const cards = nodes.map(node => {
    if (node.position) return [node.id, node.position] as const
    const at = computed.cards.get(node.id)!
    return [node.id, { x: Math.round(at.x + shift.x), y: Math.round(at.y + shift.y) }] as const
  })
  const lanes = graph.edges.flatMap(edge => {
    const lane = computed.lanes.get(edgeKey(edge))
    if (!lane || fixed.has(edge.from) || fixed.has(edge.to)) return []
    return [[edgeKey(edge), lane.map(({ x, y }) => ({ x: x + shift.x, y: y + shift.y }))] as const]
  })
  return { cards: new Map(cards), lanes: new Map(lanes) }
}

/**
 * The user's own places. Where columns stand too close for the words of the lines between them, the whole
 * drawing is stretched sideways, which keeps its arrangement.
 */
function asPlaced({ nodes, edges }: WorkflowGraph): ReadonlyMap<string, Place> {
  const at = new Map(nodes.map(node => [node.id, node.position!]))
  const steps = edges.flatMap(({ from, to }) => {
    const step = (at.get(to)?.x ?? 0) - (at.get(from)?.x ?? 0)
    return step >= CARD_WIDTH ? [step] : []
  })
  const least = Math.min(...steps)
  if (least >= CARD_WIDTH + LEAST_ROOM) return at
  const stretch = (CARD_WIDTH + COLUMN_GAP) / least
  return new Map(nodes.map(({ id, position }) => [id, { x: position!.x * stretch, y: position!.y }]))
}

/** Places of all cards from left to right as the edges run, whatever places they had. */
export function arranged(
  graph: WorkflowGraph,
  portsOf: (node: WorkflowNode) => number,
): ReadonlyMap<string, Place> {
  return new Map(
    [...leftToRight(graph, portsOf).cards].map(([id, { x, y }]) => [
      id,
      { x: Math.round(x), y: Math.round(y) },
    ]),
  )
}

function leftToRight({ nodes, edges }: WorkflowGraph, portsOf: (node: WorkflowNode) => number): Layout {
  const drawn = new Graph({ multigraph: true })
  drawn.setGraph({ rankdir: 'LR', nodesep: ROW_GAP, ranksep: COLUMN_GAP, edgesep: LANE_GAP })
  for (const node of nodes) drawn.setNode(node.id, { width: CARD_WIDTH, height: cardHeight(portsOf(node)) })
  const joining = edges.filter(({ from, to }) => drawn.hasNode(from) && drawn.hasNode(to))
  for (const edge of joining) drawn.setEdge(edge.from, edge.to, {}, edge.port)
  layout(drawn)

  const cards = nodes.map(node => {
    const { x, y, width, height } = drawn.node(node.id) as Place & { width: number; height: number }
    return [node.id, { x: x - width / 2, y: y - height / 2 }] as const
  })
  const lanes = joining.flatMap(edge => {
    const { points } = drawn.edge(edge.from, edge.to, edge.port) as { points: readonly Place[] }
    // First and last point lie on the cards; of those between, every other one lies in a column of cards.
    const passed = points.slice(1, -1).filter((_, index) => index % 2 === 1)
    return passed.length > 0 ? [[edgeKey(edge), passed] as const] : []
  })
  return { cards: new Map(cards), lanes: new Map(lanes) }
}

function meanShift(placed: readonly WorkflowNode[], computed: ReadonlyMap<string, Place>): Place {
  if (placed.length === 0) return { x: 0, y: 0 }
  const sum = { x: 0, y: 0 }
  for (const node of placed) {
    const at = computed.get(node.id)!
    sum.x += node.position!.x - at.x
    sum.y += node.position!.y - at.y
  }
  return { x: sum.x / placed.length, y: sum.y / placed.length }
}
