import type { BatchReport } from '../engine/batch-report.ts'
import type { OrderDoc } from '../store/order-doc.ts'

/** What an order that was just decided sold. */
export interface Sold {
  readonly sku: string
  readonly units: number
  /** When the buyer ordered, in ms. */
  readonly orderedAt: number
}

/** Orders in these states on their platform sell nothing. */
const GONE: ReadonlySet<string> = new Set(['closed', 'refunded'])

/**
 * The units a batch sold: those ordered, whether or not stock could be held for them, because it is the wish of the
 * buyers that runs a channel into overselling. Each order counts once: repeats, returns, later changes of an order
 * and runs that only went on do not.
 */
export function* unitsSold({
  orders,
  earlierSteps,
}: Pick<BatchReport, 'orders' | 'earlierSteps'>): Iterable<Sold> {
  for (const doc of orders.values()) {
    if (!sells(doc) || earlierSteps.has(doc.run)) continue
    const orderedAt = doc.order.orderedAt.getTime()
    for (const { sku, quantity } of doc.order.items) yield { sku, units: quantity, orderedAt }
  }
}

const sells = ({ order, duplicateOf, firstEvent, event }: OrderDoc): boolean =>
  duplicateOf === undefined && firstEvent === event && order.kind !== 'return' && !GONE.has(order.status)
