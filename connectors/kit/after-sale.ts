/** Where an after-sale stands: an axis of its own beside the order's status. */
export type AfterSale = 'none' | 'refunding' | 'refunded' | 'refund-closed'

/**
 * What the states of its lines make of an order: `refunding` while any line is, `refunded` once all are. Where
 * only some were refunded the order goes on, and only its lines tell.
 */
export function afterSaleOfLines(lines: readonly AfterSale[]): AfterSale {
  if (lines.includes('refunding')) return 'refunding'
  if (lines.length > 0 && lines.every(line => line === 'refunded')) return 'refunded'
  return lines.includes('refund-closed') && !lines.includes('refunded') ? 'refund-closed' : 'none'
}
