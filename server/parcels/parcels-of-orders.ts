import type { OrderDoc } from '../store/order-doc.ts'
import type { NewParcel } from './register-parcels.ts'

/** Orders that are over: their parcels are nobody's concern any more. */
const SETTLED: ReadonlySet<string> = new Set(['signed', 'closed', 'refunded', 'created'])
/** A phone, masked or not, with the extension a platform's own numbers carry. What is encrypted is none. */
const PHONE = /^(?:\+?86-?)?(?:[\d*]{7}(\d{4})[-转,]\d{1,6}|[\d*-]{3,}(\d{4}))$/

/** The parcels orders went out in, or came back in, as far as the platform said. */
export function parcelsOfOrders(orders: Iterable<Pick<OrderDoc, '_id' | 'order'>>): NewParcel[] {
  const parcels: NewParcel[] = []
  for (const { _id, order } of orders) {
    const { carrier, waybill, kind, status, phone } = order
    if (!carrier?.trim() || !waybill?.trim() || SETTLED.has(status)) continue
    const phoneTail = phoneTailOf(phone)
    parcels.push({
      carrier,
      waybill,
      orders: [_id],
      leg: kind === 'return' ? 'return' : 'out',
      ...(phoneTail && { phoneTail }),
    })
  }
  return parcels
}

/** The last four digits; undefined where the platform does not show them. */
export function phoneTailOf(phone: string): string | undefined {
  const parts = PHONE.exec(phone.replace(/\s/g, ''))
  return parts?.[1] ?? parts?.[2]
}
