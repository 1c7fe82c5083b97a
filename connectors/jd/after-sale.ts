import type { AfterSale } from '../kit/after-sale.ts'
import { type Fields, textOf } from '../kit/said.ts'
import { fenOf } from './amounts.ts'

/** `status` of `jingdong.pop.afs.soa.refundapply.queryPageList`: 3, 6 and 9 have paid the money back. */
const STATUS: Readonly<Record<string, AfterSale>> = {
  '0': 'refunding',
  '1': 'refunding',
  '2': 'refund-closed',
  '3': 'refunded',
  '4': 'refund-closed',
  '5': 'refunding',
  '6': 'refunded',
  '7': 'refunding',
  '8': 'refunding',
  '9': 'refunded',
  '10': 'refunding',
  '11': 'refund-closed',
  '16': 'refunding',
  '17': 'refunding',
  '18': 'refund-closed',
  '19': 'refunding',
  '27': 'refunding',
}

/**
 * Where the after-sale of an order stands. Refunds of JD name no line, so only the whole is told: it counts as
 * refunded once it was cancelled, or as much as was paid came back.
 * @param refunds its applications for a refund; of an unknown status they count as open
 */
export function afterSaleOf(order: Fields, refunds: readonly Fields[]): AfterSale {
  const states = refunds.map(({ status }) => STATUS[textOf(status)] ?? 'refunding')
  if (states.includes('refunding')) return 'refunding'
  if (states.includes('refunded')) {
    const backFen = refunds
      .filter((_refund, index) => states[index] === 'refunded')
      .reduce((sum, { applyRefundSum }) => sum + Number(textOf(applyRefundSum)), 0)
    const isWhole =
      textOf(order.orderState) === 'TRADE_CANCELED' || backFen >= (fenOf(order.orderPayment) ?? 0)
    return isWhole ? 'refunded' : 'none'
  }
  return states.length > 0 ? 'refund-closed' : 'none'
}
