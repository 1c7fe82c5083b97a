import type { Action, ActionBodies } from '../kit/action.ts'
import { ConnectorError } from '../kit/fault.ts'
import { type Fields, listOf, recordOf, textOf } from '../kit/said.ts'
import { readCompanies } from './carriers.ts'
import { callPinduoduo } from './client.ts'
import { skuOf } from './listings.ts'
import { readOrder } from './orders.ts'
import type { PinduoduoContext } from './settings.ts'

type Ship = ActionBodies['ship']

/** `order_status` of an order that waits to be shipped. */
const TO_SHIP = '1'

/**
 * Uploads a waybill by `pdd.logistics.online.send`. The order is read first: what was shipped with this waybill
 * is done already, and the platform takes no second waybill without being told that it replaces the first.
 */
export const ship: Action<Ship, PinduoduoContext['settings'], PinduoduoContext['credentials']> = {
  isRepeatable: true,
  async perform({ body }, context) {
    const order = await demandOrder(body.orderId, context)
    const known = waybillsOf(order)
    if (known.includes(body.waybill)) return { waybill: body.waybill }
    if (textOf(order.order_status) !== TO_SHIP)
      refuse(
        `订单已经发货，运单号 ${known.join('、')}`,
        `The order was shipped already with ${known.join(', ')}`,
      )
    if (textOf(order.risk_control_status) === '1')
      refuse(
        '订单还在平台审核中，不能发货',
        'The platform still reviews the order; it must not be shipped yet',
      )
    demandWholeOrder(order, body)
    const companies = await readCompanies(context)
    const answer = await callPinduoduo(
      context,
      'pdd.logistics.online.send',
      {
        order_sn: body.orderId,
        logistics_id: companies.idOf(body.carrier),
        tracking_number: body.waybill,
      },
      'write',
    )
    if (answer.is_success === false) refuse('平台没有接受这个运单号', 'The platform did not take the waybill')
    return { waybill: body.waybill }
  },
  async ask({ body }, context) {
    const order = await readOrder(body.orderId, context)
    if (!order) return undefined
    return waybillsOf(order).includes(body.waybill) ? { waybill: body.waybill } : null
  },
}

async function demandOrder(orderSn: string, context: PinduoduoContext): Promise<Fields> {
  const order = await readOrder(orderSn, context)
  return order ?? refuse('拼多多没有这个订单', 'Pinduoduo knows no such order')
}

function waybillsOf(order: Fields): string[] {
  return [order, ...listOf(order.extra_delivery_list).map(recordOf)]
    .map(parcel => textOf(parcel.tracking_number))
    .filter(waybill => waybill !== '')
}

/** An order is shipped as a whole here: a first parcel with a part of it would tell the buyer that all is on its way. */
function demandWholeOrder(order: Fields, { lines }: Ship): void {
  if (!lines) return
  for (const line of listOf(order.item_list).map(recordOf)) {
    const sku = skuOf(line)
    const ordered = Number(textOf(line.goods_count))
    const packed = lines.filter(each => each.sku === sku).reduce((sum, { quantity }) => sum + quantity, 0)
    if (packed < ordered)
      refuse(
        `拼多多的订单要整单发货，这个包裹里 ${sku} 只有 ${packed} 件，订单要 ${ordered} 件`,
        `Orders of Pinduoduo ship as a whole; this parcel holds ${packed} of ${ordered} of ${sku}`,
      )
  }
}

function refuse(zh: string, en: string): never {
  throw new ConnectorError({ class: 'business', said: `${zh} · ${en}` })
}
