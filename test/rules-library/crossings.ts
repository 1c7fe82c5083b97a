import type { WorkflowEdge, WorkflowGraph, WorkflowNode } from '../../server/workflow/workflow.ts'

const CARD = { width: 240, height: 88 }
const PORT_HEIGHT = 27
const TURN_BEFORE = 18

interface Place {
  readonly x: number
  readonly y: number
}

interface Line {
  readonly edge: WorkflowEdge
  readonly name: string
  readonly points: readonly Place[]
}

/** What spoils the picture of a drawing, with lines as the canvas draws them. */
export function crossings(graph: WorkflowGraph, portIds: (node: WorkflowNode) => readonly string[]) {
  const nodes = new Map(graph.nodes.map(node => [node.id, node]))
  const heightOf = (node: WorkflowNode) => Math.max(CARD.height, portIds(node).length * PORT_HEIGHT)
  const lines = graph.edges.map((edge): Line => {
    const [from, to] = [nodes.get(edge.from)!, nodes.get(edge.to)!]
    const ports = portIds(from)
    const height = heightOf(from)
    const y = from.position!.y + (height * (ports.indexOf(edge.port) + 0.5)) / ports.length
    const start = { x: from.position!.x + CARD.width, y }
    const end = { x: to.position!.x, y: to.position!.y + heightOf(to) / 2 }
    return { edge, name: `${edge.from} ${edge.port} → ${edge.to}`, points: elbow(start, end) }
  })
  const backwards = lines.filter(({ points }) => points[0]!.x >= points.at(-1)!.x).map(({ name }) => name)
  const under = lines.flatMap(({ edge, name, points }) =>
    graph.nodes
      .filter(({ id }) => id !== edge.from && id !== edge.to)
      .filter(node => pieces(points).some(piece => passes(piece, node.position!, heightOf(node))))
      .map(node => `${name} under ${node.id}`),
  )
  const across = lines.flatMap((a, index) =>
    lines
      .slice(index + 1)
      .filter(b => a.edge.to !== b.edge.to && meet(a, b))
      .map(b => `${a.name} across ${b.name}`),
  )
  return { backwards, under, across }
}

/** Level from its exit, up or down just before the column it goes to, level into the card: as the canvas draws it. */
function elbow(from: Place, to: Place): readonly Place[] {
  const x = to.x - TURN_BEFORE
  return [from, { x, y: from.y }, { x, y: to.y }, to]
}

type Piece = readonly [Place, Place]

const pieces = (points: readonly Place[]): Piece[] => points.slice(1).map((end, i) => [points[i]!, end])

/** Whether a level or upright piece passes over a card. */
function passes([a, b]: Piece, card: Place, height: number): boolean {
  const [left, right] = [Math.min(a.x, b.x), Math.max(a.x, b.x)]
  const [top, bottom] = [Math.min(a.y, b.y), Math.max(a.y, b.y)]
  return right > card.x && left < card.x + CARD.width && bottom > card.y && top < card.y + height
}

function meet(a: Line, b: Line): boolean {
  const isFanOut = a.edge.from === b.edge.from
  return pieces(a.points).some(p => pieces(b.points).some(q => cut(p, q) || (!isFanOut && share(p, q))))
}

/** Whether a level and an upright piece cut each other somewhere between their ends. */
function cut([a, b]: Piece, [c, d]: Piece): boolean {
  const side = (p: Place, q: Place, r: Place) => (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x)
  return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0
}

/** Whether two upright pieces lie upon each other, so that nobody can tell where which line goes. */
function share([a, b]: Piece, [c, d]: Piece): boolean {
  if (a.x !== b.x || c.x !== d.x || a.x !== c.x) return false
  return Math.min(Math.max(a.y, b.y), Math.max(c.y, d.y)) > Math.max(Math.min(a.y, b.y), Math.min(c.y, d.y))
}
