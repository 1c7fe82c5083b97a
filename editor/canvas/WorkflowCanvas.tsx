import {
  Background,
  BackgroundVariant,
  Controls,
  type EdgeTypes,
  MiniMap,
  type NodeTypes,
  ReactFlow,
  type ReactFlowInstance,
} from '@xyflow/react'
import { type ReactElement, useRef } from 'react'
import '@xyflow/react/dist/style.css'
import { useTheme } from '../look/use-theme.ts'
import type { Card, Drawing, Line } from './drawing.ts'
import { FrameNode } from './FrameNode.tsx'
import { beginning, firstView } from './first-view.ts'
import { kinds } from './kinds.tsx'
import { NodeCard } from './NodeCard.tsx'
import { NoteNode } from './NoteNode.tsx'
import { PortLine } from './PortLine.tsx'
import type { Frame, NoteCard } from './surroundings.ts'
import { useCanvasLabels } from './use-canvas-labels.ts'
import css from './WorkflowCanvas.module.css'

const nodeTypes: NodeTypes = { card: NodeCard, note: NoteNode, frame: FrameNode }
type Shown = Card | NoteCard | Frame

const edgeTypes: EdgeTypes = { line: PortLine }

/** From this many cards on, only those in sight are drawn. */
const MANY = 80
/** From this many cards on, a small map helps more than it covers. */
const MINIMAP_FROM = 12

/** A drawing to look at: it can be moved, zoomed and read, and not changed. */
export function WorkflowCanvas(props: {
  drawing: Drawing
  label: string
  onSelect: (node: string | undefined) => void
}): ReactElement {
  const theme = useTheme()
  const labels = useCanvasLabels()
  const box = useRef<HTMLElement>(null)
  const start = ({ getNodesBounds, setViewport }: ReactFlowInstance<Shown, Line>) =>
    void setViewport(
      firstView(
        getNodesBounds(props.drawing.cards),
        beginning(props.drawing.cards),
        box.current!.getBoundingClientRect(),
      ),
    )
  return (
    <section className={css.canvas} ref={box} aria-label={props.label}>
      <ReactFlow<Shown, Line>
        defaultNodes={[...(props.drawing.around ?? []), ...props.drawing.cards]}
        defaultEdges={props.drawing.lines}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        nodesDraggable={false}
        nodesConnectable={false}
        edgesFocusable={false}
        deleteKeyCode={null}
        onSelectionChange={({ nodes }) => props.onSelect(nodes.find(({ type }) => type === 'card')?.id)}
        colorMode={theme}
        ariaLabelConfig={labels}
        minZoom={0.15}
        maxZoom={1.6}
        onlyRenderVisibleElements={props.drawing.cards.length > MANY}
        onInit={start}
      >
        <Background variant={BackgroundVariant.Dots} gap={20} size={1.2} />
        <Controls showInteractive={false} />
        {props.drawing.cards.length >= MINIMAP_FROM && (
          <MiniMap
            pannable
            zoomable
            nodeColor={(card: Shown) => (card.type === 'card' ? kinds[card.data.kind].colour : 'transparent')}
          />
        )}
      </ReactFlow>
    </section>
  )
}
