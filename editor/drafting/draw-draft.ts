import type { FieldSpec } from '../../server/workflow/field.ts'
import { orderFields } from '../../server/workflow/order-fields.ts'
import { portsOf } from '../../server/workflow/ports.ts'
import type { Problem } from '../../server/workflow/problem.ts'
import { nodeSentence } from '../../server/workflow/sentence.ts'
import type { Language } from '../../server/workflow/text.ts'
import type { WorkflowGraph, WorkflowNode } from '../../server/workflow/workflow.ts'
import { type Card, type CardProblem, cardOf, cardPorts, type Line, linesOf } from '../canvas/drawing.ts'
import type { Place } from '../canvas/layout.ts'
import { type Frame, type NoteCard, notesOf } from '../canvas/surroundings.ts'
import type { Manifests } from './edit.ts'

export type DraftCard = Card | NoteCard | Frame

export interface DrawnDraft {
  readonly cards: readonly (Card | NoteCard)[]
  readonly lines: Line[]
}

/** Names of all fields any node could bring: what sentences say instead of paths. */
export function allFields(manifests: Manifests): readonly FieldSpec[] {
  const added = [...manifests.values()].flatMap(({ adds }) => Object.values(adds).flat())
  return [...new Map([...orderFields, ...added].map(field => [field.path, field])).values()]
}

/**
 * Makes cards of drafts again and again, each time only those anew whose node, problems or exits changed: the
 * others keep their identity, so that React leaves them alone.
 */
export function draftDrawer(manifests: Manifests) {
  const fields = allFields(manifests)
  let known = new Map<string, { readonly key: string; readonly node: WorkflowNode; readonly card: Card }>()

  return (graph: WorkflowGraph, problems: readonly Problem[], language: Language): DrawnDraft => {
    const troubles = troublesOf(problems, language)
    const joined = new Set(graph.edges.map(({ from, port }) => `${from}/${port}`))
    const next: typeof known = new Map()
    const cards = graph.nodes.map(node => {
      const manifest = manifests.get(node.type)
      const ports = manifest ? cardPorts(portsOf(manifest, node.params), language) : []
      const open = ports.filter(({ id }) => !joined.has(`${node.id}/${id}`))
      const problem = troubles.get(node.id)
      const key = JSON.stringify([language, open.map(({ id }) => id), problem])
      const before = known.get(node.id)
      const card =
        before?.node === node && before.key === key
          ? before.card
          : draftCard(node, { manifests, fields, language, ports, open, problem })
      next.set(node.id, { key, node, card })
      return card
    })
    known = next
    const nameOf = (id: string, port: string) =>
      next.get(id)?.card.data.ports.find(each => each.id === port)?.name ?? port
    return {
      cards: [...cards, ...notesOf(graph)],
      lines: linesOf(graph.edges, nameOf, () => []),
    }
  }
}

function draftCard(
  node: WorkflowNode,
  words: {
    readonly manifests: Manifests
    readonly fields: readonly FieldSpec[]
    readonly language: Language
    readonly ports: Card['data']['ports']
    readonly open: Card['data']['ports']
    readonly problem: CardProblem | undefined
  },
): Card {
  const { manifests, fields, language, ports, open, problem } = words
  const manifest = manifests.get(node.type)
  const sentence = manifest ? nodeSentence(node, manifest, fields)[language] : node.type
  const card = cardOf(node, node.position ?? { x: 0, y: 0 }, { manifest, ports, sentence, language })
  return { ...card, data: { ...card.data, open, ...(problem ? { problem } : {}) } }
}

/** By node, the first and worst of its problems. */
function troublesOf(problems: readonly Problem[], language: Language): Map<string, CardProblem> {
  const troubles = new Map<string, CardProblem>()
  for (const { node, message, severity } of problems) {
    if (node === undefined) continue
    const known = troubles.get(node)
    const count = (known?.count ?? 0) + 1
    const isWorse = !known || (known.severity === 'warning' && severity === 'error')
    troubles.set(node, isWorse ? { text: message[language], severity, count } : { ...known, count })
  }
  return troubles
}

/**
 * Brings what React Flow holds up to what is drawn: cards that stayed keep what it measured and, while they are
 * dragged, where they are.
 */
export function synced(
  held: readonly (Card | NoteCard)[],
  drawn: readonly (Card | NoteCard)[],
  selected: ReadonlySet<string>,
): readonly (Card | NoteCard)[] {
  const before = new Map(held.map(card => [card.id, card]))
  const next = drawn.map((card): Card | NoteCard => {
    const old = before.get(card.id)
    const isSelected = selected.has(card.id)
    if (!old) return isSelected ? { ...card, selected: true } : card
    const position = old.dragging ? old.position : card.position
    const isSame =
      old.data === card.data &&
      isAt(old.position, position) &&
      Boolean(old.selected) === isSelected &&
      old.ariaLabel === card.ariaLabel
    if (isSame) return old
    return { ...old, ...card, measured: old.measured, position, selected: isSelected } as Card | NoteCard
  })
  const isSame = next.length === held.length && next.every((card, at) => card === held[at])
  return isSame ? held : next
}

const isAt = (a: Place, b: Place) => a.x === b.x && a.y === b.y
