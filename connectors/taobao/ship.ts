import type { Action, ActionAnswer, ActionBodies, ActionLine } from '../kit/action.ts'
import { carrierCode } from '../kit/carriers.ts'
import { ConnectorError } from '../kit/fault.ts'
import { type Fields, isFields, textAt } from '../kit/said.ts'
import { callTop } from './client.ts'
import { linesOf } from './document.ts'
import { skuOf } from './listings.ts'
import type { TaobaoContext } from './settings.ts'
import { readTrade } from './trades.ts'

const refused = (said: string) => new ConnectorError({ class: 'business', said })

/** Uploads a waybill by `taobao.logistics.offline.send`: for the whole trade, or split by its lines. */
export const ship: Action<ActionBodies['ship'], TaobaoContext['settings'], TaobaoContext['credentials']> = {
  isRepeatable: true,
  async perform({ body }, context): Promise<ActionAnswer> {
    const { orderId, waybill, carrier } = body
    const { wanted, isWhole } = await linesToShip(body, context)
    const { left, sent, others, isDone } = progressOf(wanted, body)
    if (isDone) return { orderId, waybill, alreadyShipped: true }
    // The rest of an order may follow in another parcel; a line that was named may not.
    if (others.length > 0 && (left.length === 0 || body.lines))
      throw refused(`已用另一个运单号 ${textAt(others[0], 'invoice_no')} 发货`)
    const isSplit = !isWhole || sent.length > 0
    const { shipping } = await callTop(context, {
      method: 'taobao.logistics.offline.send',
      params: {
        tid: orderId,
        out_sid: waybill,
        company_code: carrierCode(carrier, 'taobao'),
        is_split: isSplit ? '1' : '0',
        sub_tid: isSplit ? left.map(line => textAt(line, 'oid')).join(',') : undefined,
      },
      effect: 'write',
    })
    if (isFields(shipping) && shipping.is_success === false) throw refused('平台没有接受这次发货')
    return { orderId, waybill }
  },
  async ask({ body }, context) {
    const { wanted } = await linesToShip(body, context)
    const { sent, others, isDone } = progressOf(wanted, body)
    if (isDone) return { orderId: body.orderId, waybill: body.waybill }
    return sent.length === others.length ? null : undefined
  },
}

/** What is sent of the lines of a parcel, and how. */
function progressOf(wanted: readonly Fields[], { waybill, lines }: ActionBodies['ship']) {
  const sent = wanted.filter(line => textAt(line, 'invoice_no') !== undefined)
  const others = sent.filter(line => textAt(line, 'invoice_no') !== waybill)
  const left = wanted.filter(line => !sent.includes(line))
  const isMine = lines ? others.length === 0 : sent.length > others.length
  return { left, sent, others, isDone: left.length === 0 && isMine }
}

/** The trade's lines that go into the parcel. @throws ConnectorError class `business` */
async function linesToShip(
  { orderId, lines }: ActionBodies['ship'],
  context: TaobaoContext,
): Promise<{ readonly wanted: readonly Fields[]; readonly isWhole: boolean }> {
  const trade = await readTrade(context, orderId)
  if (!trade) throw refused(`平台上没有订单 ${orderId}`)
  const all = linesOf(trade)
  const open = all.filter(({ refund_status }) => refund_status !== 'SUCCESS')
  if (open.length === 0) throw refused('订单的商品都已退款，不能发货')
  if (!lines) return { wanted: open, isWhole: true }
  const wanted = pick(open, lines)
  return { wanted, isWhole: wanted.length === all.length }
}

/**
 * Lines by what is in the parcel. The platform ships a line as a whole, so that a part of one cannot be said.
 * @throws ConnectorError class `business`
 */
function pick(open: readonly Fields[], lines: readonly ActionLine[]): readonly Fields[] {
  const left = new Map<string, number>()
  for (const { sku, quantity } of lines) left.set(sku, (left.get(sku) ?? 0) + quantity)
  const picked: Fields[] = []
  for (const line of open) {
    const sku = skuOf(line) ?? ''
    const wanted = left.get(sku) ?? 0
    const quantity = Number(line.num)
    if (wanted === 0) continue
    if (wanted < quantity)
      throw refused(
        `淘宝按整条商品发货，不能只发一部分：${sku} 共 ${quantity} 件，这个包裹里只有 ${wanted} 件`,
      )
    left.set(sku, wanted - quantity)
    picked.push(line)
  }
  const missing = [...left]
    .filter(([, quantity]) => quantity > 0)
    .map(([sku, quantity]) => `${sku}×${quantity}`)
  if (missing.length > 0) throw refused(`订单里没有这些待发商品：${missing.join('、')}`)
  return picked
}
