import type { Span } from '../connector.ts'
import { readBackToFront } from '../kit/pages.ts'
import { type Fields, listOf, recordOf, textOf } from '../kit/said.ts'
import { shanghaiText } from '../kit/shanghai-time.ts'
import { callJd } from './client.ts'
import type { JdContext } from './settings.ts'

/** The longest page of refunds. */
const PAGE_SIZE = 50
/** Pages behind the hundredth are not given. */
const MOST_ROWS = 100 * PAGE_SIZE
const SHORTEST_MS = 60_000
const RECENT_MS = 7 * 24 * 3_600_000

/** Which time of a refund lies in a span: when it was asked for, or decided. */
export type RefundTime = 'apply' | 'check'

/** Applications for a refund, page by page from the last; a span that holds too many in halves. @throws ConnectorError */
export async function readRefundPages(
  context: JdContext,
  by: RefundTime,
  { from, to }: Span,
  take: (rows: readonly Fields[]) => Promise<void>,
): Promise<void> {
  const page = (number: number) =>
    listed(context, {
      [`${by}TimeStart`]: shanghaiText(from),
      [`${by}TimeEnd`]: shanghaiText(to),
      pageIndex: number,
      pageSize: PAGE_SIZE,
    })
  const first = await page(1)
  const middle = new Date((from.getTime() + to.getTime()) / 2)
  if (first.total > MOST_ROWS && to.getTime() - from.getTime() > SHORTEST_MS) {
    await readRefundPages(context, by, { from, to: middle }, take)
    await readRefundPages(context, by, { from: middle, to }, take)
    return
  }
  await readBackToFront<Fields>({
    pageSize: PAGE_SIZE,
    total: async () => Math.max(first.total, first.rows.length),
    page: async number => (first.total <= PAGE_SIZE ? first.rows : (await page(number)).rows),
    take,
  })
}

/** Every application for a refund of an order, oldest first. @throws ConnectorError */
export async function refundsOf(orderId: string, context: JdContext): Promise<readonly Fields[]> {
  const { rows } = await listed(context, { orderId, pageIndex: 1, pageSize: PAGE_SIZE })
  return [...rows].sort((a, b) => Number(textOf(a.id)) - Number(textOf(b.id)))
}

/** The orders a refund was asked for within the last week. @throws ConnectorError */
export async function refundedLately(context: JdContext): Promise<ReadonlySet<string>> {
  const now = context.now()
  const orders = new Set<string>()
  const span = { from: new Date(now.getTime() - RECENT_MS), to: now }
  await readRefundPages(context, 'apply', span, async rows => {
    for (const { orderId } of rows) orders.add(textOf(orderId))
  })
  return orders
}

async function listed(
  context: JdContext,
  params: Fields,
): Promise<{ readonly rows: readonly Fields[]; readonly total: number }> {
  const method = 'jingdong.pop.afs.soa.refundapply.queryPageList'
  const answer = await callJd(context, method, 'queryResult', params)
  const rows = listOf(answer.result).map(recordOf)
  return { rows, total: Number(textOf(answer.totalCount)) || rows.length }
}
