import { type Fields, listOf, recordOf, textOf } from '../kit/said.ts'
import { afterSaleOf } from './after-sale.ts'
import { fenOf, shared } from './amounts.ts'
import { jdCarrier } from './carriers.ts'
import { receiverOf } from './receiver.ts'

/**
 * An order as we hand it over: JD's own object and, under names that begin with an underscore, what it says only
 * together with its refunds.
 * @param refunds its applications for a refund, oldest first
 */
export function orderDocument(order: Fields, refunds: readonly Fields[]): Fields {
  const lines = listOf(order.itemInfoList).map(recordOf)
  const paid = linesPaidFen(order, lines)
  const [waybill = ''] = textOf(order.waybill).split(/[,，;；|]/)
  const carrier = jdCarrier(textOf(order.logisticsId))
  return {
    ...order,
    itemInfoList: lines.map((line, index) => ({ ...line, ...(paid && { _paidFen: paid[index] }) })),
    _receiver: receiverOf(recordOf(order.consigneeInfo)),
    _version: versionOf(order, refunds),
    _afterSale: afterSaleOf(order, refunds),
    ...(waybill !== '' && { _waybill: waybill.trim(), ...(carrier !== '' && { _carrier: carrier }) }),
    ...(refunds.length > 0 && { _refunds: refunds }),
  }
}

/** `modified` has whole seconds, and need not move when only a refund does. */
function versionOf(order: Fields, refunds: readonly Fields[]): string {
  const rows = refunds.flatMap(({ id, status, checkTime }) => [id, status, checkTime])
  return [order.modified, order.orderState, order.waybill, ...rows].map(textOf).join('|')
}

/** The goods' price after discounts is told for the whole order: its lines share it by their list prices. */
function linesPaidFen(order: Fields, lines: readonly Fields[]): readonly number[] | undefined {
  const goodsFen = fenOf(order.orderSellerPrice)
  if (goodsFen === undefined) return undefined
  const prices = lines.map(({ jdPrice, itemTotal }) => (fenOf(jdPrice) ?? 0) * Number(textOf(itemTotal)))
  return prices.every(Number.isSafeInteger) ? shared(goodsFen, prices) : undefined
}
