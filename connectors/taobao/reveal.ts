import type { Receiver } from '../connector.ts'
import { ConnectorError } from '../kit/fault.ts'
import { type Fields, isFields, textAt } from '../kit/said.ts'
import { callTop, nestedRows } from './client.ts'
import type { TaobaoContext } from './settings.ts'

const MANUAL_WORK = '1006'

/** Who receives a trade, by `taobao.top.oaid.decrypt`: counted against the app's quota. @throws ConnectorError */
export async function reveal(document: unknown, context: TaobaoContext): Promise<Receiver> {
  const trade: Fields = isFields(document) ? document : {}
  const tid = textAt(trade, 'tid_str') ?? textAt(trade, 'tid') ?? ''
  const oaid = textAt(trade, 'oaid')
  if (!oaid)
    throw new ConnectorError({ class: 'business', said: '这笔订单没有 oaid，平台不能解密它的收件人' })
  const { receiver_list } = await callTop(context, {
    method: 'taobao.top.oaid.decrypt',
    params: {
      query_list: JSON.stringify([{ oaid, tid, scene: context.settings.revealScene ?? MANUAL_WORK }]),
    },
    effect: 'read',
  })
  const found = nestedRows(receiver_list, 'receiver').find(row => textAt(row, 'oaid') === oaid)
  if (!found || found.matched === false)
    throw new ConnectorError({ class: 'business', said: '平台说这个 oaid 与订单对不上' })
  const phone = textAt(found, 'mobile') ?? textAt(found, 'phone') ?? ''
  return {
    name: textAt(found, 'name') ?? '',
    phone,
    detail: `${textAt(found, 'town') ?? ''}${textAt(found, 'address_detail') ?? ''}`,
    isVirtualPhone: found.privacy_protection === true || phone.includes('-'),
  }
}
