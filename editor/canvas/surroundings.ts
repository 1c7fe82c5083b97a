import type { Node } from '@xyflow/react'
import type { WorkflowGraph, WorkflowNote } from '../../server/workflow/workflow.ts'
import type { Card } from './drawing.ts'
import { CARD_WIDTH, cardHeight } from './layout.ts'

// What stands on a canvas beside the cards: words for people, and frames round cards that belong together.

export type NoteCard = Node<{ readonly note: WorkflowNote }, 'note'>
export type Frame = Node<{ readonly name: string }, 'frame'>

export const notesOf = (graph: WorkflowGraph): NoteCard[] => (graph.notes ?? []).map(noteCard)

function noteCard(note: WorkflowNote): NoteCard {
  const { width = 220, height = 96 } = note.size ?? {}
  return { id: note.id, type: 'note', position: note.position, width, height, data: { note } }
}

const FRAME_MARGIN = 22
const FRAME_HEAD = 30

/** Frames round the cards that belong together, wherever these stand now. */
export function framesOf(
  groups: WorkflowGraph['groups'],
  cards: readonly (Card | NoteCard)[],
  selected: ReadonlySet<string>,
): Frame[] {
  const standing = new Map(cards.map(card => [card.id, card]))
  return (groups ?? []).flatMap(({ id, name, nodes }): Frame[] => {
    const members = nodes.flatMap(node => standing.get(node) ?? [])
    if (members.length === 0) return []
    const left = Math.min(...members.map(({ position }) => position.x)) - FRAME_MARGIN
    const top = Math.min(...members.map(({ position }) => position.y)) - FRAME_MARGIN - FRAME_HEAD
    const right = Math.max(...members.map(card => card.position.x + sizeOf(card).width)) + FRAME_MARGIN
    const bottom = Math.max(...members.map(card => card.position.y + sizeOf(card).height)) + FRAME_MARGIN
    return [
      {
        id,
        type: 'frame',
        position: { x: left, y: top },
        width: right - left,
        height: bottom - top,
        zIndex: -1,
        selected: selected.has(id),
        data: { name },
      },
    ]
  })
}

/** How large a card is drawn, as far as that is known. */
export function sizeOf(card: Card | NoteCard): { readonly width: number; readonly height: number } {
  const fallback = card.type === 'note' ? 96 : cardHeight(card.data.ports.length)
  return {
    width: card.measured?.width ?? card.width ?? CARD_WIDTH,
    height: card.measured?.height ?? card.height ?? fallback,
  }
}
