import { carrierOf } from '../kit/carriers.ts'
import { type Fields, textAt } from '../kit/said.ts'
import { type AfterSale, lineAfterSale, orderAfterSale } from './after-sale.ts'
import { nestedRows } from './client.ts'

type Line = Fields & { readonly _afterSale: AfterSale }

/** The lines of a trade. */
export const linesOf = (trade: Fields): readonly Fields[] => nestedRows(trade.orders, 'order')

/** Ids of the refunds a trade speaks of. */
export const refundIdsOf = (trade: Fields): readonly string[] => [
  ...new Set(linesOf(trade).flatMap(line => textAt(line, 'refund_id') ?? [])),
]

/**
 * A trade as it is handed over: as it came, and in fields of ours what stands on its lines and in its refunds.
 * Times of change are in whole seconds, so that states stand beside them in `_version`.
 * @param refunds those of `refundIdsOf`
 */
export function tradeDocument(trade: Fields, refunds: readonly Fields[]): Fields {
  const byId = new Map(refunds.map(refund => [textAt(refund, 'refund_id'), refund]))
  const lines = linesOf(trade).map((line): Line => {
    // The refund was read after the trade.
    const refund = byId.get(textAt(line, 'refund_id'))
    return { ...line, _afterSale: lineAfterSale(textAt(refund, 'status') ?? textAt(line, 'refund_status')) }
  })
  const parcel = lines.find(line => textAt(line, 'invoice_no') !== undefined)
  const states = lines.map(line => `${textAt(line, 'refund_id') ?? ''}:${line._afterSale}`)
  const moves = refunds.map(({ refund_id, status, modified }) => `${refund_id}:${status}:${modified}`).sort()
  return {
    ...trade,
    orders: { order: lines },
    _version: [trade.modified, trade.status, ...states, ...moves].join(' '),
    _afterSale: orderAfterSale(lines.map(line => line._afterSale)),
    ...(parcel && {
      _waybill: textAt(parcel, 'invoice_no'),
      _carrier: carrierOf(textAt(parcel, 'logistics_company') ?? ''),
    }),
    ...(refunds.length > 0 && { _refunds: refunds }),
  }
}
