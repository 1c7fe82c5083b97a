import { listOf, recordOf, textOf } from '../kit/said.ts'
import { unixSeconds } from '../kit/shanghai-time.ts'
import { callPinduoduo } from './client.ts'
import type { PinduoduoContext } from './settings.ts'

/** The state and the type that stand for all of them in `pdd.refund.list.increment.get`. */
export const ALL_REFUNDS = { after_sales_status: 1, after_sales_type: 1 } as const

const MINUTE_S = 60

/** Every refund of an order, oldest first. @throws ConnectorError */
export async function refundsOf(
  orderSn: string,
  context: PinduoduoContext,
): Promise<Readonly<Record<string, unknown>>[]> {
  const now = unixSeconds(context.now())
  const answer = await callPinduoduo(context, 'pdd.refund.list.increment.get', {
    ...ALL_REFUNDS,
    // Demanded, and of no effect beside an order's number.
    start_updated_at: now - MINUTE_S,
    end_updated_at: now,
    order_sn: orderSn,
    page: 1,
    page_size: 100,
  })
  return listOf(answer.refund_list)
    .map(recordOf)
    .sort((a, b) => Number(textOf(a.id)) - Number(textOf(b.id)))
}
