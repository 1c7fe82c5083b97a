import type { Span } from '../connector.ts'
import { type Fields, rowsOf } from '../kit/said.ts'
import { shanghaiText } from '../kit/shanghai-time.ts'
import { callAop } from './client.ts'
import type { Context1688 } from './settings.ts'

const PAGE_SIZE = 50

/** A page of the purchases created within a span, newest first, of the last three months. @param page from 1 */
export async function pageOfPurchases(
  context: Context1688,
  { from, to }: Span,
  page: number,
  pageSize = PAGE_SIZE,
): Promise<{ readonly rows: readonly Fields[]; readonly total: number; readonly isLast: boolean }> {
  const answer = await callAop(context, {
    api: 'alibaba.trade.getBuyerOrderList',
    params: {
      webSite: '1688',
      isHis: 'false',
      createStartTime: shanghaiText(from),
      createEndTime: shanghaiText(to),
      page: String(page),
      pageSize: String(pageSize),
    },
    effect: 'read',
  })
  const rows = rowsOf(answer.result)
  const total = Number(answer.totalRecord ?? rows.length)
  return { rows, total, isLast: rows.length === 0 || page * pageSize >= total }
}

/** One purchase with all there is to know of it. @throws ConnectorError */
export async function readPurchase(context: Context1688, id: string): Promise<Fields> {
  const { result } = await callAop(context, {
    api: 'alibaba.trade.get.buyerView',
    params: { webSite: '1688', orderId: id },
    effect: 'read',
  })
  return rowsOf([result])[0] ?? {}
}
