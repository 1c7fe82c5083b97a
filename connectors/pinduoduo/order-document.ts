import { fenFromYuan } from '../../server/nodes/mapping/decimal.ts'
import { type Fields, listOf, recordOf, textOf } from '../kit/said.ts'
import { afterSalesOf } from './after-sale.ts'
import type { Companies } from './carriers.ts'
import { refundsOf } from './refunds-of-order.ts'
import type { PinduoduoContext } from './settings.ts'

/**
 * An order as we hand it over: the platform's own object and, under names that begin with an underscore, what
 * it says only together with other interfaces. Made the same of a list's row and of the order read alone.
 * @throws ConnectorError
 */
export async function orderDocument(
  order: Fields,
  context: PinduoduoContext,
  companies: () => Promise<Companies>,
): Promise<Fields> {
  const lines = listOf(order.item_list).map(recordOf)
  const wantsRefunds = context.settings.readRefunds !== false && hadRefund(order)
  const refunds = wantsRefunds ? await refundsOf(textOf(order.order_sn), context) : []
  const afterSales = afterSalesOf(order, lines, refunds)
  const parcel = parcelOf(order)
  const paidFen = linePaidFen(order, lines)
  return {
    ...order,
    item_list: lines.map((line, index) => ({
      ...line,
      _afterSale: afterSales.lines[index],
      ...(paidFen !== undefined && { _paidFen: paidFen }),
    })),
    _version: versionOf(order, refunds),
    _buyer: `${textOf(order.receiver_name_mask)}${textOf(order.receiver_phone_mask)}`,
    _afterSale: afterSales.order,
    ...(parcel && {
      _waybill: parcel.waybill,
      ...(parcel.logisticsId !== '' && { _carrier: (await companies()).carrierOf(parcel.logisticsId) }),
    }),
    ...(refunds.length > 0 && { _refunds: refunds }),
  }
}

const hadRefund = ({ after_sales_status, refund_status }: Fields) =>
  !NONE.has(textOf(after_sales_status)) || !NONE.has(textOf(refund_status))

const NONE: ReadonlySet<string> = new Set(['', '0', '1'])

/** `updated_at` alone has whole seconds, and need not move when only a refund does. */
function versionOf(order: Fields, refunds: readonly Fields[]): string {
  const states = [
    order.updated_at,
    order.confirm_status,
    order.order_status,
    order.risk_control_status,
    order.refund_status,
    order.after_sales_status,
    order.tracking_number,
  ]
  const rows = refunds.flatMap(refund => [
    refund.id,
    refund.after_sales_status,
    refund.updated_time,
    refund.tracking_number,
  ])
  return [...states, ...rows].map(textOf).join('|')
}

/** The first parcel. Number 0 is no carrier. */
function parcelOf(order: Fields): { readonly waybill: string; readonly logisticsId: string } | undefined {
  const parcels = [order, ...listOf(order.extra_delivery_list).map(recordOf)]
  const first = parcels.find(parcel => textOf(parcel.tracking_number) !== '')
  if (!first) return undefined
  const logisticsId = textOf(first.logistics_id)
  return { waybill: textOf(first.tracking_number), logisticsId: logisticsId === '0' ? '' : logisticsId }
}

/** What was paid for the goods: an order of one line says it, without the postage. */
function linePaidFen(order: Fields, lines: readonly Fields[]): number | undefined {
  if (lines.length !== 1) return undefined
  const paid = fenFromYuan(order.pay_amount, true)
  const postage = fenFromYuan(order.postage ?? 0, true)
  return typeof paid === 'number' && typeof postage === 'number' && paid >= postage
    ? paid - postage
    : undefined
}
