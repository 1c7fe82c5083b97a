import { jsonWithBareDigits } from '../simulators/bare-digits.ts'
import type { SimChange } from '../simulators/shop.ts'
import type { SimPush } from '../simulators/simulator.ts'
import { pushSigns } from './sign.ts'
import { orderStatus, type SimTeller, seconds, skuOrderId } from './sim-order.ts'

const ORDER_TAGS = {
  created: '100',
  paid: '101',
  shipped: '102',
  signed: '103',
  closed: '106',
  changed: '113',
} as const
const REFUND_TAGS = { asked: '200', agreed: '201', returning: '203', refunded: '206', closed: '207' } as const

/** Which of the two forms of `event-sign` a push carries. */
export type SimPushSign = 'md5' | 'hmac'

export interface SimPushKey {
  readonly appKey: string
  readonly appSecret: string
  readonly sign: SimPushSign
}

/** A change as the platform pushes it. */
export function simPushOf(change: SimChange, teller: SimTeller, key: SimPushKey): SimPush {
  const { order, refund, what } = change
  const at = seconds(order.modifiedAt)
  const common = { p_id: BigInt(order.id), shop_id: Number(teller.shopId) }
  if (what === 'refund' && refund) {
    const line = order.lines.find(({ lineId }) => lineId === refund.lineId) ?? order.lines[0]!
    return signed(
      REFUND_TAGS[refund.status],
      refund.id,
      at,
      {
        aftersale_id: BigInt(refund.id),
        ...common,
        s_id: BigInt(skuOrderId(order, line)),
        refund_amount: refund.amountFen,
        success_time: refund.status === 'refunded' ? at : 0,
      },
      key,
    )
  }
  return signed(
    ORDER_TAGS[what === 'refund' ? 'changed' : what],
    order.id,
    at,
    {
      ...common,
      s_ids: order.lines.map(line => BigInt(skuOrderId(order, line))),
      order_status: orderStatus(order, teller)[0],
      order_type: 0,
      biz: 2,
      pay_type: 1,
      pay_time: seconds(order.paidAt),
      pay_amount: order.paidFen,
    },
    key,
  )
}

/** What the console sends when a push address is set up. */
export const simTestPush = (at: Date, key: SimPushKey): SimPush => signed('0', '0', seconds(at), {}, key)

function signed(
  tag: string,
  id: string,
  at: number,
  data: Readonly<Record<string, unknown>>,
  key: SimPushKey,
): SimPush {
  const body = JSON.stringify([{ tag, msg_id: `${id}0:${tag}:${at}:0`, data: jsonWithBareDigits(data) }])
  const [md5 = '', hmac = ''] = pushSigns(key.appKey, body, key.appSecret)
  return {
    method: 'POST',
    query: {},
    headers: {
      'content-type': 'application/json',
      'app-id': key.appKey,
      'event-sign': key.sign === 'md5' ? md5 : hmac,
    },
    body,
  }
}
