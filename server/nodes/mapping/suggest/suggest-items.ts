import type { Text } from '../../../workflow/text.ts'
import { itemTargets } from '../targets.ts'
import { type MoneyUnits, moneyUnits } from './money.ts'
import { LIST_NAME, OTHER_LIST } from './names.ts'
import { candidatesOf, itemCandidatesOf } from './score.ts'
import type { SourceFields, SourceList } from './source-fields.ts'
import { type Suggestion, suggestionFor } from './suggestion.ts'

/** The list that holds the items and the fields of its entries; the document itself where it is one item. */
export function itemSuggestions(
  source: SourceFields,
  unitOf: MoneyUnits,
): { suggestions: Suggestion[]; within?: SourceList } {
  const flat: SourceList = { path: '$', key: '', above: [], isList: false, fields: source }
  const rated = [...source.lists, flat]
    .filter(list => list === flat || list.fields.fields.length > 0)
    .map(list => ({ list, found: fieldsOfList(list, unitOf), rank: 0 }))
    .filter(
      ({ found }) =>
        has(found, 'items.sku') + has(found, 'items.title') > 0 && has(found, 'items.quantity') > 0,
    )
    .map(each => ({ ...each, rank: rankOf(each.list, each.found, flat) }))
    .sort((a, b) => b.rank - a.rank)
  const [best] = rated
  if (!best) return { suggestions: [] }
  const { list, found } = best
  const where: Text =
    list === flat
      ? {
          zh: '来源没有明细列表，商品就在订单里',
          en: 'there is no list; the item stands in the order itself',
        }
      : list.isList
        ? { zh: `「${list.key}」是一行行的商品`, en: `"${list.key}" is a list of items` }
        : { zh: `「${list.key}」像一行商品`, en: `"${list.key}" looks like one item` }
  const items: Suggestion = {
    to: 'items',
    field: { to: 'items', each: list.path, required: true },
    confidence: Math.min(
      1,
      (has(found, 'items.quantity') + Math.max(has(found, 'items.sku'), has(found, 'items.title'))) / 2,
    ),
    reason: where,
  }
  return { suggestions: [items, ...found], ...(list === flat ? {} : { within: list }) }
}

function fieldsOfList(list: SourceList, unitOf: MoneyUnits): Suggestion[] {
  const own = list.fields.fields
  return Object.keys(itemTargets).flatMap(to => {
    const candidates = itemCandidatesOf(
      to,
      own.filter(({ path }) => !path.includes('[]')),
    )
    return suggestionFor(`items.${to}`, candidates, unitOf) ?? []
  })
}

function rankOf(
  { key, above, isList, path }: SourceList,
  found: readonly Suggestion[],
  flat: SourceList,
): number {
  const sum = found.reduce((total, { confidence }) => total + confidence, 0)
  const isOther = [key, ...above].some(each => OTHER_LIST.test(each))
  const named = LIST_NAME.test(key) ? 0.5 : 0
  const form = isList ? 1 : path === flat.path ? -0.5 : -1
  return sum + named + form - (isOther ? 2.5 : 0) - above.length * 0.05
}

function has(found: readonly Suggestion[], to: string): number {
  return found.find(each => each.to === to)?.confidence ?? 0
}

/** A list whose entries are themselves orders: they have an order number and a list of items or a time. */
export function ordersWithin(source: SourceFields): string | undefined {
  const own = candidatesOf(
    'orderId',
    source.fields.filter(({ path }) => !path.includes('[]')),
  )[0]
  if (own && own.score >= 0.6) return undefined
  const found = source.lists.find(({ isList, key, fields }) => {
    if (!isList || OTHER_LIST.test(key)) return false
    const id = candidatesOf('orderId', fields.fields)[0]
    const time = candidatesOf('orderedAt', fields.fields)[0]
    return (id?.score ?? 0) >= 0.6 && ((time?.score ?? 0) >= 0.6 || fieldsHaveItems(fields))
  })
  return found?.path
}

function fieldsHaveItems(fields: SourceFields): boolean {
  const unitOf = moneyUnits([])
  return fields.lists.some(list => list.isList && has(fieldsOfList(list, unitOf), 'items.quantity') > 0)
}
