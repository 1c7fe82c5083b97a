import type { Span } from '../connector.ts'
import { unixSeconds } from '../kit/shanghai-time.ts'
import type { WechatContext } from './access.ts'
import { callShop } from './client.ts'

const PAGE_SIZE = 100

interface OrderPage {
  readonly order_id_list: readonly (string | number)[]
  readonly next_key: string
  readonly has_more: boolean
}

interface AfterSalePage {
  readonly after_sale_order_id_list: readonly (string | number)[]
  readonly next_key: string
  readonly has_more: boolean
}

/**
 * Ids of orders created or changed within a span of 7 days at most (`order/list/get`), page by page. Every page
 * must be asked for with the same words, or the platform refuses its `next_key`.
 */
export async function* orderIdPages(
  context: WechatContext,
  by: 'create_time_range' | 'update_time_range',
  { from, to }: Span,
): AsyncGenerator<string[]> {
  const range = { start_time: unixSeconds(from), end_time: Math.ceil(to.getTime() / 1_000) }
  let nextKey = ''
  for (let hasMore = true; hasMore; ) {
    const page = await callShop<OrderPage>(context, {
      path: 'order/list/get',
      body: { [by]: range, page_size: PAGE_SIZE, next_key: nextKey },
    })
    yield (page.order_id_list ?? []).map(String)
    hasMore = goesOn(page, nextKey)
    nextKey = page.next_key ?? ''
  }
}

/** Ids of after-sales changed within a span of 24 hours at most (`aftersale/getaftersalelist`), page by page. */
export async function* afterSaleIdPages(
  context: WechatContext,
  { from, to }: Span,
): AsyncGenerator<string[]> {
  const range = { begin_update_time: unixSeconds(from), end_update_time: Math.ceil(to.getTime() / 1_000) }
  let nextKey = ''
  for (let hasMore = true; hasMore; ) {
    const page = await callShop<AfterSalePage>(context, {
      path: 'aftersale/getaftersalelist',
      body: { ...range, ...(nextKey !== '' && { next_key: nextKey }) },
    })
    yield (page.after_sale_order_id_list ?? []).map(String)
    hasMore = goesOn(page, nextKey)
    nextKey = page.next_key ?? ''
  }
}

/** A list that says there is more but not where would be read for ever. */
const goesOn = (
  page: { readonly has_more?: boolean; readonly next_key?: string },
  nextKey: string,
): boolean => page.has_more === true && (page.next_key ?? '') !== '' && page.next_key !== nextKey

/**
 * All ids within a span. How the cursor of the platform takes rows that leave the list while it is read is not
 * documented: a list of several pages is read twice, which finds those that slipped from one page to another.
 */
export async function allIds(pages: () => AsyncIterable<readonly string[]>): Promise<string[]> {
  const ids = new Set<string>()
  let count = 0
  const read = async () => {
    for await (const page of pages()) {
      count++
      for (const id of page) ids.add(id)
    }
  }
  await read()
  if (count > 1) await read()
  return [...ids]
}
