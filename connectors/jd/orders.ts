import type { Span, Wanted } from '../connector.ts'
import { ConnectorError } from '../kit/fault.ts'
import { readBackToFront } from '../kit/pages.ts'
import { type Fields, listOf, recordOf, textOf } from '../kit/said.ts'
import { shanghaiText } from '../kit/shanghai-time.ts'
import { sideBySide } from '../kit/side-by-side.ts'
import { callJd } from './client.ts'
import { orderDocument } from './order-document.ts'
import { refundsOf } from './refunds.ts'
import type { JdContext, JdPoll } from './settings.ts'

const PAGE_SIZE = 100
const AT_ONCE = 4
const DAY_MS = 24 * 3_600_000

const STATES = [
  'WAIT_SELLER_STOCK_OUT',
  'WAIT_GOODS_RECEIVE_CONFIRM',
  'FINISHED_L',
  'TRADE_CANCELED',
  'LOCKED',
  'PAUSE',
  'POP_ORDER_PAUSE',
] as const
/** Of shops that sell from abroad alone. */
const OVERSEAS = 'WAIT_SELLER_DELIVERY'

/** States that a refund brings about, or ends in. */
const REFUND_STATES: ReadonlySet<string> = new Set(['LOCKED', 'PAUSE', 'POP_ORDER_PAUSE', 'TRADE_CANCELED'])

const FIELDS = [
  'orderId',
  'venderId',
  'orderType',
  'payType',
  'orderState',
  'orderStateRemark',
  'orderTotalPrice',
  'orderSellerPrice',
  'orderPayment',
  'freightPrice',
  'sellerDiscount',
  'orderStartTime',
  'paymentConfirmTime',
  'orderEndTime',
  'modified',
  'orderRemark',
  'venderRemark',
  'pin',
  'open_id_buyer',
  'logisticsId',
  'waybill',
  'consigneeInfo',
  'itemInfoList',
  'couponDetailList',
].join(',')

/** `dateType` of a search: by the time of creation, or of the last change. */
const BY = { created: '1', modified: '0' } as const

/** A page of a search, newest first. @throws ConnectorError */
export async function searchOrders(
  context: JdContext,
  { from, to }: Span,
  { by, page, pageSize = PAGE_SIZE }: { by: keyof typeof BY; page: number; pageSize?: number },
): Promise<{ readonly rows: readonly Fields[]; readonly total: number }> {
  const states = context.settings.isOverseas ? [...STATES, OVERSEAS] : STATES
  const answer = await callJd(context, 'jingdong.pop.order.enSearch', 'searchorderinfo_result', {
    start_date: shanghaiText(from),
    end_date: shanghaiText(to),
    order_state: states.join(','),
    optional_fields: FIELDS,
    page: String(page),
    page_size: String(pageSize),
    sortType: '1',
    dateType: BY[by],
  })
  const rows = listOf(answer.orderInfoList).map(recordOf)
  const total = Number(textOf(answer.orderTotal))
  if (textOf(answer.orderTotal) !== '' && Number.isInteger(total)) return { rows, total }
  if (rows.length < pageSize) return { rows, total: rows.length }
  // A full page and no word of how many there are: going on would miss the rest.
  throw new ConnectorError({ class: 'unreadable', said: 'no orderTotal' })
}

/**
 * Hands over the orders that changed within a span.
 * @param refunded orders a refund was asked for lately; undefined where refunds are not read
 * @throws ConnectorError
 */
export async function readOrders(
  context: JdPoll,
  span: Span,
  refunded: ReadonlySet<string> | undefined,
): Promise<void> {
  const first = await searchOrders(context, span, { by: 'modified', page: 1 })
  await readBackToFront<Fields>({
    pageSize: PAGE_SIZE,
    total: async () => Math.max(first.total, first.rows.length),
    page: async page =>
      first.total <= PAGE_SIZE
        ? first.rows
        : (await searchOrders(context, span, { by: 'modified', page })).rows,
    take: async rows => {
      const documents = await sideBySide(rows, AT_ONCE, async order => {
        const id = textOf(order.orderId)
        const mayHave = REFUND_STATES.has(textOf(order.orderState)) || refunded?.has(id)
        return orderDocument(order, refunded && mayHave ? await refundsOf(id, context) : [])
      })
      await context.accept(documents)
    },
  })
}

/** Hands over the orders of these ids. @throws ConnectorError */
export async function readOrdersAgain(ids: readonly string[], context: JdPoll): Promise<void> {
  for (let start = 0; start < ids.length; start += PAGE_SIZE) {
    const documents = await sideBySide(ids.slice(start, start + PAGE_SIZE), AT_ONCE, async id => {
      const order = await readOrder(id, context)
      if (!order) return undefined
      return orderDocument(order, context.settings.readRefunds === false ? [] : await refundsOf(id, context))
    })
    const known = documents.filter(document => document !== undefined)
    if (known.length > 0) await context.accept(known)
  }
}

/** No push of JD is received, so nothing names a refund by its own id. */
export async function fetchOrders(wanted: readonly Wanted[], context: JdPoll): Promise<void> {
  const ids = new Set(wanted.filter(({ kind }) => kind === 'order').map(({ id }) => id))
  await readOrdersAgain([...ids], context)
}

async function readOrder(orderId: string, context: JdContext): Promise<Fields | undefined> {
  try {
    const answer = await callJd(context, 'jingdong.pop.order.enGet', 'orderDetailInfo', {
      order_id: orderId,
      optional_fields: FIELDS,
    })
    const order = recordOf(answer.orderInfo)
    return textOf(order.orderId) === '' ? undefined : order
  } catch (error) {
    // Which code an unknown order is answered with is not documented.
    if (error instanceof ConnectorError && error.fault.class === 'business') return undefined
    throw error
  }
}

/** Ids of the orders that were created within a span, page by page. @throws ConnectorError */
export async function* orderIds({ from, to }: Span, context: JdContext): AsyncGenerator<string[]> {
  for (let start = from.getTime(); start < to.getTime(); start += DAY_MS) {
    const span = { from: new Date(start), to: new Date(Math.min(start + DAY_MS, to.getTime())) }
    for (let page = 1, seen = 0; ; page++) {
      const { rows, total } = await searchOrders(context, span, { by: 'created', page })
      if (rows.length > 0) yield rows.map(({ orderId }) => textOf(orderId))
      seen += rows.length
      if (rows.length === 0 || seen >= total) break
    }
  }
}
