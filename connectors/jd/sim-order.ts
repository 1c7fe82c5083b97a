import { hash } from 'node:crypto'
import { shanghaiText } from '../kit/shanghai-time.ts'
import type { SimOrder, SimRefund } from '../simulators/shop.ts'

const yuan = (fen: number) => (fen / 100).toFixed(2)
const time = (at: Date | undefined) => (at ? shanghaiText(at) : '')

const REMARKS = {
  WAIT_SELLER_STOCK_OUT: '等待出库',
  WAIT_GOODS_RECEIVE_CONFIRM: '等待确认收货',
  FINISHED_L: '完成',
  TRADE_CANCELED: '取消',
  LOCKED: '锁定',
  PAUSE: '暂停',
} as const

/** `orderState`; undefined before it is paid: a search does not list such orders. */
export function simulatedState({ status, paidAt, refunds }: SimOrder): keyof typeof REMARKS | undefined {
  if (!paidAt) return undefined
  if (status === 'closed' || status === 'refunded') return 'TRADE_CANCELED'
  if (status === 'shipped') return 'WAIT_GOODS_RECEIVE_CONFIRM'
  if (status === 'signed') return 'FINISHED_L'
  if (status === 'on-hold') return 'PAUSE'
  const isAsked = refunds.some(refund => refund.status !== 'closed' && refund.status !== 'refunded')
  return isAsked ? 'LOCKED' : 'WAIT_SELLER_STOCK_OUT'
}

/** Receivers and buyers are told in texts nobody can read; the same buyer has the same. */
const encrypted = (text: string) => hash('sha256', text, 'base64').slice(0, 24)

/** An order as `jingdong.pop.order.enSearch` and `.enGet` tell it: every value a text, amounts in yuan. */
export function simulatedOrder(order: SimOrder): Readonly<Record<string, unknown>> {
  const { buyer, lines, parcels } = order
  const state = simulatedState(order)
  const goodsFen = lines.reduce((sum, { listing, quantity }) => sum + listing.priceFen * quantity, 0)
  const sellerFen = order.paidFen - order.freightFen
  const discountFen = goodsFen - sellerFen
  return {
    orderId: order.id,
    venderId: '10000001',
    orderType: '22',
    payType: '4-在线支付',
    orderState: state,
    orderStateRemark: state && REMARKS[state],
    orderTotalPrice: yuan(goodsFen),
    orderSellerPrice: yuan(sellerFen),
    orderPayment: yuan(order.paidFen),
    freightPrice: yuan(order.freightFen),
    sellerDiscount: yuan(discountFen),
    orderStartTime: time(order.createdAt),
    paymentConfirmTime: time(order.paidAt),
    orderEndTime: time(order.signedAt ?? order.closedAt),
    modified: time(order.modifiedAt),
    orderRemark: order.buyerNote,
    venderRemark: order.sellerNote,
    pin: `jd_${encrypted(buyer.phone).slice(0, 4)}***`,
    open_id_buyer: encrypted(`buyer ${buyer.phone}`),
    logisticsId: parcels.map(({ carrier }) => carrier).join('|'),
    waybill: parcels.map(({ number }) => number).join('|'),
    consigneeInfo: {
      fullname: encrypted(buyer.name),
      mobile: encrypted(buyer.phone),
      telephone: encrypted(buyer.phone),
      fullAddress: encrypted(buyer.detail),
      province: buyer.province.replace(/[省市]$/, ''),
      provinceId: '15',
      city: buyer.city,
      cityId: '1213',
      county: buyer.district,
      countyId: '3411',
      town: buyer.street,
      townId: '52667',
    },
    itemInfoList: lines.map(({ listing, quantity }) => ({
      skuId: listing.skuId,
      outerSkuId: listing.sku,
      skuName: `${listing.title} ${listing.spec.map(([, value]) => value).join(' ')}`,
      jdPrice: yuan(listing.priceFen),
      itemTotal: String(quantity),
      wareId: listing.productId,
      productNo: listing.sku.split('-')[0],
    })),
    couponDetailList:
      discountFen > 0
        ? [{ orderId: order.id, skuId: '', couponType: '100-店铺优惠', couponPrice: yuan(discountFen) }]
        : [],
  }
}

const REFUND_STATUS = { asked: 0, agreed: 1, returning: 17, refunded: 3, closed: 11 } as const

/** A row of `jingdong.pop.afs.soa.refundapply.queryPageList`: its amount is in fen. */
export function simulatedRefund(refund: SimRefund): Readonly<Record<string, unknown>> {
  const isDecided = refund.status !== 'asked'
  return {
    id: refund.id,
    orderId: refund.orderId,
    applyTime: time(refund.createdAt),
    checkTime: isDecided ? time(refund.modifiedAt) : null,
    applyRefundSum: refund.amountFen,
    status: REFUND_STATUS[refund.status],
    reason: refund.reason,
  }
}
