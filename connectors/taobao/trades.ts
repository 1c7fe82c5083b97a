import type { Span } from '../connector.ts'
import { ConnectorError } from '../kit/fault.ts'
import { type Fields, isFields } from '../kit/said.ts'
import { shanghaiText } from '../kit/shanghai-time.ts'
import { sideBySide } from '../kit/side-by-side.ts'
import { callTop, nestedRows } from './client.ts'
import { refundIdsOf, tradeDocument } from './document.ts'
import { isUnknownThing } from './faults.ts'
import { FULL_TRADE_FIELDS, TRADE_FIELDS } from './fields.ts'
import { type ModifiedSpan, readRefund } from './refunds.ts'
import type { TaobaoContext } from './settings.ts'

export const PAGE_SIZE = 100
const AT_ONCE = 4

/** One trade with all there is to know of it; undefined when the platform does not know it. @throws ConnectorError */
export async function readTrade(context: TaobaoContext, tid: string): Promise<Fields | undefined> {
  try {
    const { trade } = await callTop(context, {
      method: 'taobao.trade.fullinfo.get',
      params: { fields: FULL_TRADE_FIELDS, tid },
      effect: 'read',
    })
    return isFields(trade) ? trade : undefined
  } catch (error) {
    if (error instanceof ConnectorError && isUnknownThing(error.fault)) return undefined
    throw error
  }
}

/** Trades as they are handed over, their refunds read beside them. @param known refunds that were just read */
export const withRefunds = (
  context: TaobaoContext,
  trades: readonly Fields[],
  known: ReadonlyMap<string, Fields> = new Map(),
): Promise<Fields[]> =>
  sideBySide(trades, AT_ONCE, async trade => {
    const refunds: Fields[] = []
    const ids = (context.settings.withRefunds ?? true) ? refundIdsOf(trade) : []
    for (const id of ids) {
      const refund = known.get(id) ?? (await readRefund(context, id))
      if (refund) refunds.push(refund)
    }
    return tradeDocument(trade, refunds)
  })

/** Trades by their ids, as they are handed over; those the platform does not know are left out. */
export async function readDocuments(
  context: TaobaoContext,
  tids: readonly string[],
  known?: ReadonlyMap<string, Fields>,
): Promise<Fields[]> {
  const trades = await sideBySide(tids, AT_ONCE, tid => readTrade(context, tid))
  return withRefunds(
    context,
    trades.filter(trade => trade !== undefined),
    known,
  )
}

export async function countTrades(context: TaobaoContext, span: ModifiedSpan): Promise<number> {
  const { total_results } = await callTop(context, {
    method: 'taobao.trades.sold.increment.get',
    params: { fields: 'tid', ...span, page_no: '1', page_size: '1' },
    effect: 'read',
  })
  return Number(total_results ?? 0)
}

/** A page of the trades that changed within a span. @param page from 1 */
export async function pageOfTrades(
  context: TaobaoContext,
  span: ModifiedSpan,
  page: number,
): Promise<readonly Fields[]> {
  const { trades } = await callTop(context, {
    method: 'taobao.trades.sold.increment.get',
    params: {
      fields: TRADE_FIELDS,
      ...span,
      page_no: String(page),
      page_size: String(PAGE_SIZE),
      use_has_next: 'true',
    },
    effect: 'read',
  })
  return nestedRows(trades, 'trade')
}

/** Ids of the trades created within a span, page by page: `taobao.trades.sold.get` reaches three months back. */
export async function* tradeIds(
  { from, to }: Span,
  context: TaobaoContext,
): AsyncGenerator<readonly string[]> {
  for (let page = 1; ; page++) {
    const { trades, has_next } = await callTop(context, {
      method: 'taobao.trades.sold.get',
      params: {
        fields: 'tid,created',
        start_created: shanghaiText(from),
        end_created: shanghaiText(to),
        page_no: String(page),
        page_size: String(PAGE_SIZE),
        use_has_next: 'true',
      },
      effect: 'read',
    })
    const end = shanghaiText(to)
    // The platform counts the last second in.
    const rows = nestedRows(trades, 'trade').filter(({ created }) => String(created) < end)
    yield rows.map(({ tid }) => String(tid))
    if (has_next !== true) return
  }
}
