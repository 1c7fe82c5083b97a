import {
  applyNodeChanges,
  Background,
  BackgroundVariant,
  type Connection,
  Controls,
  type EdgeTypes,
  type FinalConnectionState,
  MiniMap,
  type NodeChange,
  type NodeTypes,
  ReactFlow,
  type ReactFlowInstance,
  SelectionMode,
  useReactFlow,
} from '@xyflow/react'
import { type DragEvent, type ReactElement, useLayoutEffect, useMemo, useRef, useState } from 'react'
import '@xyflow/react/dist/style.css'
import type { WorkflowEdge, WorkflowGraph } from '../../server/workflow/workflow.ts'
import type { Spot } from '../canvas/canvas-actions.ts'
import type { Card, Line } from '../canvas/drawing.ts'
import { FrameNode } from '../canvas/FrameNode.tsx'
import { beginning, firstView } from '../canvas/first-view.ts'
import { kinds } from '../canvas/kinds.tsx'
import { edgeKey, type Place } from '../canvas/layout.ts'
import { NodeCard } from '../canvas/NodeCard.tsx'
import { NoteNode } from '../canvas/NoteNode.tsx'
import { PortLine } from '../canvas/PortLine.tsx'
import { framesOf, type NoteCard } from '../canvas/surroundings.ts'
import { useCanvasLabels } from '../canvas/use-canvas-labels.ts'
import canvasCss from '../canvas/WorkflowCanvas.module.css'
import { useTheme } from '../look/use-theme.ts'
import { DRAGGED_TYPE } from './dragged-type.ts'
import { type DraftCard, type DrawnDraft, synced } from './draw-draft.ts'
import type { Selection } from './selection.ts'

const nodeTypes: NodeTypes = { card: NodeCard, note: NoteNode, frame: FrameNode }
const edgeTypes: EdgeTypes = { line: PortLine }

/** From this many cards on, a small map helps more than it covers. */
const MINIMAP_FROM = 12
const GRID = 10

interface Props {
  readonly drawn: DrawnDraft
  readonly groups: WorkflowGraph['groups']
  readonly label: string
  readonly selection: Selection
  readonly onSelect: (selection: Selection) => void
  /** A card was clicked, and not dragged. */
  readonly onClick: (node: string) => void
  /** Cards and notes that were moved, to their new places. */
  readonly onPlace: (places: ReadonlyMap<string, Place>, merge: string) => void
  readonly mayJoin: (edge: WorkflowEdge) => boolean
  readonly onJoin: (edge: WorkflowEdge, instead?: string) => void
  /** A line was let go on a card it may not lead to. */
  readonly onRefused: (edge: WorkflowEdge) => void
  /** A line was let go over nothing: asks what is to stand there. `at` is on the screen. */
  readonly onLetGo: (spot: Spot, at: Place) => void
  /** A type was dropped from the palette, on a line or on an empty place. */
  readonly onDrop: (type: string, spot: Spot) => void
}

/** The drawing as it is edited: cards are moved, joined and selected; every change is told, none is kept here. */
export function DraftCanvas(props: Props): ReactElement {
  const { drawn, groups, selection, onSelect } = props
  const theme = useTheme()
  const labels = useCanvasLabels()
  const { screenToFlowPosition } = useReactFlow()
  const [cards, setCards] = useState<readonly (Card | NoteCard)[]>(drawn.cards)
  const moving = useRef(false)
  const box = useRef<HTMLElement>(null)
  const start = ({ getNodesBounds, setViewport }: ReactFlowInstance<DraftCard, Line>) =>
    void setViewport(
      firstView(getNodesBounds([...cards]), beginning(cards), box.current!.getBoundingClientRect()),
    )

  useLayoutEffect(() => {
    setCards(held => synced(held, drawn.cards, selection.cards))
  }, [drawn.cards, selection.cards])

  const frames = useMemo(() => framesOf(groups, cards, selection.cards), [groups, cards, selection.cards])
  const lines = useMemo(
    () => drawn.lines.map(line => (selection.lines.has(line.id) ? { ...line, selected: true } : line)),
    [drawn.lines, selection.lines],
  )

  const change = (changes: readonly NodeChange<DraftCard>[]) => {
    const moved = withMembers(changes, frames, groups, cards)
    const next = applyNodeChanges(
      moved.filter(each => each.type === 'position' || each.type === 'dimensions') as NodeChange<
        Card | NoteCard
      >[],
      [...cards],
    )
    setCards(next)
    const chosen = changes.filter(each => each.type === 'select')
    if (chosen.length > 0) {
      const ids = new Set(selection.cards)
      for (const { id, selected } of chosen) {
        if (selected) ids.add(id)
        else ids.delete(id)
      }
      onSelect({ ...selection, cards: ids })
    }
    const settled = moved.filter(each => each.type === 'position' && each.dragging === false)
    if (settled.length === 0) return
    const ids = new Set(settled.map(each => ('id' in each ? each.id : '')))
    const places = new Map(next.filter(({ id }) => ids.has(id)).map(card => [card.id, card.position]))
    props.onPlace(places, `place ${[...places.keys()].join()} ${moving.current ? Date.now() : 'keys'}`)
  }

  const drop = (event: DragEvent) => {
    const type = event.dataTransfer.getData(DRAGGED_TYPE)
    if (!type) return
    event.preventDefault()
    const under = document
      .elementsFromPoint(event.clientX, event.clientY)
      .map(element => element.closest<HTMLElement>('.react-flow__edge')?.dataset.id)
      .find(id => id !== undefined)
    const at = screenToFlowPosition({ x: event.clientX, y: event.clientY })
    props.onDrop(type, under ? { kind: 'line', line: under } : { kind: 'place', place: at })
  }

  const letGo = (event: MouseEvent | TouchEvent, state: FinalConnectionState) => {
    const { fromNode, fromHandle, toNode, isValid } = state
    if (isValid || !fromNode || fromHandle?.type !== 'source' || !fromHandle.id) return
    const over =
      event.target instanceof Element ? event.target.closest<HTMLElement>('.react-flow__node') : null
    const card = toNode?.id ?? over?.dataset.id
    if (card !== undefined) {
      const edge = { from: fromNode.id, port: fromHandle.id, to: card }
      // Let go anywhere on a card means that card, not only on the dot at its edge.
      if (props.mayJoin(edge)) props.onJoin(edge)
      else props.onRefused(edge)
      return
    }
    const { clientX: x, clientY: y } = 'changedTouches' in event ? event.changedTouches[0]! : event
    props.onLetGo({ kind: 'exit', node: fromNode.id, port: fromHandle.id }, { x, y })
  }

  return (
    <section className={canvasCss.canvas} aria-label={props.label} ref={box}>
      <ReactFlow<DraftCard, Line>
        nodes={[...frames, ...cards] as DraftCard[]}
        edges={lines}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onInit={start}
        onNodesChange={change}
        onNodeDragStart={() => {
          moving.current = true
        }}
        onSelectionDragStart={() => {
          moving.current = true
        }}
        onNodeDragStop={() => {
          moving.current = false
        }}
        onNodeClick={(_, { id, type }) => type === 'card' && props.onClick(id)}
        onEdgesChange={changes => {
          const chosen = changes.filter(each => each.type === 'select')
          if (chosen.length === 0) return
          const ids = new Set(selection.lines)
          for (const { id, selected } of chosen) {
            if (selected) ids.add(id)
            else ids.delete(id)
          }
          onSelect({ ...selection, lines: ids })
        }}
        isValidConnection={connection => props.mayJoin(edgeOf(connection))}
        onConnect={connection => props.onJoin(edgeOf(connection))}
        onConnectEnd={letGo}
        onReconnect={(old, connection) => props.onJoin(edgeOf(connection), edgeKey(edgeOf(old)))}
        onDragOver={event => {
          if (!event.dataTransfer.types.includes(DRAGGED_TYPE)) return
          event.preventDefault()
          event.dataTransfer.dropEffect = 'copy'
        }}
        onDrop={drop}
        deleteKeyCode={null}
        selectionMode={SelectionMode.Partial}
        selectionKeyCode="Shift"
        multiSelectionKeyCode={['Meta', 'Control', 'Shift']}
        snapToGrid
        snapGrid={[GRID, GRID]}
        colorMode={theme}
        ariaLabelConfig={labels}
        minZoom={0.15}
        maxZoom={1.6}
        onlyRenderVisibleElements={cards.length > 150}
        connectionRadius={28}
        elevateNodesOnSelect={false}
      >
        <Background variant={BackgroundVariant.Dots} gap={20} size={1.2} />
        <Controls showInteractive={false} />
        {cards.length >= MINIMAP_FROM && (
          <MiniMap
            pannable
            zoomable
            nodeColor={(card: DraftCard) =>
              card.type === 'card' ? kinds[card.data.kind].colour : 'var(--warn-soft)'
            }
          />
        )}
      </ReactFlow>
    </section>
  )
}

function edgeOf(line: Connection | Line): WorkflowEdge {
  return { from: line.source, port: line.sourceHandle ?? '', to: line.target }
}

/** A frame that is moved moves the cards in it: it has no place of its own. */
function withMembers(
  changes: readonly NodeChange<DraftCard>[],
  frames: readonly DraftCard[],
  groups: WorkflowGraph['groups'],
  cards: readonly (Card | NoteCard)[],
): readonly NodeChange<DraftCard>[] {
  const own = new Set(changes.flatMap(each => (each.type === 'position' ? [each.id] : [])))
  return changes.flatMap((change): NodeChange<DraftCard>[] => {
    if (change.type !== 'position') return [change]
    const frame = frames.find(({ id }) => id === change.id)
    if (!frame) return [change]
    const by = {
      x: (change.position?.x ?? frame.position.x) - frame.position.x,
      y: (change.position?.y ?? frame.position.y) - frame.position.y,
    }
    const members = new Set(groups?.find(({ id }) => id === change.id)?.nodes)
    return cards
      .filter(({ id }) => members.has(id) && !own.has(id))
      .map(({ id, position }) => ({
        id,
        type: 'position',
        position: { x: position.x + by.x, y: position.y + by.y },
        ...(change.dragging === undefined ? {} : { dragging: change.dragging }),
      }))
  })
}
