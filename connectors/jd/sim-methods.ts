import { fromShanghai } from '../kit/shanghai-time.ts'
import type { SimOrder, SimShop } from '../simulators/shop.ts'
import { simulatedOrder, simulatedRefund, simulatedState } from './sim-order.ts'

type Params = Readonly<Record<string, unknown>>

/** A refusal in the words of JD. */
export class SimulatedRefusal extends Error {
  readonly code: string
  readonly english: string

  constructor(code: string, chinese: string, english: string) {
    super(chinese)
    this.code = code
    this.english = english
  }
}

/** An interface of the simulated platform: what stands in its root beside `code`. */
export type SimMethod = (params: Params) => Params

const MONTH_MS = 31 * 24 * 3_600_000
const FINE = { success: true, chineseErrCode: '', numberCode: 0 }

const refuse = (chinese: string, english = 'Invalid parameter') =>
  new SimulatedRefusal('61', chinese, english)

/** The interfaces a shop that authorised the app lets it call. */
export function simulatedMethods(shop: SimShop): Readonly<Record<string, SimMethod>> {
  return {
    'jingdong.pop.order.enSearch'(params) {
      demand(params, 'start_date', 'end_date', 'order_state', 'optional_fields', 'page', 'page_size')
      const [from, to] = spanOf(params, 'start_date', 'end_date')
      const found = params.dateType === '1' ? shop.createdBetween(from, to) : shop.modifiedBetween(from, to)
      const states = new Set(String(params.order_state).split(','))
      const rows = found.filter(order => states.has(simulatedState(order) ?? ''))
      if (params.sortType !== '1') rows.reverse()
      return {
        searchorderinfo_result: {
          apiResult: FINE,
          orderTotal: rows.length,
          orderInfoList: pageOf(rows, params.page, params.page_size, 100).map(order => chosen(order, params)),
        },
      }
    },
    'jingdong.pop.order.enGet'(params) {
      demand(params, 'order_id', 'optional_fields')
      const order = shop.order(String(params.order_id))
      if (!order || !simulatedState(order))
        return {
          orderDetailInfo: {
            apiResult: { success: false, chineseErrCode: '订单不存在', numberCode: 10100 },
          },
        }
      return { orderDetailInfo: { apiResult: FINE, orderInfo: chosen(order, params) } }
    },
    'jingdong.pop.afs.soa.refundapply.queryPageList'(params) {
      demand(params, 'pageIndex', 'pageSize')
      const orders = params.orderId === undefined ? shop.all() : [shop.order(String(params.orderId))]
      const isApplied = within(params, 'applyTimeStart', 'applyTimeEnd')
      const isChecked = within(params, 'checkTimeStart', 'checkTimeEnd')
      const rows = orders
        .flatMap(order => order?.refunds ?? [])
        .filter(({ createdAt }) => isApplied(createdAt))
        .filter(({ modifiedAt, status }) => isChecked(status === 'asked' ? undefined : modifiedAt))
      if (Number(params.pageIndex) > 100) throw refuse('参数错误：页码最大为100')
      const result = pageOf(rows, params.pageIndex, params.pageSize, 50).map(simulatedRefund)
      return { queryResult: { success: true, errorCode: '', totalCount: rows.length, result } }
    },
  }
}

function demand(params: Params, ...names: readonly string[]): void {
  for (const name of names)
    if (params[name] === undefined || params[name] === '')
      throw refuse(`缺少参数${name}`, `Missing parameter ${name}`)
}

function spanOf(params: Params, start: string, end: string): [Date, Date] {
  const from = fromShanghai(String(params[start]))
  const to = fromShanghai(String(params[end]))
  if (!from || !to || to < from) throw refuse(`参数${start}或${end}错误`)
  if (to.getTime() - from.getTime() > MONTH_MS) throw refuse('参数错误：时间间隔不能超过1个月')
  // The end is a whole second, and belongs to the span.
  return [from, new Date(to.getTime() + 1_000)]
}

/** Whether an instant lies in the span that is asked for, if one is. */
function within(params: Params, start: string, end: string): (at: Date | undefined) => boolean {
  if (params[start] === undefined) return () => true
  const [from, to] = spanOf(params, start, end)
  return at => at !== undefined && at >= from && at < to
}

function pageOf<T>(rows: readonly T[], page: unknown, size: unknown, largest: number): readonly T[] {
  const [number, length] = [Number(page), Number(size)]
  if (!(number >= 1)) throw refuse('参数错误：页码从1开始')
  if (!(length >= 1 && length <= largest)) throw refuse(`参数错误：每页最多${largest}条`)
  return rows.slice((number - 1) * length, number * length)
}

/** Only the fields that were asked for. */
function chosen(order: SimOrder, params: Params): Params {
  const wanted = new Set(String(params.optional_fields).split(','))
  return Object.fromEntries(Object.entries(simulatedOrder(order)).filter(([name]) => wanted.has(name)))
}
