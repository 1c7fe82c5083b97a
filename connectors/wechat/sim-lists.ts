import { createHash } from 'node:crypto'
import type { SimShop } from '../simulators/shop.ts'
import { SimError } from './sim-error.ts'

const WEEK_S = 7 * 86_400
const DAY_S = 86_400
const MAX_PAGE = 100
const AFTER_SALE_PAGE = 50

interface SimRange {
  readonly start_time: number
  readonly end_time: number
}

interface OrderListBody {
  readonly create_time_range?: SimRange
  readonly update_time_range?: SimRange
  readonly page_size?: number
  readonly next_key?: string
}

interface AfterSaleListBody {
  readonly begin_create_time?: number
  readonly end_create_time?: number
  readonly begin_update_time?: number
  readonly end_update_time?: number
  readonly next_key?: string
}

const bad = (said: string) => new SimError(40097, said)
const at = (seconds: number) => new Date(seconds * 1_000)

/** `order/list/get`. */
export function orderList(shop: SimShop, body: OrderListBody): Record<string, unknown> {
  const { create_time_range: created, update_time_range: updated, page_size: size = 10, next_key = '' } = body
  const range = updated ?? created
  if (!isRange(range)) throw bad('create_time_range和update_time_range至少填一个')
  if (range.end_time - range.start_time > WEEK_S) throw bad('时间范围不可超过7天')
  if (!Number.isInteger(size) || size < 1 || size > MAX_PAGE) throw bad('page_size不合法')
  const rows = updated
    ? shop.modifiedBetween(at(range.start_time), at(range.end_time))
    : shop.createdBetween(at(range.start_time), at(range.end_time))
  const { page, ...rest } = pageOf(rows, size, next_key, { created, updated, size })
  return { order_id_list: page.map(({ id }) => id), ...rest }
}

/** `aftersale/getaftersalelist`. */
export function afterSaleList(shop: SimShop, body: AfterSaleListBody): Record<string, unknown> {
  const { begin_update_time: from, end_update_time: to, next_key = '' } = body
  if (typeof from !== 'number' || typeof to !== 'number')
    throw bad('begin_create_time/end_create_time和begin_update_time/end_update_time必选其一')
  if (to - from > DAY_S) throw new SimError(10020004, '查询时间范围不得大于24小时')
  const { page, ...rest } = pageOf(shop.refundsBetween(at(from), at(to)), AFTER_SALE_PAGE, next_key, {
    from,
    to,
  })
  return { after_sale_order_id_list: page.map(({ id }) => id), ...rest }
}

const isRange = (range: SimRange | undefined): range is SimRange =>
  typeof range?.start_time === 'number' && typeof range.end_time === 'number'

// The key counts rows: the unkindest reading of what a cursor may be, since rows that leave the list move the
// others over the edge of the next page.
function pageOf<T>(rows: readonly T[], size: number, key: string, asked: object) {
  const mark = createHash('sha1').update(JSON.stringify(asked)).digest('hex').slice(0, 8)
  const [keyMark, offset = '0'] = key === '' ? [mark] : key.split('_')
  if (keyMark !== mark) throw bad('next_key参数不正确，本次请求参数与上一页不一致')
  const end = Number(offset) + size
  const has_more = end < rows.length
  return { page: rows.slice(Number(offset), end), next_key: has_more ? `${mark}_${end}` : '', has_more }
}
