import { reachableFrom } from '../../server/workflow/graph.ts'
import type { NodeManifest } from '../../server/workflow/node-definition.ts'
import { portsOf } from '../../server/workflow/ports.ts'
import type { WorkflowGraph } from '../../server/workflow/workflow.ts'
import type { Spot } from '../canvas/canvas-actions.ts'
import { CARD_WIDTH, cardHeight, edgeKey, type Place } from '../canvas/layout.ts'
import { freePlace, type Standing } from './arrange.ts'
import { addNode, insertInto, join, type Manifests, place } from './edit.ts'
import { freshNode, idsOf } from './fresh-node.ts'

/** From one column of cards to the next: room for the words of the lines between them. */
const COLUMN = CARD_WIDTH + 140

/** A new node where it was asked for, joined as the spot says, and clear of the others. */
export function putNode(
  graph: WorkflowGraph,
  manifests: Manifests,
  type: NodeManifest,
  spot: Spot,
): { readonly graph: WorkflowGraph; readonly id: string } {
  const node = freshNode(type, idsOf(graph), { x: 0, y: 0 })
  const ports = Object.keys(portsOf(type, node.params)).length
  if (spot.kind === 'line') {
    const roomy = makeRoom(graph, spot.line)
    const edge = roomy.edges.find(each => edgeKey(each) === spot.line)
    const from = roomy.nodes.find(({ id }) => id === edge?.from)?.position ?? { x: 0, y: 0 }
    const to = roomy.nodes.find(({ id }) => id === edge?.to)?.position ?? from
    const at = freePlace(standing(roomy, manifests), { x: from.x + COLUMN, y: to.y }, ports)
    return { graph: insertInto(roomy, manifests, spot.line, { ...node, position: at }), id: node.id }
  }
  const wish = spot.kind === 'place' ? spot.place : behind(graph, manifests, spot)
  const at = freePlace(standing(graph, manifests), wish, ports)
  const added = addNode(graph, { ...node, position: at })
  const joined = spot.kind === 'exit' ? join(added, { from: spot.node, port: spot.port, to: node.id }) : added
  return { graph: joined, id: node.id }
}

/** Beside an exit, the first at the height of the card and each further one a row below. */
function behind(
  graph: WorkflowGraph,
  manifests: Manifests,
  { node: id, port }: Extract<Spot, { kind: 'exit' }>,
): Place {
  const node = graph.nodes.find(each => each.id === id)
  const manifest = node && manifests.get(node.type)
  const { x, y } = node?.position ?? { x: 0, y: 0 }
  const at = manifest ? Object.keys(portsOf(manifest, node.params)).indexOf(port) : 0
  return { x: x + COLUMN, y: y + Math.max(at, 0) * (cardHeight(1) + 28) }
}

/** Moves what follows a line to the right where a card would not fit into it. */
function makeRoom(graph: WorkflowGraph, line: string): WorkflowGraph {
  const edge = graph.edges.find(each => edgeKey(each) === line)
  const at = new Map(graph.nodes.map(({ id, position }) => [id, position ?? { x: 0, y: 0 }]))
  const from = edge && at.get(edge.from)
  const to = edge && at.get(edge.to)
  if (!from || !to) return graph
  const short = from.x + 2 * COLUMN - to.x
  if (short <= 0) return graph
  const after = [...reachableFrom([edge.to], graph)].filter(id => (at.get(id)?.x ?? 0) >= to.x)
  return place(graph, new Map(after.map(id => [id, { x: at.get(id)!.x + short, y: at.get(id)!.y }])))
}

/** Cards as large as they will be drawn. */
export function standing({ nodes }: WorkflowGraph, manifests: Manifests): Standing[] {
  return nodes.map(({ id, type, params, position }) => {
    const manifest = manifests.get(type)
    const ports = manifest ? Object.keys(portsOf(manifest, params)).length : 1
    return { id, ...(position ?? { x: 0, y: 0 }), width: CARD_WIDTH, height: cardHeight(ports) }
  })
}
