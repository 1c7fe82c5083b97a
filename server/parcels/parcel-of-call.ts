import type { ActionBodies } from '../../connectors/kit/action.ts'
import type { ConnectorDesk } from '../connections/connector-desk.ts'
import type { OutboxDoc } from '../store/outbox-doc.ts'
import type { Store } from '../store/store.ts'
import { phoneTailOf } from './parcels-of-orders.ts'
import type { NewParcel } from './register-parcels.ts'

/**
 * The parcel a confirmed call is about: what a shop was told of, what a carrier fetches back, or what a supplier
 * sends, which goes by the number of the purchase.
 */
export async function parcelOfCall(
  store: Store,
  { connectorOf }: Pick<ConnectorDesk, 'connectorOf'>,
  call: OutboxDoc,
): Promise<NewParcel | undefined> {
  if (call.action === 'ship') {
    const { carrier, waybill } = call.body as unknown as ActionBodies['ship']
    const order = await store.orders.findById(call.order, { 'order.phone': 1 }).lean()
    const phoneTail = phoneTailOf(order?.order.phone ?? '')
    return { carrier, waybill, orders: [call.order], leg: 'out', ...(phoneTail && { phoneTail }) }
  }
  if (call.action === 'purchase') {
    const connection = await store.connections.findById(call.connection).lean()
    const [carrier] = (connection && connectorOf(connection)?.tracking?.carriers) ?? []
    const purchaseId = call.answer?.purchaseId
    if (!carrier || typeof purchaseId !== 'string') return undefined
    return { carrier, waybill: purchaseId, orders: [call.order], leg: 'in' }
  }
  if (call.action !== 'reverse') return undefined
  const { carrier, waybill } = call.answer ?? {}
  // Without a number yet the carrier's people still have to say yes.
  if (typeof carrier !== 'string' || typeof waybill !== 'string') return undefined
  const { from } = call.body as unknown as ActionBodies['reverse']
  const phoneTail = phoneTailOf(from.phone)
  return { carrier, waybill, orders: [call.order], leg: 'return', ...(phoneTail && { phoneTail }) }
}
