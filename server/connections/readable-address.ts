import type { Receiver } from '../../connectors/connector.ts'
import { ConnectorError } from '../../connectors/kit/fault.ts'
import { parseJson } from '../intake/json.ts'
import type { OutboxDoc } from '../store/outbox-doc.ts'
import type { Store } from '../store/store.ts'
import type { ConnectorDesk } from './connector-desk.ts'

/** Where a call's body holds the buyer's name, phone and address. */
const PLACES = { reverse: 'from', purchase: 'shipTo' } as const

/** Masked, or a ciphertext of a platform. */
const HIDDEN = /[*＊]|^[~$#]/

/**
 * The body of a call with the buyer readable, where a courier or a supplier must find the door and the platform
 * hides it: asked of the platform now, when it is needed, since every question counts against a quota. What is
 * told goes out with the call and is kept nowhere.
 * @throws ConnectorError of the shop the order came by
 */
export async function readableAddress(
  store: Store,
  desk: ConnectorDesk,
  { action, body, order }: Pick<OutboxDoc, 'action' | 'body' | 'order'>,
  signal: AbortSignal,
): Promise<Readonly<Record<string, unknown>>> {
  const place = action === 'reverse' || action === 'purchase' ? PLACES[action] : undefined
  const buyer = place && (body[place] as Partial<Receiver> | undefined)
  if (!place || !buyer) return body
  const { name = '', phone = '', detail = '' } = buyer
  if (![name, phone, detail].some(text => HIDDEN.test(text))) return body
  const receiver = await receiverOf(store, desk, order, signal)
  if (!receiver) return body
  return {
    ...body,
    [place]: {
      ...buyer,
      name: receiver.name || name,
      phone: receiver.phone || phone,
      detail: receiver.detail || detail,
    },
  }
}

async function receiverOf(
  store: Store,
  desk: ConnectorDesk,
  order: string,
  signal: AbortSignal,
): Promise<Receiver | undefined> {
  const connection = await store.connections.findById(order.slice(0, order.indexOf(':'))).lean()
  const reveal = connection && desk.connectorOf(connection)?.reveal
  const known = reveal && (await store.orders.findById(order, { event: 1 }).lean())
  const event = known && (await store.events.findById(known.event, { body: 1 }).lean())
  if (!connection || !reveal || !event) return undefined
  try {
    return await reveal(parseJson(event.body), await desk.context(connection, signal))
  } catch (error) {
    // The platform's reason is what the person needs to read, not the carrier's.
    if (error instanceof ConnectorError)
      throw new ConnectorError({ ...error.fault, done: 'no' }, { cause: error })
    throw error
  }
}
