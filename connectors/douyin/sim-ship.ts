import { type Fields, numberOf, rowsOf, textOf } from '../kit/said.ts'
import type { SimLine, SimOrder, SimParcel, SimShop } from '../simulators/shop.ts'
import { badParam, businessFailure, type SimAnswer } from './sim-answer.ts'
import { isPartlyShipped, type SimTeller, shippedUnits, skuOrderId } from './sim-order.ts'

type Units = ReadonlyMap<string, number>

export interface SimShipping {
  readonly teller: SimTeller
  /** Answers `order.logisticsAdd`. */
  whole(params: Fields): SimAnswer
  /** Answers `order.logisticsAddMultiPack`. */
  packs(params: Fields): SimAnswer
}

/** Ships orders of a shop, also in parts; a parcel remembers how many units of each line it holds. */
export function simShipping(shop: SimShop): SimShipping {
  const unitsOf = new WeakMap<SimParcel, Units>()
  const teller: SimTeller = {
    shopId: shop.shopId,
    name: shop.name,
    unitsIn(parcel, line) {
      const units = unitsOf.get(parcel)
      if (units) return units.get(line.lineId) ?? 0
      return parcel.lineIds.length === 0 || parcel.lineIds.includes(line.lineId) ? line.quantity : 0
    },
  }

  function refusedFor(order: SimOrder, params: Fields): SimAnswer | undefined {
    if (order.status !== 'paid' && !isPartlyShipped(order, teller))
      return businessFailure(10_015, '订单状态不允许发货')
    const open = order.refunds.filter(({ status }) => status !== 'refunded' && status !== 'closed')
    if (open.length === 0) return undefined
    if (params.is_reject_refund !== true && params.is_refund_reject !== true)
      return businessFailure(10_016, '订单有未完结的退款申请，请先处理或确认拒绝退款后发货')
    for (const { id } of open) shop.moveRefund(id, 'closed')
    return undefined
  }

  function send(order: SimOrder, pack: Fields, units: Units): SimAnswer | undefined {
    const number = textOf(pack.logistics_code)
    const carrier = textOf(pack.company_code)
    if (number === '' || carrier === '') return badParam('company_code 和 logistics_code 不能为空')
    const parcel = { carrier, number, lineIds: [...units.keys()] }
    if (order.status === 'paid') shop.ship(order.id, parcel)
    else {
      order.parcels.push({ ...parcel, at: shop.clock() })
      shop.touch(order.id)
    }
    unitsOf.set(order.parcels.at(-1)!, units)
    return undefined
  }

  const left = (order: SimOrder, line: SimLine) => line.quantity - shippedUnits(order, line, teller)

  return {
    teller,
    whole(params) {
      const order = shop.order(textOf(params.order_id))
      if (!order) return businessFailure(10_001, '订单不存在')
      const units = new Map(order.lines.map(line => [line.lineId, left(order, line)]))
      return refusedFor(order, params) ?? send(order, params, units) ?? { data: {} }
    },
    packs(params) {
      const order = shop.order(textOf(params.order_id))
      if (!order) return businessFailure(10_001, '订单不存在')
      const refused = refusedFor(order, params)
      if (refused) return refused
      for (const pack of rowsOf(params.pack_list)) {
        const units = new Map<string, number>()
        for (const { shipped_order_id, shipped_num } of rowsOf(pack.shipped_order_info)) {
          const line = order.lines.find(each => skuOrderId(order, each) === textOf(shipped_order_id))
          if (!line) return businessFailure(10_002, '子订单不存在')
          const count = numberOf(shipped_num) || left(order, line)
          if (count > left(order, line)) return businessFailure(10_003, '发货数量大于待发货数量')
          units.set(line.lineId, (units.get(line.lineId) ?? 0) + count)
        }
        const wrong = send(order, pack, units)
        if (wrong) return wrong
      }
      return { data: {} }
    },
  }
}
