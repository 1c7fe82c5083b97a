import { errors } from '../errors.ts'
import { identify } from '../intake/identify.ts'
import type { ConnectionDoc } from '../store/connection-doc.ts'
import type { EventDoc } from '../store/event-doc.ts'
import { laneOf } from '../store/lanes.ts'
import type { Store } from '../store/store.ts'
import type { FieldProblem } from '../world/world.ts'

/** An event as if the document had just come in by its connection; or why it would be refused. */
export function eventOf(
  connection: Pick<ConnectionDoc, '_id' | 'workspace' | 'channel' | 'shop' | 'identity'>,
  document: unknown,
  receivedAt: Date,
): { readonly event: EventDoc } | { readonly problems: readonly FieldProblem[] } {
  const found = identify(connection, document)
  if ('problems' in found) return found
  const { event: _id, order, lane, body } = found.identity
  const { _id: connectionId, workspace, channel, shop } = connection
  return {
    event: {
      _id,
      workspace,
      kind: 'order',
      connection: connectionId,
      channel,
      shop,
      order,
      lane,
      seq: 0,
      state: 'pending',
      body,
      receivedAt,
    },
  }
}

/** An event as if this had just been noticed. */
export function signalEventOf(workspace: string, signal: unknown, receivedAt: Date): EventDoc {
  const { sku, orderKey } = (signal ?? {}) as { readonly sku?: unknown; readonly orderKey?: unknown }
  const subject = typeof sku === 'string' ? sku : typeof orderKey === 'string' ? orderKey : ''
  const key = `signal:${subject}#sample`
  // What is about an order is that order's; a SKU that sells too fast stands for itself.
  const order = typeof orderKey === 'string' ? orderKey : key
  return {
    _id: key,
    workspace,
    kind: 'signal',
    connection: typeof orderKey === 'string' ? orderKey.slice(0, orderKey.indexOf(':')) : '',
    channel: '',
    shop: '',
    order,
    lane: laneOf(order),
    seq: 0,
    state: 'pending',
    body: JSON.stringify(signal),
    receivedAt,
  }
}

/** The event that brought an order first, or the signal of this key. @throws errors.NotFound, errors.SourceGone where it expired */
export async function firstEventOf(store: Store, order: string): Promise<EventDoc> {
  const signal = await store.events.findOne({ _id: order, kind: 'signal' }).lean()
  if (signal) return signal as EventDoc
  const stored = await store.orders.findById(order, { firstEvent: 1 }).lean()
  const event = stored
    ? await store.events.findById(stored.firstEvent).lean()
    : // No workflow made an order of it: its events are found by their ids, which begin with the order's key.
      await store.events
        .find({ _id: { $gte: `${order}#`, $lt: `${order}#\uffff` }, kind: 'order', order })
        .sort({ seq: 1 })
        .limit(1)
        .lean()
        .then(([first]) => first)
  if (event) return event as EventDoc
  if (stored) throw new errors.SourceGone(order, order)
  throw new errors.NotFound('订单', order, 'order', order)
}

/**
 * The last orders, or signals, that came in and were worked, oldest first.
 * @param about of signals: only those about an order; those about none where absent
 */
export async function lastEvents(
  store: Store,
  count: number,
  kind: 'order' | 'signal' = 'order',
  about?: 'order',
): Promise<EventDoc[]> {
  // Signals are rare: among a million orders they are found by how their ids begin.
  const of = about === 'order' ? { $ne: '' } : ''
  const among = kind === 'signal' ? { _id: { $gte: 'signal:', $lt: 'signal;' }, connection: of } : {}
  const found = await store.events
    .find({ ...among, kind, state: { $in: ['done', 'unclaimed'] } })
    .sort({ receivedAt: -1 })
    .limit(count)
    .lean()
  return (found as EventDoc[]).sort((a, b) => a.seq - b.seq)
}
