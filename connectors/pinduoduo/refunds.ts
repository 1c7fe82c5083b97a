import type { Span } from '../connector.ts'
import { textOf } from '../kit/said.ts'
import type { Companies } from './carriers.ts'
import { type ChangedList, readChanged } from './changed-rows.ts'
import { readOrdersAgain } from './orders.ts'
import { ALL_REFUNDS } from './refunds-of-order.ts'
import type { PinduoduoPoll } from './settings.ts'

const CHANGED_REFUNDS: ChangedList = {
  type: 'pdd.refund.list.increment.get',
  rows: 'refund_list',
  all: ALL_REFUNDS,
}

/** Hands over, read again, the orders of the refunds that changed within a span. @throws ConnectorError */
export function readRefunds(
  context: PinduoduoPoll,
  span: Span,
  companies: () => Promise<Companies>,
): Promise<void> {
  return readChanged(context, CHANGED_REFUNDS, span, async rows => {
    const numbers = new Set(rows.map(row => textOf(row.order_sn)))
    await readOrdersAgain([...numbers], context, companies)
  })
}
