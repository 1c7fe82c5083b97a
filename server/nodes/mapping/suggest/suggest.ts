import { orderTargets } from '../targets.ts'
import { type Look, looksOf } from './looks.ts'
import { type MoneyUnits, moneyUnits } from './money.ts'
import { candidatesOf } from './score.ts'
import { allFields, type SourceFields, type SourceList, sourceFields } from './source-fields.ts'
import { addressSuggestions } from './suggest-address.ts'
import { itemSuggestions, ordersWithin } from './suggest-items.ts'
import { type Suggestion, suggestionFor } from './suggestion.ts'

interface Suggestions {
  readonly suggestions: readonly Suggestion[]
  readonly looks: Readonly<Record<string, Look>>
  /** Where the documents hold several orders each: the list one order is an entry of. Nothing is suggested then. */
  readonly orders?: string
}

/**
 * How the documents of a channel nobody has mapped yet are most likely read, by the names of their fields in
 * Chinese, pinyin and English and by what their values look like. Nothing is applied.
 */
export function suggestMapping(documents: readonly unknown[]): Suggestions {
  const source = sourceFields(documents)
  const orders = ordersWithin(source)
  if (orders !== undefined) return { suggestions: [], looks: {}, orders }
  const unitOf = moneyUnits(allFields(source))
  const items = itemSuggestions(source, unitOf)
  return {
    suggestions: [...orderSuggestions(source, items.within, unitOf), ...items.suggestions],
    looks: looksOf(source, unitOf),
  }
}

function orderSuggestions(
  source: SourceFields,
  itemList: SourceList | undefined,
  unitOf: MoneyUnits,
): Suggestion[] {
  // A single item that is no list is walked as part of the document; its fields are not those of the order.
  const single = itemList && !itemList.isList ? `${itemList.path}.` : undefined
  const outside = source.fields.filter(
    ({ path }) => !path.includes('[]') && !(single !== undefined && path.startsWith(single)),
  )
  const found = Object.keys(orderTargets)
    .filter(to => to !== 'items' && to !== 'kind' && !to.startsWith('address'))
    .flatMap(to => suggestionFor(to, candidatesOf(to, outside), unitOf) ?? [])
  return [...found, ...addressSuggestions(outside, unitOf)]
}
