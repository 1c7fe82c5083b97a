import type { PollContext, Span } from '../connector.ts'
import { ConnectorError } from '../kit/fault.ts'
import { readBackToFront } from '../kit/pages.ts'
import { type Fields, numberOf, recordOf, rowsOf, textOf } from '../kit/said.ts'
import { unixSeconds } from '../kit/shanghai-time.ts'
import { sideBySide } from '../kit/side-by-side.ts'
import { callShop } from './call-shop.ts'
import type { Param } from './canonical.ts'
import type { DouyinContext } from './client.ts'
import { hasAfterSale, orderDocument } from './document.ts'
import { refundsOfOrder } from './refunds.ts'
import type { DouyinCredentials, DouyinSettings } from './settings.ts'

const PAGE_SIZE = 100
/** `page × size` of one query stays below this. */
const MOST_ROWS = 50_000
const AT_ONCE = 4

/** By which of its times orders are looked for. */
type By = 'update_time' | 'create_time'

interface OrderPage {
  readonly total: number
  readonly rows: readonly Fields[]
}

/** One page of `order.searchList`; pages count from 0, seconds are whole. @throws ConnectorError */
export async function orderPage(
  context: DouyinContext,
  by: By,
  { from, to }: Span,
  page: number,
  size: number = PAGE_SIZE,
): Promise<OrderPage> {
  const params: Record<string, Param> = {
    [`${by}_start`]: unixSeconds(from),
    // Whether the end counts is not documented: one second too many does no harm.
    [`${by}_end`]: Math.ceil(to.getTime() / 1_000),
    order_by: by,
    // What changes while pages are read goes behind those not yet read, or out of the span.
    order_asc: true,
    page,
    size,
  }
  const data = await callShop(context, { method: 'order.searchList', params, effect: 'read' })
  return { total: numberOf(data.total), rows: rowsOf(data.shop_order_list) }
}

/** Hands over all orders that changed within a span. */
export async function readChangedOrders(
  context: PollContext<DouyinSettings, DouyinCredentials>,
  span: Span,
): Promise<void> {
  const first = await orderPage(context, 'update_time', span, 0)
  const halves = first.total > MOST_ROWS ? halvesOf(span) : undefined
  if (halves) {
    for (const half of halves) await readChangedOrders(context, half)
    return
  }
  const hasMore = first.total > PAGE_SIZE
  await readBackToFront({
    total: async () => first.total,
    pageSize: PAGE_SIZE,
    page: async number =>
      hasMore ? (await orderPage(context, 'update_time', span, number - 1)).rows : first.rows,
    take: async rows => void (await context.accept(await documentsOf(context, rows))),
  })
}

/** Ids of all orders created within a span, page by page. */
export async function* createdOrderIds(
  context: DouyinContext,
  span: Span,
): AsyncGenerator<readonly string[], void, undefined> {
  const first = await orderPage(context, 'create_time', span, 0)
  const halves = first.total > MOST_ROWS ? halvesOf(span) : undefined
  if (halves) {
    for (const half of halves) yield* createdOrderIds(context, half)
    return
  }
  yield idsOf(first.rows)
  for (let page = 1; page * PAGE_SIZE < first.total; page++)
    yield idsOf((await orderPage(context, 'create_time', span, page)).rows)
}

/** One order as it is now. @throws ConnectorError; class `business` when the platform knows none of this id */
export async function readOrder(context: DouyinContext, orderId: string): Promise<Fields> {
  const data = await callShop(context, {
    method: 'order.orderDetail',
    params: { shop_order_id: orderId },
    effect: 'read',
  })
  const order = recordOf(data.shop_order_detail)
  if (textOf(order.order_id) === '')
    throw new ConnectorError({ class: 'business', said: `店铺里没有订单 ${orderId}` })
  return order
}

/** Orders with what is known of their refunds, as they are handed over. */
export function documentsOf(context: DouyinContext, orders: readonly Fields[]): Promise<Fields[]> {
  return sideBySide(orders, AT_ONCE, async order =>
    orderDocument(order, hasAfterSale(order) ? await refundsOfOrder(context, textOf(order.order_id)) : []),
  )
}

/** Reads single orders and hands them over; those the platform does not know are passed over. */
export async function readOrders(
  context: PollContext<DouyinSettings, DouyinCredentials>,
  orderIds: readonly string[],
): Promise<void> {
  const found = await sideBySide([...new Set(orderIds)], AT_ONCE, id => knownOrder(context, id))
  const documents = await documentsOf(
    context,
    found.filter(order => order !== undefined),
  )
  if (documents.length > 0) await context.accept(documents)
}

async function knownOrder(context: DouyinContext, orderId: string): Promise<Fields | undefined> {
  try {
    return await readOrder(context, orderId)
  } catch (error) {
    if (error instanceof ConnectorError && error.fault.class === 'business') return undefined
    throw error
  }
}

const idsOf = (rows: readonly Fields[]) => rows.map(({ order_id }) => textOf(order_id))

function halvesOf({ from, to }: Span): readonly Span[] | undefined {
  if (to.getTime() - from.getTime() < 2_000) return undefined
  const middle = new Date(unixSeconds(new Date((from.getTime() + to.getTime()) / 2)) * 1_000)
  return [
    { from, to: middle },
    { from: middle, to },
  ]
}
