import type { NodeKind, NodeManifest } from '../../server/workflow/node-definition.ts'
import type { Language } from '../../server/workflow/text.ts'

export interface PaletteGroup {
  readonly kind: NodeKind
  readonly types: readonly NodeManifest[]
}

/** The order of the day: an order comes in, is made clean, decided, held, worked on, and ends. */
const ORDER: readonly NodeKind[] = [
  'trigger',
  'data',
  'decision',
  'stock',
  'people',
  'outside',
  'time',
  'end',
]

/** Node types by kind, those whose name, words or type hold what is looked for. */
export function paletteGroups(
  manifests: Iterable<NodeManifest>,
  wanted: string,
  language: Language,
): readonly PaletteGroup[] {
  const word = wanted.trim().toLowerCase()
  const found = [...manifests].filter(({ type, name, description }) =>
    `${type} ${name.zh} ${name.en} ${description[language]}`.toLowerCase().includes(word),
  )
  // Those whose name says it come before those that only mention it, and so do their groups.
  const named = ({ name }: NodeManifest) => (name[language].toLowerCase().includes(word) ? 0 : 1)
  return ORDER.map(kind => ({
    kind,
    types: found.filter(each => each.kind === kind).sort((a, b) => named(a) - named(b)),
  }))
    .filter(({ types }) => types.length > 0)
    .sort((a, b) => named(a.types[0]!) - named(b.types[0]!))
}
