/** The groups of the field list, in the order they stand in. */
export const sections = [
  'stock',
  'parcel',
  'order',
  'buyer',
  'items',
  'dedup',
  'decision',
  'task',
  'event',
  'source',
  'other',
] as const

export type Section = (typeof sections)[number]

const BUYER = /^order\.(address\.|phone$|order_customer_name$)/

/** The group a field stands in, by its path. */
export function sectionOf(path: string): Section {
  if (BUYER.test(path)) return 'buyer'
  if (path.startsWith('order.items')) return 'items'
  const [root] = path.split('.')
  return sections.find(section => section === root) ?? 'other'
}

/** Paths rules ask for most; those of them that are here stand above all groups. */
const LIKELY = [
  'stock.own.available',
  'stock.near.covers',
  'stock.near.distanceKm',
  'stock.network.available',
  'dedup.minutesApart',
  'task.choice',
  'order.urgent',
  'order.paidFen',
  'order.items[]sku',
  'order.items+quantity',
  'order.address.province',
  'order.channel',
  'order.status',
  'order.buyerNote',
]

/** How likely a rule asks for it: a small number comes first; undefined for what is found in its group. */
export function likelihood(key: string): number | undefined {
  const at = LIKELY.indexOf(key)
  return at === -1 ? undefined : at
}
