import { shanghaiText } from '../kit/shanghai-time.ts'
import type { SimOrder, SimRefund } from '../simulators/shop.ts'
import { simulatedLogisticsId } from './sim-carriers.ts'
import { simulatedCipher } from './sim-ciphers.ts'

const yuan = (fen: number) => fen / 100
const time = (at: Date | undefined) => (at ? shanghaiText(at) : null)
const TO_SHIP_MS = 48 * 3_600_000

/** `after_sales_status` of a refund. */
export function simulatedAfterSales({ status, kind }: SimRefund): number {
  if (status === 'asked') return kind === 'return' ? 3 : 2
  if (status === 'agreed') return kind === 'return' ? 7 : 4
  if (status === 'returning') return 7
  return status === 'refunded' ? 10 : 11
}

function refundStatus(order: SimOrder): number {
  if (order.status === 'refunded') return 4
  const last = order.refunds.at(-1)
  if (!last || last.status === 'closed' || last.status === 'refunded') return 1
  return last.status === 'asked' ? 2 : 3
}

/** An order as `pdd.order.information.get` and the lists of orders tell it: amounts in yuan as JSON numbers. */
export function simulatedOrder(order: SimOrder): Readonly<Record<string, unknown>> {
  const { buyer, lines, parcels } = order
  const goodsFen = lines.reduce((sum, { listing, quantity }) => sum + listing.priceFen * quantity, 0)
  const discountFen = goodsFen + order.freightFen - order.paidFen
  const [parcel, ...more] = parcels
  const isFormed = order.status !== 'created' && order.status !== 'closed'
  const toShip = order.status === 'paid'
  const cipher = (field: 'name' | 'phone' | 'detail' | 'full') =>
    toShip ? simulatedCipher(order.id, field) : ''
  const last = order.refunds.at(-1)
  return {
    order_sn: order.id,
    order_status: order.signedAt ? 3 : order.shippedAt ? 2 : 1,
    refund_status: refundStatus(order),
    after_sales_status: last ? simulatedAfterSales(last) : 0,
    confirm_status: order.status === 'created' ? 0 : order.status === 'closed' ? 2 : 1,
    group_status: isFormed ? 1 : 0,
    trade_type: 0,
    risk_control_status: order.status === 'on-hold' ? 1 : 0,
    is_lucky_flag: 1,
    created_time: time(order.createdAt),
    pay_time: time(order.paidAt),
    confirm_time: time(order.paidAt),
    shipping_time: time(order.shippedAt),
    receive_time: time(order.signedAt),
    last_ship_time: order.paidAt ? time(new Date(order.paidAt.getTime() + TO_SHIP_MS)) : null,
    updated_at: time(order.modifiedAt),
    goods_amount: yuan(goodsFen),
    discount_amount: yuan(discountFen),
    platform_discount: 0,
    seller_discount: yuan(discountFen),
    capital_free_discount: 0,
    postage: yuan(order.freightFen),
    pay_amount: yuan(order.paidFen),
    order_change_amount: 0,
    pay_no: order.paidAt ? `XP00${order.id.replace('-', '')}` : '',
    pay_type: 'WEIXIN',
    country: '中国',
    country_id: 1,
    province: buyer.province,
    province_id: 12,
    city: buyer.city,
    city_id: 162,
    town: buyer.district,
    town_id: 1_473,
    receiver_name: cipher('name'),
    receiver_name_mask: `${buyer.name.slice(0, 1)}*`,
    receiver_phone: cipher('phone'),
    receiver_phone_mask: `1*********${buyer.phone.slice(-1)}`,
    receiver_address: cipher('detail'),
    receiver_address_mask: `${buyer.detail.slice(0, 1)}***路***号`,
    address: cipher('full'),
    address_mask: `${buyer.province}${buyer.city}${buyer.district}${buyer.detail.slice(0, 1)}***`,
    buyer_memo: order.buyerNote,
    remark: order.sellerNote,
    remark_tag: order.urgent ? 1 : null,
    remark_tag_name: order.urgent ? '红色' : null,
    logistics_id: parcel ? simulatedLogisticsId(parcel.carrier) : 0,
    tracking_number: parcel?.number ?? '',
    invoice_status: 0,
    is_pre_sale: 0,
    pre_sale_time: '',
    free_sf: 0,
    return_freight_payer: 1,
    is_stock_out: 0,
    stock_out_handle_status: -1,
    mkt_biz_type: 0,
    item_list: lines.map(({ listing, quantity }) => ({
      goods_id: Number(listing.productId),
      goods_name: listing.title,
      goods_img: 'https://img.pddpic.com/demo.jpg',
      goods_price: yuan(listing.priceFen),
      goods_count: quantity,
      goods_spec: listing.spec.map(([, value]) => value).join(','),
      sku_id: Number(listing.skuId),
      outer_id: listing.sku,
      outer_goods_id: listing.sku.split('-')[0],
    })),
    gift_list: [],
    card_info_list: [],
    extra_delivery_list: more.map(({ carrier, number }) => ({
      logistics_id: simulatedLogisticsId(carrier),
      tracking_number: number,
    })),
    order_tag_list: [{ name: 'no_trace_delivery', value: 0 }],
    step_order_info: null,
  }
}

/** A row of `pdd.refund.list.increment.get`: its amounts are texts in yuan, and its type is one more than elsewhere. */
export function simulatedRefund(refund: SimRefund, order: SimOrder): Readonly<Record<string, unknown>> {
  const line = order.lines.find(({ lineId }) => lineId === refund.lineId) ?? order.lines[0]!
  const amount = (fen: number) => (fen / 100).toFixed(2)
  return {
    id: Number(refund.id),
    order_sn: order.id,
    after_sales_status: simulatedAfterSales(refund),
    after_sales_type: refund.kind === 'return' ? 3 : 2,
    after_sale_reason: refund.reason,
    refund_amount: amount(refund.amountFen),
    order_amount: amount(order.paidFen),
    discount_amount: amount(line.listing.priceFen * line.quantity - line.paidFen),
    goods_id: Number(line.listing.productId),
    goods_name: line.listing.title,
    goods_number: String(refund.quantity),
    goods_price: amount(line.listing.priceFen),
    good_image: 'https://img.pddpic.com/demo.jpg',
    sku_id: line.listing.skuId,
    outer_id: line.listing.sku,
    outer_goods_id: line.listing.sku.split('-')[0],
    tracking_number: refund.waybill?.number ?? order.parcels[0]?.number ?? '',
    shipping_name: refund.waybill?.carrier ?? '',
    confirm_time: time(order.paidAt),
    created_time: time(refund.createdAt),
    updated_time: time(refund.modifiedAt),
    speed_refund_flag: 0,
    speed_refund_status: '',
    user_shipping_status: order.shippedAt ? '2' : '1',
    dispute_refund_status: 0,
  }
}
