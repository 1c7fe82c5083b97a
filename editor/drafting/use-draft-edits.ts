import { useReactFlow } from '@xyflow/react'
import { useMemo } from 'react'
import type { NodeManifest } from '../../server/workflow/node-definition.ts'
import { portsOf } from '../../server/workflow/ports.ts'
import type { WorkflowEdge, WorkflowGraph } from '../../server/workflow/workflow.ts'
import type { Spot } from '../canvas/canvas-actions.ts'
import { arranged, CARD_WIDTH, type Place } from '../canvas/layout.ts'
import { type Alignment, align } from './arrange.ts'
import { copyText, paste, readClip } from './clipboard.ts'
import type { Draft } from './draft.ts'
import {
  addNote,
  cut,
  freePort,
  group,
  join,
  type Manifests,
  openExits,
  place,
  remove,
  ungroup,
  whyNotJoin,
} from './edit.ts'
import { freshId, idsOf } from './fresh-node.ts'
import { putNode, standing } from './put-node.ts'
import { nothingSelected, only, type Selection } from './selection.ts'

const PASTE_OFFSET = 40
const MARGIN = 24
/** To the right of a new card its open exits have their names and buttons. */
const ROOM_BEHIND = 130

export interface DraftEdits {
  put(type: NodeManifest, spot: Spot): string
  /** Behind the one selected node where it has an exit left, else to the middle of what is seen. */
  spotForNew(): Spot
  mayJoin(edge: WorkflowEdge): boolean
  join(edge: WorkflowEdge, instead?: string): void
  removeSelected(): void
  duplicateSelected(): void
  copySelected(): string | undefined
  /** False where the text is nothing that could be put on a canvas. */
  pasteText(text: string): boolean
  alignSelected(how: Alignment): void
  layOut(): void
  note(): void
  groupSelected(name: string): void
  jumpTo(node: string): void
  /** Moves the view no more than needed for a card to be seen whole. */
  reveal(node: string): void
  /** Leads the exits that lead nowhere to one new end: those of a node, or all. */
  endExits(of: string | undefined): void
}

/** What is done to a draft as a whole, on what is selected and where people look. */
export function useDraftEdits(
  draft: Draft,
  manifests: Manifests,
  selection: Selection,
  select: (selection: Selection) => void,
): DraftEdits {
  const flow = useReactFlow()
  return useMemo(() => {
    const present = () => draft.state.get().history.present
    const portCount = ({ type, params }: WorkflowGraph['nodes'][number]) => {
      const manifest = manifests.get(type)
      return manifest ? Object.keys(portsOf(manifest, params)).length : 1
    }
    const middle = (): Place => {
      const box = document.querySelector('.react-flow')?.getBoundingClientRect()
      const at = { x: (box?.left ?? 0) + (box?.width ?? 0) / 2, y: (box?.top ?? 0) + (box?.height ?? 0) / 2 }
      return flow.screenToFlowPosition(at)
    }
    const show = (node: string) => {
      const at = present().nodes.find(({ id }) => id === node)?.position
      if (!at) return
      const { zoom } = flow.getViewport()
      void flow.setCenter(at.x + CARD_WIDTH / 2, at.y + 44, { zoom: Math.max(zoom, 0.75), duration: 200 })
    }
    /** Moves the view no more than needed for a card to be seen whole, with some room to its right. */
    const reveal = (node: string, room = 0) => {
      const at = present().nodes.find(({ id }) => id === node)?.position
      const box = document.querySelector('.react-flow')?.getBoundingClientRect()
      if (!at || !box) return
      const { x, y, zoom } = flow.getViewport()
      const left = at.x * zoom + x
      const top = at.y * zoom + y
      const over = {
        x: left + (CARD_WIDTH + room) * zoom - box.width,
        y: top + 140 * zoom - box.height,
      }
      const byX = left < MARGIN ? MARGIN - left : over.x > 0 ? -over.x : 0
      const byY = top < MARGIN ? MARGIN - top : over.y > 0 ? -over.y : 0
      if (byX !== 0 || byY !== 0) void flow.setViewport({ x: x + byX, y: y + byY, zoom }, { duration: 150 })
    }
    const pasteText = (text: string): boolean => {
      const clip = readClip(text)
      if (!clip) return false
      const corner = clip.nodes[0]?.position
      const isHere = clip.nodes.some(({ id }) => present().nodes.some(node => node.id === id))
      const at = isHere && corner ? { x: corner.x + PASTE_OFFSET, y: corner.y + PASTE_OFFSET } : middle()
      let ids: ReadonlySet<string> = new Set()
      draft.change(graph => {
        const pasted = paste(graph, clip, at)
        ids = pasted.ids
        return pasted.graph
      })
      select({ cards: ids, lines: new Set() })
      return true
    }
    const copySelected = () => (selection.cards.size > 0 ? copyText(present(), selection.cards) : undefined)

    return {
      put(type, spot) {
        let id = ''
        draft.change(graph => {
          const put = putNode(graph, manifests, type, spot)
          id = put.id
          return put.graph
        })
        select(only(id))
        reveal(id, ROOM_BEHIND)
        return id
      },
      spotForNew() {
        const graph = present()
        const [node, ...others] = graph.nodes.filter(({ id }) => selection.cards.has(id))
        const port = node && others.length === 0 ? freePort(graph, manifests, node) : undefined
        if (node && port !== undefined) return { kind: 'exit', node: node.id, port }
        if (graph.nodes.length === 0) return { kind: 'place', place: { x: 0, y: 0 } }
        const { x, y } = middle()
        return { kind: 'place', place: { x: x - CARD_WIDTH / 2, y: y - 44 } }
      },
      mayJoin: edge => whyNotJoin(present(), manifests, edge) === undefined,
      join: (edge, instead) =>
        draft.change(graph => join(instead === undefined ? graph : cut(graph, new Set([instead])), edge)),
      removeSelected() {
        if (selection.cards.size + selection.lines.size === 0) return
        draft.change(graph => {
          const frames = new Set(
            (graph.groups ?? []).map(({ id }) => id).filter(id => selection.cards.has(id)),
          )
          const uncut = selection.lines.size > 0 ? cut(graph, selection.lines) : graph
          const unframed = frames.size > 0 ? ungroup(uncut, frames) : uncut
          return selection.cards.size > 0 ? remove(unframed, selection.cards) : unframed
        })
        select(nothingSelected)
      },
      duplicateSelected() {
        const text = copySelected()
        if (text !== undefined) pasteText(text)
      },
      copySelected,
      pasteText,
      alignSelected: how =>
        draft.change(graph =>
          place(
            graph,
            align(
              standing(graph, manifests).filter(({ id }) => selection.cards.has(id)),
              how,
            ),
          ),
        ),
      layOut() {
        draft.change(graph => place(graph, arranged(graph, portCount)))
        requestAnimationFrame(() => void flow.fitView({ maxZoom: 1, padding: 0.08, duration: 200 }))
      },
      note() {
        const { x, y } = middle()
        let id = ''
        draft.change(graph => {
          id = freshId('note', idsOf(graph))
          return addNote(graph, { id, text: '', position: { x: Math.round(x - 110), y: Math.round(y - 48) } })
        })
        select(only(id))
      },
      groupSelected(name) {
        let id = ''
        draft.change(graph => {
          id = freshId('group', idsOf(graph))
          return group(graph, id, name, selection.cards)
        })
        select(only(id))
      },
      endExits(of) {
        const end = [...manifests.values()].find(({ kind }) => kind === 'end')
        if (!end) return
        draft.change(graph => {
          const [first, ...others] = openExits(graph, manifests, of)
          if (!first) return graph
          const put = putNode(graph, manifests, end, { kind: 'exit', ...first })
          return others.reduce(
            (drawn, exit) => join(drawn, { from: exit.node, port: exit.port, to: put.id }),
            put.graph,
          )
        })
      },
      reveal: node => reveal(node),
      jumpTo(node) {
        select(only(node))
        show(node)
      },
    }
  }, [draft, manifests, selection, select, flow])
}
