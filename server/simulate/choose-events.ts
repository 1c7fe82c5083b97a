import { errors } from '../errors.ts'
import { identify } from '../intake/identify.ts'
import type { ConnectionDoc } from '../store/connection-doc.ts'
import type { EventDoc } from '../store/event-doc.ts'
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

/** The event that brought an order first. @throws errors.NotFound, errors.SourceGone where it expired */
export async function firstEventOf(store: Store, order: string): Promise<EventDoc> {
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

/** The last orders that came in and were worked, oldest first. */
export async function lastEvents(store: Store, count: number): Promise<EventDoc[]> {
  const found = await store.events
    .find({ kind: 'order', state: { $in: ['done', 'unclaimed'] } })
    .sort({ receivedAt: -1 })
    .limit(count)
    .lean()
  return (found as EventDoc[]).sort((a, b) => a.seq - b.seq)
}
