import { hash } from 'node:crypto'
import { CARRIERS } from '../kit/carriers.ts'
import { shanghaiText } from '../kit/shanghai-time.ts'
import type { SimLine, SimOrder, SimRefund, SimShop } from '../simulators/shop.ts'

/** A document as it goes over the wire: ids beyond 2^53 are bare digits. */
export type Wire = Readonly<Record<string, unknown>>

const STATUS = {
  created: 'WAIT_BUYER_PAY',
  paid: 'WAIT_SELLER_SEND_GOODS',
  'on-hold': 'PAID_FORBID_CONSIGN',
  shipped: 'WAIT_BUYER_CONFIRM_GOODS',
  signed: 'TRADE_FINISHED',
  closed: 'TRADE_CLOSED_BY_TAOBAO',
  refunded: 'TRADE_CLOSED',
} as const satisfies Readonly<Record<SimOrder['status'], string>>

const REFUND_STATUS = {
  asked: 'WAIT_SELLER_AGREE',
  agreed: 'WAIT_BUYER_RETURN_GOODS',
  returning: 'WAIT_SELLER_CONFIRM_GOODS',
  refunded: 'SUCCESS',
  closed: 'CLOSED',
} as const satisfies Readonly<Record<SimRefund['status'], string>>

const yuan = (fen: number) => (fen / 100).toFixed(2)

/** A trade of one line gives the line its own number. */
export function oidOf(order: SimOrder, line: SimLine): bigint {
  const tid = BigInt(order.id)
  return order.lines.length === 1 ? tid : tid + BigInt(order.lines.indexOf(line) + 1)
}

export const oaidOf = (order: SimOrder): string => `1${Buffer.from(`oaid ${order.id}`).toString('base64url')}`

/** Every field of a trade in the platform's words; what does not apply yet is absent. */
export function tradeOf(shop: SimShop, order: SimOrder): Wire {
  const { buyer, lines, parcels } = order
  const goods = lines.reduce((sum, { listing, quantity }) => sum + listing.priceFen * quantity, 0)
  const isPart = order.status === 'shipped' && lines.some(line => !parcelOf(order, line))
  return {
    tid: BigInt(order.id),
    tid_str: order.id,
    status: isPart ? 'SELLER_CONSIGNED_PART' : STATUS[order.status],
    type: 'fixed',
    shipping_type: 'express',
    payment: yuan(order.paidFen),
    total_fee: yuan(goods),
    post_fee: yuan(order.freightFen),
    discount_fee: '0.00',
    adjust_fee: '0.00',
    received_payment: order.signedAt ? yuan(order.paidFen) : '0.00',
    created: shanghaiText(order.createdAt),
    modified: shanghaiText(order.modifiedAt),
    ...(order.paidAt && { pay_time: shanghaiText(order.paidAt) }),
    ...(order.shippedAt && parcels.length > 0 && { consign_time: shanghaiText(order.shippedAt) }),
    ...((order.signedAt ?? order.closedAt) && {
      end_time: shanghaiText((order.signedAt ?? order.closedAt)!),
    }),
    buyer_nick: `t**${order.number % 10}`,
    buyer_open_uid: `AAH${hash('sha1', buyer.phone, 'base64url')}`,
    seller_nick: shop.name,
    num: lines.reduce((sum, { quantity }) => sum + quantity, 0),
    num_iid: Number(lines[0]!.listing.productId),
    price: yuan(lines[0]!.listing.priceFen),
    title: shop.name,
    receiver_name: `${buyer.name.slice(0, 1)}**`,
    receiver_state: buyer.province,
    receiver_city: buyer.city,
    receiver_district: buyer.district,
    receiver_town: buyer.street,
    receiver_address: `${buyer.detail.slice(0, 1)}**${buyer.detail.replace(/.*?([路道街]).*/, '$1')}***号`,
    receiver_zip: '000000',
    receiver_mobile: `*******${buyer.phone.slice(-4)}`,
    oaid: oaidOf(order),
    seller_flag: order.urgent ? 1 : 0,
    seller_memo: order.sellerNote,
    trade_memo: order.sellerNote,
    buyer_message: order.buyerNote,
    orders: { order: lines.map(line => lineOf(order, line)) },
    ...(goods + order.freightFen > order.paidFen && {
      promotion_details: { promotion_detail: [promotionOf(order, goods + order.freightFen - order.paidFen)] },
    }),
  }
}

const promotionOf = (order: SimOrder, discountFen: number): Wire => ({
  id: BigInt(order.id),
  promotion_name: '店铺满减',
  discount_fee: yuan(discountFen),
  promotion_id: 'shopbonus-1_1-1',
})

const parcelOf = (order: SimOrder, line: SimLine) =>
  order.parcels.find(({ lineIds }) => lineIds.includes(line.lineId))

function lineOf(order: SimOrder, line: SimLine): Wire {
  const { listing, quantity, paidFen } = line
  const total = listing.priceFen * quantity
  const refund = order.refunds.findLast(({ lineId }) => lineId === line.lineId)
  const parcel = parcelOf(order, line)
  return {
    oid: oidOf(order, line),
    num_iid: Number(listing.productId),
    sku_id: listing.skuId,
    outer_iid: listing.sku.split('-')[0],
    outer_sku_id: listing.sku,
    title: listing.title,
    price: yuan(listing.priceFen),
    num: quantity,
    total_fee: yuan(total),
    payment: yuan(paidFen),
    divide_order_fee: yuan(paidFen),
    part_mjz_discount: '0.00',
    discount_fee: yuan(total - paidFen),
    adjust_fee: '0.00',
    sku_properties_name: listing.spec.map(([name, value]) => `${name}:${value}`).join(';'),
    refund_status: refund ? refundStatus(refund) : 'NO_REFUND',
    status: order.status === 'shipped' && !parcel ? STATUS.paid : STATUS[order.status],
    pic_path: 'https://img.alicdn.com/bao/uploaded/demo.jpg',
    cid: 50_000_436,
    buyer_rate: false,
    seller_rate: false,
    seller_type: 'B',
    ...(refund && { refund_id: refund.id }),
    ...(parcel && {
      consign_time: shanghaiText(parcel.at),
      logistics_company: carrierName(parcel.carrier),
      invoice_no: parcel.number,
    }),
  }
}

/** Parcels keep the code they were shipped with; trades tell the company's name. */
const carrierName = (code: string): string =>
  Object.values(CARRIERS).find(({ taobao }) => taobao === code)?.zh ?? code

/** What the trade alone says of its lines, in no list. */
export function fullTradeOf(shop: SimShop, order: SimOrder): Wire {
  const trade = tradeOf(shop, order)
  const lines = order.lines.map(line => ({
    ...lineOf(order, line),
    oid_str: String(oidOf(order, line)),
    is_oversold: false,
  }))
  return { ...trade, orders: { order: lines } }
}

const refundStatus = ({ status, kind }: SimRefund): string =>
  kind === 'refund' && status === 'agreed' ? REFUND_STATUS.asked : REFUND_STATUS[status]

export function refundOf(shop: SimShop, refund: SimRefund): Wire {
  const order = shop.order(refund.orderId)!
  const line = order.lines.find(({ lineId }) => lineId === refund.lineId)!
  const { listing } = line
  const isReturn = refund.kind === 'return'
  const spec = listing.spec.map(([name, value]) => `${name}:${value}`).join(';')
  return {
    refund_id: refund.id,
    tid: BigInt(order.id),
    oid: oidOf(order, line),
    buyer_nick: `t**${order.number % 10}`,
    seller_nick: shop.name,
    total_fee: yuan(listing.priceFen * line.quantity),
    refund_fee: yuan(refund.amountFen),
    payment: '0.00',
    status: refundStatus(refund),
    order_status: STATUS[order.status],
    good_status:
      order.parcels.length === 0
        ? 'BUYER_NOT_RECEIVED'
        : refund.waybill
          ? 'BUYER_RETURNED_GOODS'
          : 'BUYER_RECEIVED',
    has_good_return: isReturn,
    refund_phase: order.signedAt ? 'aftersale' : 'onsale',
    dispute_type: isReturn ? 'REFUND_AND_RETURN' : 'REFUND',
    reason: refund.reason,
    desc: '',
    created: shanghaiText(refund.createdAt),
    modified: shanghaiText(refund.modifiedAt),
    num: refund.quantity,
    outer_id: listing.sku,
    sku: `${listing.skuId}|${spec}`,
    title: listing.title,
    price: yuan(listing.priceFen),
    company_name: refund.waybill ? carrierName(refund.waybill.carrier) : '',
    sid: refund.waybill?.number ?? '',
  }
}
