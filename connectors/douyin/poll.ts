import type { PollContext, Wanted } from '../connector.ts'
import { readWindows, type WindowOptions } from '../kit/windows.ts'
import { readChangedOrders, readOrders } from './orders.ts'
import { changedRefundOrders, orderOfRefund } from './refunds.ts'
import type { DouyinCredentials, DouyinSettings } from './settings.ts'

export type DouyinPoll = PollContext<DouyinSettings, DouyinCredentials>

const DAY_MS = 86_400_000
/** As far as the platform lets our clock be wrong: if it is ahead, rows appear behind what was read to. */
const OVERLAP_MS = 10 * 60_000

/** Hands over what changed: orders by their time of change, then the orders whose refunds changed. */
export async function poll(context: DouyinPoll): Promise<void> {
  await readWindows(context, windowsOf(context, 'orders'), span => readChangedOrders(context, span))
  await readWindows(context, windowsOf(context, 'refunds'), async span => {
    for await (const orderIds of changedRefundOrders(context, span)) await readOrders(context, orderIds)
  })
}

/** Reads single orders again, by their own id or by that of a refund. */
export async function fetch(wanted: readonly Wanted[], context: DouyinPoll): Promise<void> {
  const orderIds: string[] = []
  for (const { kind, id } of wanted) {
    const orderId = kind === 'order' ? id : await orderOfRefund(context, id)
    if (orderId !== undefined) orderIds.push(orderId)
  }
  await readOrders(context, orderIds)
}

// The platform takes 90 days at once; a day keeps what is read again after a failure small.
const windowsOf = ({ settings }: DouyinPoll, stream: string): WindowOptions => ({
  stream,
  longestMs: DAY_MS,
  overlapMs: OVERLAP_MS,
  firstMs: (settings.firstDays ?? 1) * DAY_MS,
})
