import { type AfterSale, afterSaleOfLines } from '../kit/after-sale.ts'
import { type Fields, numberOf, recordOf, rowsOf, textOf } from '../kit/said.ts'

const SUCCESS = 12
const EXCHANGED = 14
const REVERSED = 53
/** Failed or withdrawn, cancelled. `refund_status` stays "pending" then and says nothing. */
const CLOSED: ReadonlySet<number> = new Set([28, 51])
const DONE: ReadonlySet<number> = new Set([SUCCESS, EXCHANGED, REVERSED])

const MONEY_BACK = 3
const MONEY_ON_ITS_WAY: ReadonlySet<number> = new Set([1, 2])
/** A part of the price is given back; the goods stay sold. */
const PRICE_PROTECTION = 6

/**
 * Where the after-sale of one line stands, from `after_sale_info` of its sku order. Refusals (27, 29) are open: the
 * buyer may still object. A state nobody documented counts as open, so that nothing is shipped by mistake.
 */
export function lineAfterSale(skuOrder: Fields): AfterSale {
  const info = recordOf(skuOrder.after_sale_info)
  const status = numberOf(info.after_sale_status)
  const money = numberOf(info.refund_status)
  if (status === 0) return 'none'
  if (CLOSED.has(status)) return 'refund-closed'
  if (!DONE.has(status)) return 'refunding'
  if (numberOf(info.after_sale_type) === PRICE_PROTECTION) return 'none'
  if (money === MONEY_BACK) return 'refunded'
  return status === SUCCESS && MONEY_ON_ITS_WAY.has(money) ? 'refunding' : 'none'
}

/** Of the whole order, by its lines. Gifts have no after-sale of their own and do not count beside goods. */
export function orderAfterSale(order: Fields): AfterSale {
  const lines = rowsOf(order.sku_order_list)
  const goods = lines.filter(line => textOf(line.given_product_type) !== 'FREE')
  return afterSaleOfLines((goods.length > 0 ? goods : lines).map(lineAfterSale))
}
