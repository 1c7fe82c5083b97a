import { SCARCE_UNITS } from './assortment.ts'
import type { RetailOrder } from './orders.ts'

/** Ways an order can go. */
export type Way = 'ship' | 'transfer' | 'purchase' | 'backorder'

export const WAYS: readonly Way[] = ['ship', 'transfer', 'purchase', 'backorder']

/** Ways the retailer's rule allows for an order; several only where buyers compete for the last units. */
export function allowedWays({ lines, urgent }: RetailOrder): readonly Way[] {
  const has = (placement: string) => lines.some(({ ware }) => ware.placement === placement)
  const nothingAnywhere: Way = urgent ? 'purchase' : 'backorder'
  if (has('scarce')) return ['ship', 'transfer', nothingAnywhere]
  if (has('nowhere')) return [nothingAnywhere]
  if (has('far')) return ['backorder']
  return [has('near') ? 'transfer' : 'ship']
}

/** How many orders go each way in all. Of the scarce product everything is given out, nearest first. */
export function expectedCounts(
  orders: readonly RetailOrder[],
  went: ReadonlyMap<string, Way>,
): Record<Way, number> {
  const counts: Record<Way, number> = { ship: 0, transfer: 0, purchase: 0, backorder: 0 }
  const competing: RetailOrder[] = []
  for (const order of orders) {
    const ways = allowedWays(order)
    if (ways.length > 1) competing.push(order)
    else counts[ways[0]!]++
  }
  const shipped = Math.min(SCARCE_UNITS.own, competing.length)
  const transferred = Math.min(SCARCE_UNITS.near, competing.length - shipped)
  counts.ship += shipped
  counts.transfer += transferred
  // Who of the competing came first is not foretold; whoever came too late goes by urgency.
  for (const order of competing) {
    const way = went.get(order.orderKey)
    if (way !== 'ship' && way !== 'transfer') counts[order.urgent ? 'purchase' : 'backorder']++
  }
  return counts
}
