import { type AfterSale, afterSaleOfLines } from '../kit/after-sale.ts'
import { type Fields, textOf } from '../kit/said.ts'

/** `after_sales_status` of orders and refunds, as the order interface of Pinduoduo lists them. */
const STATUS: Readonly<Record<string, AfterSale>> = {
  '0': 'none',
  '2': 'refunding',
  '3': 'refunding',
  '4': 'refunding',
  '5': 'refunding',
  '6': 'refunding',
  '7': 'refunding',
  '8': 'refunding',
  '9': 'refund-closed',
  '10': 'refunded',
  '11': 'refund-closed',
  '12': 'refund-closed',
  '13': 'refund-closed',
  // Exchanges, missing goods sent after, repairs: open, then ended without money going back.
  '14': 'refunding',
  '15': 'refunding',
  '16': 'refund-closed',
  '17': 'refund-closed',
  '18': 'refunding',
  '21': 'refunding',
  '22': 'refunding',
  '24': 'refund-closed',
  '25': 'refund-closed',
  '27': 'refunding',
  '31': 'refunding',
  '32': 'refunding',
}

/** `refund_status` of orders: coarser, so it counts only where the other says nothing known. */
const REFUND_STATUS: Readonly<Record<string, AfterSale>> = {
  '2': 'refunding',
  '3': 'refunding',
  '4': 'refunded',
}

/** Where the after-sale of an order stands, of the whole and of each of its lines. */
export interface AfterSales {
  readonly order: AfterSale
  readonly lines: readonly AfterSale[]
}

/**
 * @param order an order of Pinduoduo
 * @param lines its `item_list`
 * @param refunds its refunds, oldest first; they tell the lines of an order apart
 */
export function afterSalesOf(
  order: Fields,
  lines: readonly Fields[],
  refunds: readonly Fields[],
): AfterSales {
  const whole =
    STATUS[textOf(order.after_sales_status)] ?? REFUND_STATUS[textOf(order.refund_status)] ?? 'none'
  if (lines.length < 2 || refunds.length === 0) return { order: whole, lines: lines.map(() => whole) }
  const each = lines.map(line => {
    const last = refunds.findLast(refund => textOf(refund.sku_id) === textOf(line.sku_id))
    return last ? (STATUS[textOf(last.after_sales_status)] ?? whole) : 'none'
  })
  return { order: afterSaleOfLines(each), lines: each }
}
