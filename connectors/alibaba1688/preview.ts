import { ConnectorError } from '../kit/fault.ts'
import { rowsOf, textAt } from '../kit/said.ts'
import { callAop } from './client.ts'
import type { Cargo } from './goods.ts'
import { wholeFen } from './money.ts'
import type { Context1688 } from './settings.ts'

/** What is to be bought, as `fastCreateOrder` takes it. */
export interface Wish {
  readonly flow: string
  readonly addressParam: Readonly<Record<string, string | number>>
  readonly cargoParamList: readonly Cargo[]
}

const refused = (said: string) => new ConnectorError({ class: 'business', said })

/**
 * Has the platform work a purchase out without making it: what cannot be bought, belongs to several sellers or
 * costs too much is refused here, while nothing is done yet.
 * @throws ConnectorError
 */
export async function demandOrderable(context: Context1688, wish: Wish): Promise<void> {
  const answer = await callAop(context, {
    api: 'alibaba.createOrder.preview',
    params: { ...wish },
    effect: 'read',
  })
  // Spelt like this by the platform; a corrected name would do as well.
  const orders = rowsOf(answer.orderPreviewResuslt ?? answer.orderPreviewResult)
  for (const order of orders)
    if (order.status === false) throw refused(textAt(order, 'message') ?? '平台说这些货品现在不能下单')
  if (orders.length > 1)
    throw refused(`这些货品要分成 ${orders.length} 张采购单（不是同一个供货商）。请按供货商分开采购`)
  const totalFen = orders.length === 1 ? wholeFen(orders[0]!.sumPayment) : undefined
  const { mostFen } = context.settings
  if (mostFen === undefined) return
  if (totalFen === undefined)
    throw refused('平台没有给出金额，没法和「一张采购单最多花多少钱」比较，没有下单')
  if (totalFen > mostFen)
    throw refused(`要花 ${yuan(totalFen)} 元，超过了这个连接设的上限 ${yuan(mostFen)} 元，没有下单`)
}

const yuan = (fen: number) => (fen / 100).toFixed(2)
