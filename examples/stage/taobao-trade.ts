import {
  type ChannelOrder,
  goodsFen,
  type PlatformDocument,
  paidFen,
  shanghaiTime,
  steadyId,
  yuanText,
} from './channel-order.ts'

/**
 * The trade of `taobao.trade.fullinfo.get`: yuan as text, Shanghai time as text, `tid` and `oid` as bare
 * 19-digit numbers. The receiver is readable, as after `taobao.top.oaid.decrypt`.
 */
export function taobaoTrade(order: ChannelOrder): PlatformDocument {
  const { buyer } = order
  const goods = goodsFen(order)
  return {
    tid: BigInt(order.orderId),
    status: 'WAIT_SELLER_SEND_GOODS',
    type: 'fixed',
    shipping_type: 'express',
    payment: yuanText(paidFen(order)),
    total_fee: yuanText(goods),
    post_fee: yuanText(order.postageFen),
    discount_fee: yuanText(goods + order.postageFen - paidFen(order)),
    adjust_fee: '0.00',
    received_payment: '0.00',
    created: shanghaiTime(order.orderedAt),
    modified: shanghaiTime(order.paidAt),
    buyer_nick: `t**${buyer.phone.slice(-1)}`,
    buyer_open_uid: `AAH${buyer.phone}`,
    seller_nick: order.shop,
    num: order.lines.reduce((sum, line) => sum + line.quantity, 0),
    num_iid: steadyId(order.lines[0]?.product.title ?? '', 680_000_000_000),
    price: yuanText(order.lines[0]?.product.priceFen ?? 0),
    title: order.shop,
    receiver_name: buyer.name,
    receiver_state: buyer.province,
    receiver_city: buyer.city,
    receiver_district: buyer.district,
    receiver_town: buyer.street,
    receiver_address: buyer.detail,
    receiver_zip: '000000',
    receiver_mobile: buyer.phone,
    oaid: `1${order.orderId}`,
    seller_flag: order.urgent ? 1 : 0,
    seller_memo: order.sellerNote,
    buyer_message: order.buyerNote,
    orders: { order: order.lines.map((line, index) => tradeLine(order, line, index)) },
    pay_time: shanghaiTime(order.paidAt),
    tid_str: order.orderId,
    trade_memo: '',
  }
}

function tradeLine(
  order: ChannelOrder,
  line: ChannelOrder['lines'][number],
  index: number,
): PlatformDocument {
  const { product, quantity } = line
  // A trade of one line gives the line its own number.
  const oid = order.lines.length === 1 ? order.orderId : String(BigInt(order.orderId) + BigInt(index + 1))
  const total = product.priceFen * quantity
  return {
    oid: BigInt(oid),
    num_iid: steadyId(product.title, 680_000_000_000),
    sku_id: String(steadyId(product.sku, 5_300_000_000_000)),
    outer_iid: product.sku.split('-')[0],
    outer_sku_id: product.sku,
    title: product.title,
    price: yuanText(product.priceFen),
    num: quantity,
    total_fee: yuanText(total),
    payment: yuanText(line.paidFen),
    divide_order_fee: yuanText(line.paidFen),
    part_mjz_discount: '0.00',
    discount_fee: yuanText(total - line.paidFen),
    adjust_fee: '0.00',
    sku_properties_name: product.spec.map(([name, value]) => `${name}:${value}`).join(';'),
    refund_status: 'NO_REFUND',
    status: 'WAIT_SELLER_SEND_GOODS',
    cid: 50_000_436,
    buyer_rate: false,
    seller_rate: false,
    seller_type: 'B',
    oid_str: oid,
    is_oversold: false,
  }
}
