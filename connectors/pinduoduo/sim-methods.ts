import type { SimOrder, SimShop } from '../simulators/shop.ts'
import { simulatedCompanies } from './sim-carriers.ts'
import { type DecryptOptions, simulatedDecrypt } from './sim-ciphers.ts'
import { simulatedOrder, simulatedRefund } from './sim-order.ts'
import { SimulatedRefusal } from './sim-refusal.ts'

export type SimParams = Readonly<Record<string, string>>

/** An interface of the simulated platform: the root of its answer, and what stands in it. */
export interface SimMethod {
  readonly root: string
  answer(params: SimParams): Readonly<Record<string, unknown>>
}

const HALF_HOUR_S = 30 * 60
const DAY_S = 24 * 3_600

/** The interfaces a shop that authorised the app lets it call. */
export function simulatedMethods(
  shop: SimShop,
  decryption: DecryptOptions,
): Readonly<Record<string, SimMethod>> {
  const decrypt = simulatedDecrypt(shop, decryption)
  return {
    'pdd.order.number.list.increment.get': {
      root: 'order_sn_increment_get_response',
      answer(params) {
        demand(params, 'is_lucky_flag', 'order_status', 'refund_status', 'page')
        const span = spanOf(params, 'updated_at', HALF_HOUR_S, '30分钟')
        return pageOf('order_sn_list', chosen(shop.modifiedBetween(...span), params), params)
      },
    },
    'pdd.order.list.get': {
      root: 'order_list_get_response',
      answer(params) {
        demand(params, 'order_status', 'refund_status')
        const span = spanOf(params, 'confirm_at', DAY_S, '24小时')
        const formed = shop.createdBetween(...span).filter(({ paidAt }) => paidAt !== undefined)
        return pageOf('order_list', chosen(formed, params), params)
      },
    },
    'pdd.order.information.get': {
      root: 'order_info_get_response',
      answer: params => ({ order_info: simulatedOrder(demandOrder(shop, params)) }),
    },
    'pdd.refund.list.increment.get': {
      root: 'refund_increment_get_response',
      answer(params) {
        demand(params, 'after_sales_status', 'after_sales_type')
        const span = spanOf(params, 'updated_at', HALF_HOUR_S, '30分钟')
        const { from, to } = placeOf(params)
        const rows = params.order_sn
          ? (shop.order(params.order_sn)?.refunds ?? [])
          : shop.refundsBetween(...span)
        const page = rows.slice(from, to).map(refund => simulatedRefund(refund, shop.order(refund.orderId)!))
        return { total_count: rows.length, refund_list: page }
      },
    },
    'pdd.logistics.companies.get': {
      root: 'logistics_companies_get_response',
      answer: () => ({ logistics_companies: simulatedCompanies }),
    },
    'pdd.logistics.online.send': {
      root: 'logistics_online_send_response',
      answer(params) {
        demand(params, 'logistics_id', 'tracking_number')
        const order = demandOrder(shop, params)
        const parcel = { carrier: params.logistics_id!, number: params.tracking_number! }
        if (!simulatedCompanies.some(({ id, available }) => String(id) === parcel.carrier && available === 1))
          throw new SimulatedRefusal(50001, '业务服务错误', '快递公司不支持')
        const lineIds = order.lines.map(({ lineId }) => lineId)
        if (!shop.ship(order.id, { ...parcel, lineIds }))
          throw new SimulatedRefusal(50001, '业务服务错误', '订单已发货或不可发货')
        return { is_success: true }
      },
    },
    'pdd.goods.quantity.update': {
      root: 'goods_quantity_update_response',
      answer(params) {
        demand(params, 'goods_id', 'quantity')
        const listing = shop.listings.find(
          ({ productId, skuId, sku }) =>
            productId === params.goods_id && (skuId === params.sku_id || sku === params.outer_id),
        )
        if (!listing) throw new SimulatedRefusal(50001, '业务服务错误', '商品或规格不存在')
        const quantity = Number(params.quantity)
        listing.stock = params.update_type === '2' ? Math.max(0, listing.stock + quantity) : quantity
        return { is_success: true }
      },
    },
    'pdd.open.decrypt.batch': {
      root: 'open_decrypt_batch_response',
      answer: params => ({ data_decrypt_list: decrypt(JSON.parse(params.data_list ?? '[]')) }),
    },
  }
}

function demand(params: SimParams, ...names: readonly string[]): void {
  for (const name of names)
    if (!params[name]) throw new SimulatedRefusal(21001, '参数错误', `${name}不能为空`)
}

function demandOrder(shop: SimShop, params: SimParams): SimOrder {
  demand(params, 'order_sn')
  const order = shop.order(params.order_sn!)
  if (!order) throw new SimulatedRefusal(50001, '业务服务错误', '订单不存在')
  return order
}

function spanOf(params: SimParams, name: string, longestS: number, longest: string): [Date, Date] {
  demand(params, `start_${name}`, `end_${name}`)
  const start = Number(params[`start_${name}`])
  const end = Number(params[`end_${name}`])
  if (!(end >= start) || end - start > longestS)
    throw new SimulatedRefusal(21001, '参数错误', `开始时间与结束时间的间隔不能超过${longest}`)
  return [new Date(start * 1_000), new Date(end * 1_000)]
}

function placeOf(params: SimParams): { readonly from: number; readonly to: number } {
  const page = Number(params.page ?? '1')
  const size = Number(params.page_size ?? '100')
  if (!(page >= 1)) throw new SimulatedRefusal(21001, '参数错误', 'page从1开始')
  if (!(size >= 1 && size <= 100)) throw new SimulatedRefusal(21001, '参数错误', 'page_size最大为100')
  return { from: (page - 1) * size, to: page * size }
}

/** `5` is all states, of shipping as of refunding. */
function chosen(orders: readonly SimOrder[], params: SimParams): readonly SimOrder[] {
  const wanted = [params.order_status, params.refund_status]
  if (wanted.every(state => state === '5')) return orders
  return orders.filter(order => {
    const { order_status, refund_status } = simulatedOrder(order)
    return [order_status, refund_status].every(
      (state, index) => wanted[index] === '5' || wanted[index] === String(state),
    )
  })
}

function pageOf(
  list: string,
  orders: readonly SimOrder[],
  params: SimParams,
): Readonly<Record<string, unknown>> {
  const { from, to } = placeOf(params)
  // Asked for `has_next`, the platform counts nothing.
  const counted = params.use_has_next === 'true' ? {} : { total_count: orders.length }
  return { has_next: orders.length > to, ...counted, [list]: orders.slice(from, to).map(simulatedOrder) }
}
