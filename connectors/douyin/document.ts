import { carrierOf } from '../kit/carriers.ts'
import { type Fields, numberOf, recordOf, rowsOf, textOf } from '../kit/said.ts'
import { lineAfterSale, orderAfterSale } from './after-sale.ts'

const CANCELLED = 4
const MASKED_NAME = '***'
const MASKED_PHONE = '***********'

/** Whether any line of an order is or was in after-sale, so that its refunds are worth reading. */
export function hasAfterSale(order: Fields): boolean {
  return rowsOf(order.sku_order_list).some(
    line => numberOf(recordOf(line.after_sale_info).after_sale_status) !== 0,
  )
}

/**
 * A shop order as it came, with what we make of it in fields of ours (they begin with `_`). The same order is the
 * same document whether a list, its detail or a refund led to it.
 * @param refunds rows of `afterSale.List` that belong to it
 */
export function orderDocument(order: Fields, refunds: readonly Fields[]): Fields {
  const afterSale = orderAfterSale(order)
  const [parcel] = rowsOf(order.logistics_info)
  const carrier = textOf(parcel?.company) || textOf(parcel?.company_name)
  const waybill = textOf(parcel?.tracking_no)
  return {
    ...order,
    sku_order_list: rowsOf(order.sku_order_list).map(line => ({ ...line, _afterSale: lineAfterSale(line) })),
    _version: versionOf(order, refunds),
    _afterSale: afterSale,
    ...(numberOf(order.order_status) === CANCELLED && afterSale === 'refunded' && { _status: 'refunded' }),
    ...(waybill !== '' && { _waybill: waybill }),
    ...(waybill !== '' && carrier !== '' && { _carrier: carrierOf(carrier) }),
    ...(refunds.length > 0 && { _refunds: refunds }),
    ...receiverOf(order),
  }
}

/**
 * Changes with the order, and with a refund of it alone. The time of change is in whole seconds: what usually changes
 * within one tells the rest.
 */
function versionOf(order: Fields, refunds: readonly Fields[]): string {
  const lines = rowsOf(order.sku_order_list)
    .map(line => {
      const { after_sale_status, refund_status } = recordOf(line.after_sale_info)
      return `${textOf(line.order_id)}=${numberOf(after_sale_status)}/${numberOf(refund_status)}`
    })
    .filter(state => !state.endsWith('=0/0'))
  const parcels = rowsOf(order.logistics_info).map(({ tracking_no }) => textOf(tracking_no))
  const asked = refunds.map(({ aftersale_info }) => {
    const { aftersale_id, aftersale_status, refund_status, update_time } = recordOf(aftersale_info)
    return [aftersale_id, aftersale_status, refund_status, update_time].map(textOf).join('/')
  })
  return [
    textOf(order.update_time),
    textOf(order.order_status),
    ...parcels.sort(),
    ...lines.sort(),
    ...asked.sort(),
  ].join(' ')
}

/** Where the platform left out the mask: what is readable, or a mask of ours; never ciphertext. */
function receiverOf(order: Fields): Fields {
  const isTold = (...names: string[]) => names.some(name => textOf(order[name]) !== '')
  const detail = textOf(recordOf(order.post_addr).detail) || textOf(recordOf(order.mask_post_addr).detail)
  return {
    ...(!isTold('post_receiver', 'mask_post_receiver') && {
      _receiver: plain(order.encrypt_post_receiver, MASKED_NAME),
    }),
    ...(!isTold('post_tel', 'mask_post_tel') && { _tel: plain(order.encrypt_post_tel, MASKED_PHONE) }),
    ...(detail === '' && { _detail: plain(recordOf(order.post_addr).encrypt_detail, MASKED_NAME) }),
  }
}

// Ciphertext stands between marks: ##…## for names and addresses, $$…$$ for phones.
const plain = (said: unknown, mask: string): string => {
  const text = textOf(said)
  return text === '' || /^[#$~]/.test(text) ? mask : text
}
