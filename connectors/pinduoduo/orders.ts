import type { Span, Wanted } from '../connector.ts'
import { ConnectorError } from '../kit/fault.ts'
import { type Fields, listOf, recordOf, textOf } from '../kit/said.ts'
import { unixSeconds } from '../kit/shanghai-time.ts'
import { sideBySide } from '../kit/side-by-side.ts'
import { type Companies, companiesOnDemand } from './carriers.ts'
import { type ChangedList, PAGE_SIZE, readChanged } from './changed-rows.ts'
import { callPinduoduo } from './client.ts'
import { orderDocument } from './order-document.ts'
import type { PinduoduoContext, PinduoduoPoll } from './settings.ts'

const AT_ONCE = 4
const DAY_MS = 24 * 3_600_000
/** All states of shipping, and all of refunding. */
const ALL = { order_status: 5, refund_status: 5 } as const

/** Its name says numbers; its rows are whole orders. */
const CHANGED_ORDERS: ChangedList = {
  type: 'pdd.order.number.list.increment.get',
  rows: 'order_sn_list',
  all: { ...ALL, is_lucky_flag: 0, use_has_next: false },
}

/** Hands over the orders that changed within a span. @throws ConnectorError */
export function readOrders(
  context: PinduoduoPoll,
  span: Span,
  companies: () => Promise<Companies>,
): Promise<void> {
  return readChanged(context, CHANGED_ORDERS, span, async rows => {
    await context.accept(await sideBySide(rows, AT_ONCE, row => orderDocument(row, context, companies)))
  })
}

/** Hands over the orders of these numbers. @throws ConnectorError */
export async function readOrdersAgain(
  numbers: readonly string[],
  context: PinduoduoPoll,
  companies: () => Promise<Companies>,
): Promise<void> {
  for (let start = 0; start < numbers.length; start += PAGE_SIZE) {
    const some = numbers.slice(start, start + PAGE_SIZE)
    const documents = await sideBySide(some, AT_ONCE, async number => {
      const order = await readOrder(number, context)
      return order && orderDocument(order, context, companies)
    })
    const known = documents.filter(document => document !== undefined)
    if (known.length > 0) await context.accept(known)
  }
}

/** Nothing of Pinduoduo tells an order by the number of its refund alone, and no push of ours names one. */
export async function fetchOrders(wanted: readonly Wanted[], context: PinduoduoPoll): Promise<void> {
  const numbers = new Set(wanted.filter(({ kind }) => kind === 'order').map(({ id }) => id))
  await readOrdersAgain([...numbers], context, companiesOnDemand(context))
}

/** One order as the platform tells it; undefined where it knows none, or none it still shows. @throws ConnectorError */
export async function readOrder(orderSn: string, context: PinduoduoContext): Promise<Fields | undefined> {
  try {
    const answer = await callPinduoduo(context, 'pdd.order.information.get', { order_sn: orderSn })
    const order = recordOf(answer.order_info)
    return textOf(order.order_sn) === '' ? undefined : order
  } catch (error) {
    // Which code an unknown order is answered with is not documented; orders older than three months are refused too.
    if (error instanceof ConnectorError && error.fault.class === 'business') return undefined
    throw error
  }
}

/** Numbers of the orders that were formed within a span, page by page. @throws ConnectorError */
export async function* orderNumbers({ from, to }: Span, context: PinduoduoContext): AsyncGenerator<string[]> {
  for (let start = from.getTime(); start < to.getTime(); start += DAY_MS) {
    const end = Math.min(start + DAY_MS, to.getTime())
    for (let page = 1, more = true; more; page++) {
      const answer = await callPinduoduo(context, 'pdd.order.list.get', {
        ...ALL,
        start_confirm_at: unixSeconds(new Date(start)),
        end_confirm_at: unixSeconds(new Date(end)),
        page,
        page_size: PAGE_SIZE,
        use_has_next: true,
      })
      const numbers = listOf(answer.order_list).map(row => textOf(recordOf(row).order_sn))
      if (numbers.length > 0) yield numbers
      more = answer.has_next === true && numbers.length > 0
    }
  }
}
