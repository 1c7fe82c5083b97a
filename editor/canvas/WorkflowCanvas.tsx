import {
  type AriaLabelConfig,
  Background,
  BackgroundVariant,
  Controls,
  type EdgeTypes,
  MiniMap,
  type NodeTypes,
  ReactFlow,
  type ReactFlowInstance,
} from '@xyflow/react'
import { type ReactElement, useMemo, useRef } from 'react'
import '@xyflow/react/dist/style.css'
import { useWords } from '../i18n/use-words.ts'
import { useTheme } from '../look/use-theme.ts'
import type { Card, Drawing, Line } from './drawing.ts'
import { kinds } from './kinds.tsx'
import { NodeCard } from './NodeCard.tsx'
import { PortLine } from './PortLine.tsx'
import css from './WorkflowCanvas.module.css'

const nodeTypes: NodeTypes = { card: NodeCard }
const edgeTypes: EdgeTypes = { line: PortLine }

/** Below this nobody reads a card. */
const LEAST_READABLE = 0.78
const MARGIN = 24

/** From this many cards on, a small map helps more than it covers. */
const MINIMAP_FROM = 12

/** A drawing to look at: it can be moved, zoomed and read, and not changed. */
export function WorkflowCanvas(props: {
  drawing: Drawing
  label: string
  onSelect: (node: string | undefined) => void
}): ReactElement {
  const { t } = useWords()
  const theme = useTheme()
  const labels = useMemo<Partial<AriaLabelConfig>>(
    () => ({
      'node.a11yDescription.default': t('workflows.nodeHelp'),
      'edge.a11yDescription.default': t('workflows.edgeHelp'),
      'controls.ariaLabel': t('workflows.controls'),
      'controls.zoomIn.ariaLabel': t('workflows.zoomIn'),
      'controls.zoomOut.ariaLabel': t('workflows.zoomOut'),
      'controls.fitView.ariaLabel': t('workflows.fitView'),
      'minimap.ariaLabel': t('workflows.minimap'),
    }),
    [t],
  )
  const box = useRef<HTMLElement>(null)
  // All of the drawing where it can be read so, else its beginning in a size that can.
  const start = ({ getNodesBounds, setViewport }: ReactFlowInstance<Card, Line>) => {
    const { width, height } = box.current!.getBoundingClientRect()
    const bounds = getNodesBounds(props.drawing.cards)
    const fit = Math.min((width - 2 * MARGIN) / bounds.width, (height - 2 * MARGIN) / bounds.height, 1)
    const zoom = Math.max(fit, LEAST_READABLE)
    const spare = Math.max(width - bounds.width * zoom, 2 * MARGIN) / 2
    void setViewport({
      x: spare - bounds.x * zoom,
      y: height / 2 - (bounds.y + bounds.height / 2) * zoom,
      zoom,
    })
  }
  return (
    <section className={css.canvas} ref={box} aria-label={props.label}>
      <ReactFlow<Card, Line>
        defaultNodes={props.drawing.cards}
        defaultEdges={props.drawing.lines}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        nodesDraggable={false}
        nodesConnectable={false}
        edgesFocusable={false}
        deleteKeyCode={null}
        onSelectionChange={({ nodes }) => props.onSelect(nodes[0]?.id)}
        colorMode={theme}
        ariaLabelConfig={labels}
        minZoom={0.15}
        maxZoom={1.6}
        onInit={start}
      >
        <Background variant={BackgroundVariant.Dots} gap={20} size={1.2} />
        <Controls showInteractive={false} />
        {props.drawing.cards.length >= MINIMAP_FROM && (
          <MiniMap pannable zoomable nodeColor={(card: Card) => kinds[card.data.kind].colour} />
        )}
      </ReactFlow>
    </section>
  )
}
