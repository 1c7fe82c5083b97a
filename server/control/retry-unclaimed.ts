import type { Intake } from '../intake/intake.ts'
import type { Store } from '../store/store.ts'
import { comesAfter, IN_ORDER, type Place } from './in-order.ts'

/** How many are sent again at a time: enough to share writes, few enough to leave room for new orders. */
const AT_ONCE = 50

/** What became of a part of the unclaimed events. */
export interface Retried {
  readonly sent: number
  /** How many unclaimed ones come after these. */
  readonly left: number
  /** The event to go on after; absent where there was none. */
  readonly last?: string
}

/**
 * Sends events on their way again that no workflow wanted, in the order in which they came.
 * @param after where the part before ended: what nobody wanted again is not sent a second time
 */
export async function retryUnclaimed(
  store: Store,
  intake: Pick<Intake, 'requeue'>,
  { most, after }: { readonly most: number; readonly after?: Place | undefined },
): Promise<Retried> {
  const filter = { state: 'unclaimed' as const, ...comesAfter(after) }
  const all = await store.events.countDocuments(filter)
  const found = await store.events.find(filter, { _id: 1 }).sort(IN_ORDER).limit(most).lean()
  const ids = found.map(({ _id }) => _id)
  const last = ids.at(-1)
  return {
    sent: await requeueAll(intake, ids),
    left: Math.max(0, all - ids.length),
    ...(last !== undefined && { last }),
  }
}

/** @returns how many of them were to be sent again; others are on their way already */
export async function requeueAll(intake: Pick<Intake, 'requeue'>, ids: readonly string[]): Promise<number> {
  let sent = 0
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    const results = await Promise.all(ids.slice(at, at + AT_ONCE).map(id => intake.requeue(id)))
    sent += results.filter(Boolean).length
  }
  return sent
}
