import { type Fields, numberOf, textOf } from '../kit/said.ts'
import type { SimOrder, SimRefund, SimShop } from '../simulators/shop.ts'
import { badParam, type SimAnswer } from './sim-answer.ts'
import { type SimTeller, simOrderRow } from './sim-order.ts'
import { simRefundRow } from './sim-refund.ts'

const MOST_PER_PAGE = 100
const MOST_ROWS = 50_000
const LONGEST_S = 90 * 86_400

/** Answers `order.searchList`: spans of at most 90 days, pages from 0 of at most 100, 50,000 rows in all. */
export function simSearchOrders(params: Fields, shop: SimShop, teller: SimTeller): SimAnswer {
  const paging = pagingOf(params)
  if ('code' in paging) return paging
  const isByUpdate = params.update_time_start !== undefined
  const name = isByUpdate ? 'update_time' : 'create_time'
  const span = spanOf(params[`${name}_start`], params[`${name}_end`])
  if ('code' in span) return span
  const found = isByUpdate
    ? shop.modifiedBetween(span.from, span.to)
    : shop.createdBetween(span.from, span.to)
  const rows: readonly SimOrder[] = params.order_asc === true ? found.toReversed() : found
  const { page, size } = paging
  return {
    data: {
      page,
      size,
      total: rows.length,
      shop_order_list: rows.slice(page * size, (page + 1) * size).map(order => simOrderRow(order, teller)),
    },
  }
}

/** Answers `afterSale.List`, by span of change, by order or by its own id. */
export function simSearchRefunds(params: Fields, shop: SimShop): SimAnswer {
  const paging = pagingOf(params)
  if ('code' in paging) return paging
  const rows = refundsOf(params, shop)
  if ('code' in rows) return rows
  const { page, size } = paging
  return {
    data: {
      has_more: rows.length > (page + 1) * size,
      page,
      size,
      total: rows.length,
      items: rows
        .slice(page * size, (page + 1) * size)
        .map(refund => simRefundRow(shop.order(refund.orderId)!, refund)),
    },
  }
}

function refundsOf(params: Fields, shop: SimShop): readonly SimRefund[] | ReturnType<typeof badParam> {
  const refundId = textOf(params.aftersale_id)
  const orderId = textOf(params.order_id)
  if (refundId !== '') return [shop.refund(refundId)].filter(refund => refund !== undefined)
  if (orderId !== '') return shop.order(orderId)?.refunds ?? []
  const span = spanOf(params.update_start_time, params.update_end_time)
  if ('code' in span) return span
  return shop.refundsBetween(span.from, span.to).toReversed()
}

function pagingOf(params: Fields) {
  const page = numberOf(params.page)
  const size = numberOf(params.size)
  if (size < 1 || size > MOST_PER_PAGE) return badParam(`size 必须在 1 到 ${MOST_PER_PAGE} 之间`)
  if (page < 0 || (page + 1) * size > MOST_ROWS) return badParam(`最多只能查询 ${MOST_ROWS} 条`)
  return { page, size }
}

function spanOf(start: unknown, end: unknown) {
  const [from, to] = [numberOf(start), numberOf(end)]
  if (from <= 0 || to <= from) return badParam('时间范围不正确')
  if (to - from > LONGEST_S) return badParam('时间范围不能超过 90 天')
  return { from: new Date(from * 1_000), to: new Date(to * 1_000) }
}
