import type { ReactElement } from 'react'
import type { NodeManifest } from '../../server/workflow/node-definition.ts'
import { portsOf } from '../../server/workflow/ports.ts'
import type { WorkflowGraph, WorkflowNode } from '../../server/workflow/workflow.ts'
import type { Spot } from '../canvas/canvas-actions.ts'
import { cardPorts } from '../canvas/drawing.ts'
import type { Place } from '../canvas/layout.ts'
import { useWords } from '../i18n/use-words.ts'
import type { Manifests } from './edit.ts'
import { InsertMenu } from './InsertMenu.tsx'

/** Where the next node is to go, and where on the screen that is asked. */
export interface Asking {
  readonly spot: Spot
  readonly at: Place
}

/** Asks which node is to come to a spot, and behind which exit where there are several. */
export function AskWhich(props: {
  asking: Asking
  graph: WorkflowGraph
  manifests: Manifests
  nameOf: (node: WorkflowNode) => string
  onAsk: (asking: Asking) => void
  onPick: (type: NodeManifest) => void
  onClose: () => void
}): ReactElement {
  const { t, language } = useWords()
  const { asking, graph, manifests, nameOf } = props
  const { spot } = asking
  const node = spot.kind === 'exit' ? graph.nodes.find(({ id }) => id === spot.node) : undefined
  const manifest = node && manifests.get(node.type)
  const exits = manifest ? cardPorts(portsOf(manifest, node.params), language) : []
  const where = () => {
    if (spot.kind === 'place') return t('drafting.addHere')
    if (spot.kind === 'line') return t('drafting.insertHere')
    const port = exits.find(({ id }) => id === spot.port)?.name ?? spot.port
    return t('drafting.addBehind', { node: node ? nameOf(node) : '', port })
  }
  return (
    <InsertMenu
      at={asking.at}
      where={where()}
      manifests={manifests}
      withTriggers={spot.kind === 'place'}
      exits={exits}
      exit={spot.kind === 'exit' ? spot.port : undefined}
      onExit={port => spot.kind === 'exit' && props.onAsk({ ...asking, spot: { ...spot, port } })}
      onPick={props.onPick}
      onClose={props.onClose}
    />
  )
}
