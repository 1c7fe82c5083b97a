import { createHash } from 'node:crypto'
import { carrierCode } from '../kit/carriers.ts'
import { unixSeconds } from '../kit/shanghai-time.ts'
import type { SimLine, SimOrder, SimRefund } from '../simulators/shop.ts'

const DAY_S = 86_400

/** Units of each line that a parcel holds. */
export interface SimSent {
  readonly waybill: string
  readonly carrier: string
  readonly at: Date
  readonly units: readonly { readonly productId: string; readonly skuId: string; readonly count: number }[]
}

const STATUS = {
  created: 10,
  paid: 20,
  'on-hold': 12,
  shipped: 30,
  signed: 100,
  closed: 250,
  refunded: 200,
} as const satisfies Readonly<Record<SimOrder['status'], number>>
const PARTLY_SHIPPED = 21

const secondsOf = (at: Date | undefined): number => (at ? unixSeconds(at) : 0)

/** The same for all orders of one buyer. */
export const openIdOf = ({ buyer }: SimOrder): string =>
  `oSIM${createHash('sha1').update(buyer.phone).digest('base64url').slice(0, 24)}`

/** `order` of `order/get`, receiver masked. @param sent parcels, which may hold part of the order */
export function wireOrder(order: SimOrder, sent: readonly SimSent[]): unknown {
  const isPartly = order.status === 'paid' && sent.length > 0
  const goodsFen = order.lines.reduce((sum, line) => sum + line.listing.priceFen * line.quantity, 0)
  const paidFen = order.paidFen - order.freightFen
  const discountFen = goodsFen - paidFen
  const open = order.refunds.filter(isOpen)
  return {
    order_id: order.id,
    openid: openIdOf(order),
    unionid: '',
    status: isPartly ? PARTLY_SHIPPED : STATUS[order.status],
    create_time: unixSeconds(order.createdAt),
    update_time: unixSeconds(order.modifiedAt),
    order_detail: {
      product_infos: order.lines.map(line => wireLine(order, line)),
      pay_info: {
        prepay_id: `wx${order.number}`,
        prepay_time: unixSeconds(order.createdAt),
        pay_time: secondsOf(order.paidAt),
        transaction_id: order.paidAt ? `4200000000${order.id.slice(-18)}` : '',
        payment_method: 1,
      },
      price_info: {
        product_price: goodsFen,
        order_price: order.paidFen,
        freight: order.freightFen,
        discounted_price: discountFen,
        is_discounted: discountFen > 0,
        original_order_price: goodsFen + order.freightFen,
        estimate_product_price: paidFen,
        change_down_price: 0,
        change_freight: 0,
        is_change_freight: false,
        use_deduction: false,
        deduction_price: 0,
        merchant_receieve_price: order.paidFen,
        merchant_discounted_price: discountFen,
        finder_discounted_price: 0,
      },
      delivery_info: {
        address_info: wireAddress(order),
        delivery_product_info: sent.map(wireParcel),
        ship_done_time: secondsOf(order.shippedAt),
        deliver_method: 0,
        ewaybill_order_code: `SIM${order.number}`,
      },
      ext_info: {
        customer_notes: order.buyerNote,
        merchant_notes: order.urgent ? `加急 ${order.sellerNote}`.trim() : order.sellerNote,
        confirm_receipt_time: secondsOf(order.signedAt),
        order_scene: 2,
      },
      commission_infos: [],
      settle_info: { predict_commission_fee: 0, commission_fee: 0 },
    },
    aftersale_detail: {
      aftersale_order_list: order.refunds.map(({ id }) => ({ aftersale_order_id: id, status: 0 })),
      on_aftersale_order_cnt: open.length,
    },
  }
}

const isOpen = ({ status }: SimRefund): boolean => status !== 'refunded' && status !== 'closed'

function wireLine(order: SimOrder, { lineId, listing, quantity, paidFen }: SimLine): unknown {
  const refunds = order.refunds.filter(refund => refund.lineId === lineId)
  const units = (of: readonly SimRefund[]) => of.reduce((sum, refund) => sum + refund.quantity, 0)
  const discountFen = listing.priceFen * quantity - paidFen
  return {
    product_id: listing.productId,
    sku_id: listing.skuId,
    thumb_img: `https://store.mp.video.tencent-cloud.com/${listing.sku}.jpg`,
    sku_cnt: quantity,
    sale_price: listing.priceFen,
    market_price: listing.priceFen,
    real_price: paidFen,
    estimate_price: paidFen,
    title: listing.title,
    sku_code: listing.sku,
    out_product_id: '',
    out_sku_id: '',
    sku_attrs: listing.spec.map(([attr_key, attr_value]) => ({ attr_key, attr_value })),
    on_aftersale_sku_cnt: units(refunds.filter(isOpen)),
    finish_aftersale_sku_cnt: units(refunds.filter(({ status }) => status === 'refunded')),
    is_discounted: discountFen > 0,
    is_change_price: false,
    change_price: 0,
    out_warehouse_id: '0',
    sku_deliver_info: { stock_type: 0 },
    use_deduction: false,
    deduction_price: 0,
    merchant_discounted_price: discountFen,
    finder_discounted_price: 0,
    delivery_deadline: secondsOf(order.paidAt) && secondsOf(order.paidAt) + 2 * DAY_S,
    is_free_gift: 0,
  }
}

function wireAddress({ buyer }: SimOrder): unknown {
  return {
    user_name: `${buyer.name.slice(0, 1)}**`,
    postal_code: '000000',
    province_name: buyer.province,
    city_name: buyer.city,
    county_name: buyer.district,
    detail_info: `${buyer.street}***`,
    tel_number: `${buyer.phone.slice(0, 3)}****${buyer.phone.slice(-4)}`,
    house_number: '',
    use_tel_number: 0,
    tel_number_ext_info: {
      real_tel_number: '',
      virtual_tel_number: '',
      virtual_tel_expire_time: 0,
      get_virtual_tel_cnt: 0,
    },
    hash_code: `SIM${buyer.phone.slice(-4)}`,
  }
}

/** `address_info` and `virtual_number_info` of `order/sensitiveinfo/decode`. */
export function decodedAddress({ buyer }: SimOrder, virtualNumber: string, now: Date): unknown {
  return {
    address_info: {
      user_name: buyer.name,
      postal_code: '000000',
      province_name: buyer.province,
      city_name: buyer.city,
      county_name: buyer.district,
      detail_info: `${buyer.street}${buyer.detail}`,
      national_code: '',
      tel_number: virtualNumber ? `${buyer.phone.slice(0, 3)}****${buyer.phone.slice(-4)}` : buyer.phone,
      house_number: '',
      virtual_order_tel_number: '',
    },
    virtual_number_info: virtualNumber
      ? {
          virtual_number: virtualNumber,
          extension: buyer.phone.slice(-4),
          expiration: unixSeconds(now) + 30 * DAY_S,
          number_state: 1,
        }
      : {},
  }
}

function wireParcel({ waybill, carrier, at, units }: SimSent): unknown {
  return {
    waybill_id: waybill,
    delivery_id: carrierCode(carrier, 'wechat'),
    delivery_name: carrier,
    delivery_time: unixSeconds(at),
    deliver_type: 1,
    product_infos: units.map(({ productId, skuId, count }) => ({
      product_id: productId,
      sku_id: skuId,
      product_cnt: count,
    })),
  }
}

const AFTER_SALE_STATUS: Readonly<Record<SimRefund['kind'], Record<SimRefund['status'], string>>> = {
  refund: {
    asked: 'MERCHANT_PROCESSING',
    agreed: 'PLATFORM_REFUNDING',
    returning: 'PLATFORM_REFUNDING',
    refunded: 'MERCHANT_REFUND_SUCCESS',
    closed: 'USER_CANCELD',
  },
  return: {
    asked: 'MERCHANT_PROCESSING',
    agreed: 'USER_WAIT_RETURN',
    returning: 'MERCHANT_WAIT_RECEIPT',
    refunded: 'MERCHANT_RETURN_SUCCESS',
    closed: 'RETURN_CLOSED',
  },
}

/** `after_sale_order` of `aftersale/getaftersaleorder`. */
export function wireAfterSale(refund: SimRefund, order: SimOrder): unknown {
  const line = order.lines.find(({ lineId }) => lineId === refund.lineId)!
  const { waybill } = refund
  return {
    after_sale_order_id: refund.id,
    status: afterSaleStatus(refund),
    order_id: refund.orderId,
    openid: openIdOf(order),
    unionid: '',
    product_info: {
      product_id: line.listing.productId,
      sku_id: line.listing.skuId,
      count: refund.quantity,
    },
    details: {
      desc: refund.reason,
      receive_product: refund.kind === 'return',
      cancel_time: 0,
      media_id_list: [],
      tel_number: '',
    },
    refund_info: { amount: refund.amountFen, refund_reason: 1 },
    return_info: {
      waybill_id: waybill?.number ?? '',
      delivery_id: waybill ? carrierCode(waybill.carrier, 'wechat') : '',
      delivery_name: waybill?.carrier ?? '',
    },
    merchant_upload_info: { reject_reason: '', refund_certificates: [] },
    type: refund.kind === 'return' ? 'RETURN' : 'REFUND',
    reason: 'INCORRECT_SELECTION',
    reason_text: refund.reason,
    create_time: unixSeconds(refund.createdAt),
    update_time: unixSeconds(refund.modifiedAt),
    deadline: 2 * DAY_S,
  }
}

export const afterSaleStatus = (refund: SimRefund): string => AFTER_SALE_STATUS[refund.kind][refund.status]
