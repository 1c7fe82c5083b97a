import { carrierOf } from '../kit/carriers.ts'
import { type Fields, partOf, rowsOf, textAt } from '../kit/said.ts'
import { fromAopTime } from './aop-time.ts'
import { idOf } from './find-purchase.ts'
import { fenOf } from './money.ts'
import { readPurchase } from './order-list.ts'
import type { Context1688 } from './settings.ts'

/** How far a purchase is: the words of an order, seen from the buyer. */
export interface PurchaseState {
  readonly purchaseId: string
  readonly status: string
  /** `none`, `refunding`, `refunded` or `refund-closed`. */
  readonly afterSale: string
  readonly supplier: string
  readonly totalFen: number
  readonly postFen: number
  readonly createdAt?: Date
  readonly paidAt?: Date
  readonly shippedAt?: Date
  readonly parcels: readonly { readonly carrier: string; readonly waybill: string }[]
}

/** Source: `baseInfo.status` of alibaba.trade.get.buyerView. */
const STATUS: Readonly<Record<string, string>> = {
  waitbuyerpay: 'created',
  waitsellersend: 'paid',
  waitlogisticstakein: 'shipped',
  waitbuyerreceive: 'shipped',
  waitbuyersign: 'shipped',
  signinsuccess: 'signed',
  confirm_goods: 'signed',
  success: 'signed',
  cancel: 'closed',
  terminated: 'closed',
}

const AFTER_SALE: Readonly<Record<string, string>> = {
  waitselleragree: 'refunding',
  waitbuyermodify: 'refunding',
  waitbuyersend: 'refunding',
  waitsellerreceive: 'refunding',
  refundsuccess: 'refunded',
  refundclose: 'refund-closed',
}

/** Reads a purchase back. A status nobody told us of stays as it is. @throws ConnectorError */
export const purchaseState = async (id: string, context: Context1688): Promise<PurchaseState> =>
  stateOf(await readPurchase(context, id))

/** What the result of alibaba.trade.get.buyerView says. */
export function stateOf(order: Fields): PurchaseState {
  const base = partOf(order, 'baseInfo')
  const lines = rowsOf(order.productItems).map(item => textAt(item, 'refundStatus') ?? '')
  const isRefunded = lines.length > 0 && lines.every(line => line === 'refundsuccess')
  const status = textAt(base, 'status') ?? ''
  const createdAt = fromAopTime(base.createTime)
  const paidAt = fromAopTime(base.payTime)
  const shippedAt = fromAopTime(base.allDeliveredTime)
  return {
    purchaseId: idOf(order),
    status: isRefunded ? 'refunded' : (STATUS[status] ?? status),
    afterSale: isRefunded ? 'refunded' : afterSaleOf([...lines, textAt(base, 'refundStatus') ?? '']),
    supplier: textAt(base, 'sellerLoginId') ?? '',
    totalFen: fenOf(base.totalAmount) ?? 0,
    postFen: fenOf(base.shippingFee) ?? 0,
    ...(createdAt && { createdAt }),
    ...(paidAt && { paidAt }),
    ...(shippedAt && { shippedAt }),
    parcels: rowsOf(partOf(order, 'nativeLogistics').logisticsItems).flatMap(item => {
      const waybill = textAt(item, 'logisticsBillNo')
      return waybill ? { waybill, carrier: companyOf(textAt(item, 'logisticsCompanyName') ?? '') } : []
    }),
  }
}

function afterSaleOf(statuses: readonly string[]): string {
  const states = statuses.filter(status => status !== '').map(status => AFTER_SALE[status] ?? 'refunding')
  if (states.includes('refunding')) return 'refunding'
  return states.includes('refund-closed') ? 'refund-closed' : 'none'
}

/** `圆通速递(YTO)` is named twice. */
const companyOf = (name: string): string => carrierOf(name.replace(/[（(].*$/, ''))
