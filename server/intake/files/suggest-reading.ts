import type { FieldMapping } from '../../nodes/mapping/mapping.ts'
import { suggestMapping } from '../../nodes/mapping/suggest/suggest.ts'
import type { Suggestion } from '../../nodes/mapping/suggest/suggestion.ts'
import { itemTargets, orderTargets } from '../../nodes/mapping/targets.ts'
import type { ConnectionIdentity } from '../../store/connection-doc.ts'
import type { Text } from '../../workflow/text.ts'
import type { FileContent } from './document-file.ts'
import { isOrderLevel, isOrderNumber } from './known-columns.ts'

/** How the files of a connection nobody has mapped yet are most likely read. */
export interface SuggestedReading {
  readonly mapping: { readonly fields: readonly FieldMapping[] }
  /** Absent where no column holds order numbers: nothing tells one order from another then. */
  readonly identity?: ConnectionIdentity
  readonly groupRowsBy?: string
  /** Fields no order can be without, and that no column is for. */
  readonly missing: readonly Text[]
  /** Fields people need to work an order, and that no column is for. */
  readonly absent: readonly Text[]
}

/** As in the editor: what is less sure is a person's to decide. */
const SURE = 0.5
const LOOKED_AT = 50
/** The intake reads plain names only. */
const PLAIN = /^[^[\]$.]+$/

/** A reading made of the suggestions for documents of a file, the sure ones only. */
export function suggestReading(content: FileContent, groupRowsBy: string | undefined): SuggestedReading {
  const documents = content.documents.slice(0, LOOKED_AT).map(each => each.document)
  const sure = amountsOnce(
    suggestMapping(documents).suggestions.filter(({ confidence }) => confidence >= SURE),
    documents,
  )
  const ofItems = withCode(sure.filter(({ to }) => to.startsWith('items.')).map(({ field }) => field))
  const items = sure.find(({ to }) => to === 'items')
  const fields = [
    ...sure.filter(({ to }) => !to.startsWith('items')).map(({ field }) => field),
    ...(items ? [{ ...items.field, fields: [...ofItems] }] : []),
  ]
  const has = (to: string) => fields.some(field => field.to === to)
  const [orderId, buyer] = ['orderId', 'phone'].map(to => plainSources(sure, to))
  const missing = [
    ...(orderId ? [] : [orderTargets.orderId!.name]),
    ...Object.entries(orderTargets).flatMap(([to, { need, name }]) =>
      need === 'must' && !has(to) ? name : [],
    ),
    ...(items ? ['sku', 'quantity'] : []).flatMap(to =>
      ofItems.some(field => field.to === to) ? [] : itemTargets[to]!.name,
    ),
  ]
  return {
    mapping: { fields },
    ...(orderId ? { identity: { orderId, ...(buyer ? { buyer } : {}) } } : {}),
    ...(groupRowsBy === undefined ? {} : { groupRowsBy }),
    missing,
    absent: Object.entries(orderTargets).flatMap(([to, { need, name, coveredBy = [] }]) =>
      need === 'should' && to !== 'orderId' && ![to, ...coveredBy].some(has) ? name : [],
    ),
  }
}

/**
 * One column of amounts in the rows of an order is either what each item costs or what all of them do: where the
 * rows of an order differ it is the items', else the order's.
 */
function amountsOnce(
  suggestions: readonly Suggestion[],
  documents: readonly unknown[],
): readonly Suggestion[] {
  const ofOrder = suggestions.find(({ to }) => to === 'paidFen')?.field.from
  const ofItem = suggestions.find(({ to }) => to === 'items.paidFen')?.field.from
  const list = suggestions.find(({ to }) => to === 'items')?.field.each
  if (typeof ofOrder !== 'string' || ofOrder !== ofItem || list !== 'rows') return suggestions
  const differ = documents.some(document => {
    const { rows } = document as { readonly rows: readonly Readonly<Record<string, unknown>>[] }
    return new Set(rows.map(row => row[ofOrder]).filter(value => value !== '')).size > 1
  })
  return suggestions.filter(({ to }) => to !== (differ ? 'paidFen' : 'items.paidFen'))
}

/** The goods of a chat group have names and no codes: the name is what stock is kept by then. */
function withCode(fields: readonly Suggestion['field'][]): readonly Suggestion['field'][] {
  const title = fields.find(({ to }) => to === 'title')
  if (!title || fields.some(({ to }) => to === 'sku')) return fields
  return [{ ...title, to: 'sku', required: true }, ...fields]
}

function plainSources(suggestions: readonly Suggestion[], to: string): string[] | undefined {
  const from = suggestions.find(each => each.to === to)?.field.from
  const paths = (typeof from === 'string' ? [from] : (from ?? [])).filter(path => PLAIN.test(path))
  return paths.length > 0 ? paths : undefined
}

/**
 * The column of order numbers, where orders stand in several rows of a file that was read row by row: a number
 * comes again, or stands in the first row of its order only.
 */
export function rowsOfOneOrder(
  content: FileContent,
  orderId: readonly string[],
): { readonly column: string; readonly orders: number } | undefined {
  const { columns } = content.form
  const column = columns.find(name => orderId.includes(name)) ?? columns.find(isOrderNumber)
  if (column === undefined || content.form.header.length === 0) return undefined
  const level = columns.filter(isOrderLevel)
  const counts = new Map<string, number>()
  let last = ''
  for (const { document } of content.documents) {
    const row = document as Readonly<Record<string, unknown>>
    const number = String(row[column] ?? '')
    const goesOn = number === '' && level.length > 0 && level.every(name => String(row[name] ?? '') === '')
    last = goesOn ? last : number
    if (last !== '') counts.set(last, (counts.get(last) ?? 0) + 1)
  }
  const orders = [...counts.values()].filter(count => count > 1).length
  return orders > 0 ? { column, orders } : undefined
}
