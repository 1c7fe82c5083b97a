import type { Span, Wanted } from '../connector.ts'
import { groupBy } from '../kit/group-by.ts'
import { sideBySide } from '../kit/side-by-side.ts'
import { readWindows } from '../kit/windows.ts'
import type { WechatContext, WechatPoll } from './access.ts'
import { readAfterSale, type WechatAfterSale } from './after-sale.ts'
import { afterSaleIdPages, allIds, orderIdPages } from './lists.ts'
import { readOrders } from './order.ts'

const DAY_MS = 86_400_000
/** The platform takes 7 days; a day at a time means that an interrupted catching-up begins again nearer its end. */
const ORDERS_LONGEST_MS = DAY_MS
/** 24 hours at most, and whole seconds at both ends. */
const REFUNDS_LONGEST_MS = DAY_MS - 60_000
const COUNT_LONGEST_MS = 7 * DAY_MS - 60_000
/** Orders handed over at once. */
const BATCH = 100
const AT_ONCE = 8

/** Orders and after-sales that changed since the last poll. @throws ConnectorError */
export async function pollShop(context: WechatPoll): Promise<void> {
  const firstMs = (context.settings.firstDays ?? 1) * DAY_MS
  await readWindows(context, { stream: 'orders', longestMs: ORDERS_LONGEST_MS, firstMs }, async span =>
    handOver(context, await allIds(() => orderIdPages(context, 'update_time_range', span))),
  )
  await readWindows(context, { stream: 'refunds', longestMs: REFUNDS_LONGEST_MS, firstMs }, async span =>
    handOverRefunds(context, await allIds(() => afterSaleIdPages(context, span))),
  )
}

/** Single orders, or those that single after-sales belong to. @throws ConnectorError */
export async function fetchFromShop(wanted: readonly Wanted[], context: WechatPoll): Promise<void> {
  const idsOf = (kind: Wanted['kind']) => [
    ...new Set(wanted.filter(each => each.kind === kind).map(({ id }) => id)),
  ]
  await handOver(context, idsOf('order'))
  await handOverRefunds(context, idsOf('refund'))
}

/** Ids of all orders created within a span. */
export async function* createdOrderIds(span: Span, context: WechatContext): AsyncGenerator<string[]> {
  for (let from = span.from; from < span.to; ) {
    const to = new Date(Math.min(from.getTime() + COUNT_LONGEST_MS, span.to.getTime()))
    yield* orderIdPages(context, 'create_time_range', { from, to })
    from = to
  }
}

async function handOver(
  context: WechatPoll,
  ids: readonly string[],
  known?: ReadonlyMap<string, readonly WechatAfterSale[]>,
): Promise<void> {
  for (let start = 0; start < ids.length; start += BATCH) {
    const documents = await readOrders(context, ids.slice(start, start + BATCH), known)
    if (documents.length > 0) await context.accept(documents)
  }
}

async function handOverRefunds(context: WechatPoll, ids: readonly string[]): Promise<void> {
  for (let start = 0; start < ids.length; start += BATCH) {
    const batch = ids.slice(start, start + BATCH)
    const read = await sideBySide(batch, AT_ONCE, id => readAfterSale(context, id))
    const byOrder = groupBy(
      read.filter(each => each !== undefined),
      ({ order_id }) => String(order_id),
    )
    await handOver(context, [...byOrder.keys()], byOrder)
  }
}
