import type { Connector } from '../../api/connection-contract.ts'
import { initials } from '../../rules/pinyin.ts'

/** Kinds of connector in the order in which a shop needs them. */
const KINDS = ['shop', 'orders', 'supplier', 'carrier', 'people'] as const

export type ConnectorKind = (typeof KINDS)[number]

/** Connectors under their kinds; those alone whose name or description holds all words looked for, or their initials. */
export function shelves(
  connectors: readonly Connector[],
  looked: string,
): readonly { readonly kind: ConnectorKind; readonly connectors: readonly Connector[] }[] {
  const words = looked.toLowerCase().split(/\s+/).filter(Boolean)
  const found = connectors.filter(connector => {
    const text = textOf(connector)
    return words.every(word => text.includes(word))
  })
  return KINDS.map(kind => ({ kind, connectors: found.filter(each => each.kind === kind) })).filter(
    shelf => shelf.connectors.length > 0,
  )
}

function textOf({ id, name, title }: Connector): string {
  return [id, name.zh, name.en, title.zh, title.en, initials(name.zh)].join('\n').toLowerCase()
}
