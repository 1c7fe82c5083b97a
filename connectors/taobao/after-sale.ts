export type AfterSale = 'none' | 'refunding' | 'refunded' | 'refund-closed'

/** `refund_status` of a line, and `status` of a refund. A refusal can still be appealed against. */
const STATES: Readonly<Record<string, AfterSale>> = {
  NO_REFUND: 'none',
  WAIT_SELLER_AGREE: 'refunding',
  WAIT_BUYER_RETURN_GOODS: 'refunding',
  WAIT_SELLER_CONFIRM_GOODS: 'refunding',
  SELLER_REFUSE_BUYER: 'refunding',
  SUCCESS: 'refunded',
  CLOSED: 'refund-closed',
}

/** What a refund's status means for its line; a status nobody told us of is a refund under way. */
export const lineAfterSale = (status: string | undefined): AfterSale =>
  status === undefined || status === '' ? 'none' : (STATES[status] ?? 'refunding')

/** What the lines of an order make of the whole: refunding while one is, refunded once all are. */
export function orderAfterSale(lines: readonly AfterSale[]): AfterSale {
  if (lines.includes('refunding')) return 'refunding'
  if (lines.length > 0 && lines.every(line => line === 'refunded')) return 'refunded'
  return lines.includes('refund-closed') ? 'refund-closed' : 'none'
}
