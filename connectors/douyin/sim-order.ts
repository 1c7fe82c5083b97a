import { hash } from 'node:crypto'
import { CARRIERS } from '../kit/carriers.ts'
import { unixSeconds } from '../kit/shanghai-time.ts'
import type { SimLine, SimOrder, SimParcel, SimRefund } from '../simulators/shop.ts'
import { ciphersOf } from './sim-ciphers.ts'

/** Who tells an order: the shop, and how many units of each line a parcel holds. */
export interface SimTeller {
  readonly shopId: string
  readonly name: string
  unitsIn(parcel: SimParcel, line: SimLine): number
}

const STATUS = {
  created: [1, '待支付'],
  'on-hold': [105, '已支付'],
  paid: [2, '备货中'],
  partly: [101, '部分发货'],
  shipped: [3, '已发货'],
  signed: [5, '已完成'],
  closed: [4, '已取消'],
  refunded: [4, '已取消'],
} as const

/** `after_sale_status` and `refund_status` of a line. A withdrawn refund stays "pending" in the second, as documented. */
export function refundCodes({ kind, status }: SimRefund): readonly [number, number] {
  if (status === 'asked') return [6, 1]
  if (status === 'agreed') return kind === 'return' ? [7, 1] : [12, 2]
  if (status === 'returning') return [11, 1]
  return status === 'refunded' ? [12, 3] : [28, 1]
}

export const seconds = (at: Date | undefined): number => (at ? unixSeconds(at) : 0)

export function skuOrderId(order: SimOrder, line: SimLine): string {
  return order.lines.length === 1
    ? order.id
    : String(BigInt(order.id) + BigInt(order.lines.indexOf(line) + 1))
}

export const isPartlyShipped = (order: SimOrder, teller: SimTeller): boolean =>
  order.status === 'shipped' && order.lines.some(line => shippedUnits(order, line, teller) < line.quantity)

export const shippedUnits = (order: SimOrder, line: SimLine, teller: SimTeller): number =>
  order.parcels.reduce((sum, parcel) => sum + teller.unitsIn(parcel, line), 0)

/** `order_status` and what the platform calls it. */
export const orderStatus = (order: SimOrder, teller: SimTeller): readonly [number, string] =>
  STATUS[isPartlyShipped(order, teller) ? 'partly' : order.status]

/** A shop order as `order.searchList` and `order.orderDetail` tell it. bigint stands for a bare number. */
export function simOrderRow(order: SimOrder, teller: SimTeller) {
  const { buyer } = order
  const ciphers = ciphersOf(order)
  const goodsFen = order.lines.reduce((sum, { listing, quantity }) => sum + listing.priceFen * quantity, 0)
  const offFen = goodsFen + order.freightFen - order.paidFen
  const place = {
    province: { name: buyer.province, id: '33' },
    city: { name: buyer.city, id: '330100' },
    town: { name: buyer.district, id: '330110' },
    street: { name: buyer.street, id: '330110012' },
  }
  const [status, statusText] = orderStatus(order, teller)
  return {
    shop_id: Number(teller.shopId),
    shop_name: teller.name,
    order_id: order.id,
    order_level: 2,
    biz: 2,
    biz_desc: '小店自卖',
    order_type: 0,
    order_type_desc: '普通订单',
    order_status: status,
    order_status_desc: statusText,
    main_status: status,
    main_status_desc: statusText,
    create_time: seconds(order.createdAt),
    pay_time: seconds(order.paidAt),
    update_time: seconds(order.modifiedAt),
    finish_time: seconds(order.signedAt ?? order.closedAt),
    ship_time: seconds(order.shippedAt),
    exp_ship_time: order.paidAt ? seconds(order.paidAt) + 172_800 : 0,
    order_expire_time: 1_800,
    order_amount: goodsFen,
    pay_amount: order.paidFen,
    post_amount: order.freightFen,
    modify_amount: 0,
    promotion_amount: offFen,
    promotion_shop_amount: offFen,
    promotion_platform_amount: 0,
    promotion_talent_amount: 0,
    pay_type: 1,
    channel_payment_no: order.paidAt ? `TT${order.id}` : '',
    cancel_reason: order.status === 'closed' ? '不想要' : '',
    buyer_words: order.buyerNote,
    seller_words: order.sellerNote,
    // 5 is the red flag.
    seller_remark_stars: order.urgent ? 5 : 0,
    open_id: '',
    doudian_open_id: `1@#${hash('sha256', buyer.phone, 'base64')}`,
    post_receiver: '',
    post_tel: '',
    encrypt_post_receiver: ciphers.name,
    encrypt_post_tel: ciphers.phone,
    post_addr: { ...place, detail: '', encrypt_detail: ciphers.detail },
    mask_post_receiver: `${buyer.name[0]}*`,
    mask_post_tel: `${buyer.phone[0]}*********${buyer.phone.at(-1)}`,
    mask_post_addr: { ...place, detail: `${buyer.detail[0]}***` },
    logistics_info: order.parcels.map(parcel => parcelRow(order, parcel, teller)),
    address_tag_ui: [],
    user_tag_ui: [],
    shop_order_tag_ui: [],
    sku_order_list: order.lines.map(line => skuRow(order, line, status, statusText)),
  }
}

function parcelRow(order: SimOrder, parcel: SimParcel, teller: SimTeller) {
  return {
    tracking_no: parcel.number,
    company: parcel.carrier,
    company_name: carrierName(parcel.carrier),
    ship_time: seconds(parcel.at),
    delivery_id: `7${order.id.slice(1)}`,
    product_info: order.lines
      .filter(line => teller.unitsIn(parcel, line) > 0)
      .map(line => ({
        product_name: line.listing.title,
        price: line.listing.priceFen,
        outer_sku_id: line.listing.sku,
        sku_id: BigInt(line.listing.skuId),
        product_count: teller.unitsIn(parcel, line),
        product_id: BigInt(line.listing.productId),
        sku_order_id: skuOrderId(order, line),
      })),
  }
}

export const carrierName = (code: string): string =>
  Object.values(CARRIERS).find(({ douyin }) => douyin === code)?.zh ?? code

function skuRow(order: SimOrder, line: SimLine, status: number, statusText: string) {
  const { listing, quantity, paidFen } = line
  const sumFen = listing.priceFen * quantity
  const refund = order.refunds.findLast(({ lineId }) => lineId === line.lineId)
  const [afterSale, money] = refund ? refundCodes(refund) : [0, 0]
  return {
    order_id: skuOrderId(order, line),
    parent_order_id: order.id,
    order_level: 3,
    order_status: status,
    order_status_desc: statusText,
    product_id: BigInt(listing.productId),
    product_id_str: listing.productId,
    product_name: listing.title,
    product_pic: 'https://p3-aio.ecombdimg.com/demo.jpg',
    sku_id: BigInt(listing.skuId),
    code: listing.sku,
    out_sku_id: '0',
    out_product_id: '0',
    spec: listing.spec.map(([name, value]) => ({ name, value })),
    item_num: quantity,
    goods_type: 0,
    origin_amount: listing.priceFen,
    sum_amount: sumFen,
    order_amount: sumFen,
    pay_amount: paidFen,
    post_amount: 0,
    promotion_amount: sumFen - paidFen,
    promotion_shop_amount: sumFen - paidFen,
    promotion_platform_amount: 0,
    promotion_talent_amount: 0,
    modify_amount: 0,
    pay_time: seconds(order.paidAt),
    create_time: seconds(order.createdAt),
    update_time: seconds(order.modifiedAt),
    finish_time: seconds(order.signedAt ?? order.closedAt),
    ship_time: seconds(order.shippedAt),
    logistics_receipt_time: seconds(order.signedAt),
    confirm_receipt_time: seconds(order.signedAt),
    exp_ship_time: order.paidAt ? seconds(order.paidAt) + 172_800 : 0,
    reduce_stock_type: 1,
    inventory_list: [
      {
        warehouse_id: '',
        out_warehouse_id: '',
        inventory_type: 1,
        inventory_type_desc: '普通库存',
        count: quantity,
        warehouse_type: 0,
      },
    ],
    after_sale_info: {
      after_sale_status: afterSale,
      after_sale_type: refund ? refundType(order, refund) : 0,
      refund_status: money,
    },
    trade_type: 0,
    given_product_type: '',
    master_sku_order_id_list: [],
  }
}

/** 0 goods and money back, 1 money back after shipping, 2 money back before. */
export const refundType = (order: SimOrder, { kind }: SimRefund): number =>
  kind === 'return' ? 0 : order.shippedAt ? 1 : 2
