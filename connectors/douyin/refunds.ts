import type { Span } from '../connector.ts'
import { type Fields, numberOf, recordOf, rowsOf, textOf } from '../kit/said.ts'
import { unixSeconds } from '../kit/shanghai-time.ts'
import { callShop } from './call-shop.ts'
import type { Param } from './canonical.ts'
import type { DouyinContext } from './client.ts'

const PAGE_SIZE = 100

/** The refunds of one order, as `afterSale.List` tells them. @throws ConnectorError */
export async function refundsOfOrder(context: DouyinContext, orderId: string): Promise<readonly Fields[]> {
  return (await refundPage(context, { order_id: orderId }, 0)).rows
}

/** Ids of the orders whose refunds changed within a span, page by page. @throws ConnectorError */
export async function* changedRefundOrders(
  context: DouyinContext,
  { from, to }: Span,
): AsyncGenerator<readonly string[], void, undefined> {
  const span = {
    update_start_time: unixSeconds(from),
    update_end_time: Math.ceil(to.getTime() / 1_000),
    order_by: ['update_time asc'],
  }
  const first = await refundPage(context, span, 0)
  // From the last page to the first: what changes meanwhile moves the others towards the front.
  for (let page = Math.ceil(first.total / PAGE_SIZE) - 1; page > 0; page--)
    yield ordersOf((await refundPage(context, span, page)).rows)
  const front = first.total > PAGE_SIZE ? await refundPage(context, span, 0) : first
  yield ordersOf(front.rows)
}

/** The order a refund belongs to; undefined when the platform knows no such refund. @throws ConnectorError */
export async function orderOfRefund(context: DouyinContext, refundId: string): Promise<string | undefined> {
  const { rows } = await refundPage(context, { aftersale_id: refundId }, 0)
  return ordersOf(rows)[0]
}

async function refundPage(
  context: DouyinContext,
  search: Readonly<Record<string, Param>>,
  page: number,
): Promise<{ readonly total: number; readonly rows: readonly Fields[] }> {
  const data = await callShop(context, {
    method: 'afterSale.List',
    params: { ...search, page, size: PAGE_SIZE },
    effect: 'read',
  })
  return { total: numberOf(data.total), rows: rowsOf(data.items) }
}

const ordersOf = (rows: readonly Fields[]) =>
  rows.map(({ order_info }) => textOf(recordOf(order_info).shop_order_id)).filter(id => id !== '')
