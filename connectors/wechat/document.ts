import { type AfterSale, afterSaleOfLines } from '../kit/after-sale.ts'
import { carrierOf } from '../kit/carriers.ts'
import { stateOf, type WechatAfterSale } from './after-sale.ts'
import type { WechatLine, WechatOrder } from './order.ts'

/** An order as it came, and what we know of it beside: fields that begin with an underscore are ours. */
export interface OrderDocument extends WechatOrder {
  /** Changes with the order, and with the state of its after-sales alone. */
  readonly _version: string
  readonly _afterSale: AfterSale
  /** The first parcel. */
  readonly _waybill?: string
  readonly _carrier?: string
  readonly _refunds: readonly WechatAfterSale[]
}

// Cancelled after all of it was refunded.
const ALL_REFUNDED = 200

export function orderDocument(order: WechatOrder, afterSales: readonly WechatAfterSale[]): OrderDocument {
  const refunds = [...afterSales].sort((a, b) => (a.after_sale_order_id < b.after_sale_order_id ? -1 : 1))
  const lines = (order.order_detail?.product_infos ?? []).map(line => ({
    ...line,
    _afterSale: lineState(line, refunds),
  }))
  const states = refunds.map(({ after_sale_order_id, status }) => `${after_sale_order_id}:${status}`)
  const parcels = order.order_detail?.delivery_info?.delivery_product_info ?? []
  const parcel = parcels[0]
  return {
    ...order,
    ...(order.order_detail && { order_detail: { ...order.order_detail, product_infos: lines } }),
    // The time of change has whole seconds, within which an order may be paid and shipped.
    _version: [
      order.update_time ?? 0,
      order.status ?? 0,
      ...parcels.map(({ waybill_id }) => waybill_id ?? ''),
      ...states,
    ].join('|'),
    _afterSale:
      order.status === ALL_REFUNDED
        ? 'refunded'
        : afterSaleOfLines(lines.map(({ _afterSale }) => _afterSale)),
    ...(parcel?.waybill_id && { _waybill: parcel.waybill_id }),
    ...(parcel?.delivery_id && { _carrier: carrierOf(parcel.delivery_id) }),
    _refunds: refunds,
  }
}

function lineState(line: WechatLine, refunds: readonly WechatAfterSale[]): AfterSale {
  const units = line.sku_cnt ?? 0
  const isCountedOpen = (line.on_aftersale_sku_cnt ?? 0) > 0
  const own = refunds.filter(
    ({ product_info }) =>
      product_info?.product_id === line.product_id && product_info?.sku_id === line.sku_id,
  )
  const states = own.map(refund => stateOf(refund, isCountedOpen))
  if (states.includes('refunding') || (own.length === 0 && isCountedOpen)) return 'refunding'
  const refunded = own
    .filter((_, index) => states[index] === 'refunded')
    .reduce((sum, { product_info }) => sum + (product_info?.count ?? 0), 0)
  // The line counts what was refunded before we were let in, too.
  if (units > 0 && Math.max(refunded, line.finish_aftersale_sku_cnt ?? 0) >= units) return 'refunded'
  return refunded === 0 && states.includes('refund-closed') ? 'refund-closed' : 'none'
}
