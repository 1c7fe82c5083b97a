import type { Receiver } from '../connector.ts'
import { ConnectorError, type Fault } from '../kit/fault.ts'
import type { HttpAnswer } from '../kit/http.ts'
import type { WechatContext } from './access.ts'
import { callShop } from './client.ts'
import { faultOf } from './faults.ts'
import type { WechatOrder } from './order.ts'

interface Decoded {
  readonly address_info: {
    readonly user_name?: string
    readonly detail_info?: string
    readonly house_number?: string
    readonly tel_number?: string
    readonly virtual_order_tel_number?: string
  }
  readonly virtual_number_info: { readonly virtual_number?: string; readonly extension?: string }
}

const QUOTA_USED_UP = {
  class: 'business',
  code: '45009',
  said: '今天的收件人解密额度用完了，明天恢复；不够用时请在微信小店后台申请提额 · The quota of the day is used up',
} as const satisfies Fault
const REST_MS = 60_000
/** Until when shops whose quota is used up are not asked again, by AppID. */
const resting = new Map<string, number>()

/**
 * The receiver in readable words (`order/sensitiveinfo/decode`): for paid orders, against a quota of the day, an
 * order asked for again counts once. Where a virtual number is in use it is the only one told.
 * @throws ConnectorError
 */
export async function revealReceiver(document: unknown, context: WechatContext): Promise<Receiver> {
  const { order_id } = document as WechatOrder
  const { appId } = context.credentials
  const now = context.now().getTime()
  if ((resting.get(appId) ?? 0) > now) throw new ConnectorError(QUOTA_USED_UP)
  try {
    return receiverOf(
      await callShop<Decoded>(context, {
        path: 'order/sensitiveinfo/decode',
        body: { order_id: String(order_id) },
        fault: decodeFaultOf,
      }),
    )
  } catch (error) {
    // Thousands of orders may be asked for in a row.
    if (error instanceof ConnectorError && error.fault.said === QUOTA_USED_UP.said)
      resting.set(appId, now + REST_MS)
    throw error
  }
}

/** The document with the receiver where the platform has the hidden one; what was not told stays hidden. */
export function withReceiver(document: unknown, { name, phone, detail }: Receiver): unknown {
  const order = document as WechatOrder
  const { delivery_info } = order.order_detail ?? {}
  const address_info = {
    ...delivery_info?.address_info,
    ...(name && { user_name: name }),
    ...(phone && { tel_number: phone }),
    ...(detail && { detail_info: detail, house_number: '' }),
  }
  return {
    ...order,
    order_detail: { ...order.order_detail, delivery_info: { ...delivery_info, address_info } },
  }
}

// Asked again at once, a quota of the day is used up all the same.
function decodeFaultOf(answer: HttpAnswer): Fault | undefined {
  const fault = faultOf(answer)
  if (fault?.code !== QUOTA_USED_UP.code) return fault
  return fault.said?.includes('quota') ? QUOTA_USED_UP : fault
}

function receiverOf({
  address_info: address = {},
  virtual_number_info: virtual = {},
}: Partial<Decoded>): Receiver {
  const isVirtualPhone = (virtual.virtual_number ?? '') !== ''
  const phone = isVirtualPhone
    ? [virtual.virtual_number, virtual.extension].filter(Boolean).join('-')
    : address.tel_number || address.virtual_order_tel_number
  return {
    name: address.user_name ?? '',
    phone: phone ?? '',
    detail: `${address.detail_info ?? ''}${address.house_number ?? ''}`,
    isVirtualPhone,
  }
}
