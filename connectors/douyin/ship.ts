import type { Action, ActionAnswer, ActionBodies } from '../kit/action.ts'
import { carrierCode } from '../kit/carriers.ts'
import { ConnectorError } from '../kit/fault.ts'
import { type Fields, numberOf, rowsOf, textOf } from '../kit/said.ts'
import { callShop } from './call-shop.ts'
import type { Param } from './canonical.ts'
import { skuOf } from './listings.ts'
import { readOrder } from './orders.ts'
import type { DouyinCredentials, DouyinSettings } from './settings.ts'

type Ship = ActionBodies['ship']

/** Order states in which something is left to ship: to be shipped, shipped in part. */
const SHIPPABLE: ReadonlySet<number> = new Set([2, 101])

/**
 * Uploads a waybill: `order.logisticsAdd` for a whole order, `order.logisticsAddMultiPack` for some of its lines. The
 * order is read first, so that a parcel it knows already is not told again.
 */
export const ship: Action<Ship, DouyinSettings, DouyinCredentials> = {
  isRepeatable: true,
  async perform({ body }, context) {
    const order = await readOrder(context, body.orderId)
    if (hasParcel(order, body)) return answerOf(body)
    if (!SHIPPABLE.has(numberOf(order.order_status)))
      throw new ConnectorError({
        class: 'business',
        said: `订单现在是「${textOf(order.order_status_desc) || textOf(order.order_status)}」，不能发货`,
      })
    const pack = packOf(order, body)
    const parcel = { company_code: carrierCode(body.carrier, 'douyin'), logistics_code: body.waybill }
    // The older name of the same parameter stands beside it: which one is read depends on the version of the interface.
    const refunds = context.settings.rejectRefundOnShip
      ? { is_reject_refund: true, is_refund_reject: true }
      : { is_reject_refund: false }
    await callShop(context, {
      effect: 'write',
      ...(pack
        ? {
            method: 'order.logisticsAddMultiPack',
            params: {
              order_id: body.orderId,
              pack_list: [{ ...parcel, shipped_order_info: pack }],
              ...refunds,
            },
          }
        : { method: 'order.logisticsAdd', params: { order_id: body.orderId, ...parcel, ...refunds } }),
    })
    return answerOf(body)
  },
  async ask({ body }, context) {
    return hasParcel(await readOrder(context, body.orderId), body) ? answerOf(body) : null
  },
}

const hasParcel = (order: Fields, { waybill }: Ship) =>
  rowsOf(order.logistics_info).some(({ tracking_no }) => textOf(tracking_no) === waybill)

const answerOf = ({ waybill }: Ship): ActionAnswer => ({ waybill })

/** Which sku orders go into the parcel; undefined when the whole order does. */
function packOf(order: Fields, { lines }: Ship): readonly Param[] | undefined {
  if (!lines) return undefined
  const shipped = shippedUnits(order)
  const left = rowsOf(order.sku_order_list).map(row => ({
    row,
    quantity: numberOf(row.item_num) - (shipped.get(textOf(row.order_id)) ?? 0),
  }))
  const packed: Param[] = []
  for (const { sku, quantity } of lines) {
    let wanted = quantity
    for (const line of left) {
      const taken = skuOf(line.row) === sku ? Math.min(wanted, line.quantity) : 0
      if (taken <= 0) continue
      line.quantity -= taken
      wanted -= taken
      packed.push({ shipped_order_id: textOf(line.row.order_id), shipped_num: taken })
    }
    if (wanted > 0)
      throw new ConnectorError({ class: 'business', said: `订单里没有 ${quantity} 件 ${sku} 可以发货` })
  }
  return left.every(({ quantity }) => quantity <= 0) && !hasParcels(order) ? undefined : packed
}

/** Units that went out before, by sku order. */
function shippedUnits(order: Fields): ReadonlyMap<string, number> {
  const units = new Map<string, number>()
  for (const parcel of rowsOf(order.logistics_info))
    for (const { sku_order_id, product_count } of rowsOf(parcel.product_info)) {
      const id = textOf(sku_order_id)
      units.set(id, (units.get(id) ?? 0) + numberOf(product_count))
    }
  return units
}

const hasParcels = (order: Fields) => rowsOf(order.logistics_info).length > 0
