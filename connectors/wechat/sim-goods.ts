import { carrierOf } from '../kit/carriers.ts'
import type { SimOrder, SimShop } from '../simulators/shop.ts'
import { SimError } from './sim-error.ts'
import type { SimSent } from './sim-order.ts'

interface StockBody {
  readonly product_id?: string
  readonly sku_id?: string
  readonly diff_type?: number
  readonly num?: number
}

interface SendBody {
  readonly order_id?: string
  readonly delivery_list?: readonly {
    readonly delivery_id?: string
    readonly waybill_id?: string
    readonly deliver_type?: number
    readonly product_infos?: readonly {
      readonly product_id?: string
      readonly sku_id?: string
      readonly product_cnt?: number
    }[]
  }[]
}

export function listingOf(shop: SimShop, { product_id, sku_id }: StockBody) {
  const listing = shop.listings.find(each => each.productId === product_id && each.skuId === sku_id)
  if (!listing) throw new SimError(10020052, '商品不存在')
  return listing
}

/** `product/stock/update`. */
export function updateStock(shop: SimShop, body: StockBody): object {
  const { diff_type, num } = body
  if (typeof num !== 'number' || !Number.isInteger(num) || num < 0) throw new SimError(10020055, '参数有误')
  const listing = listingOf(shop, body)
  if (diff_type === 1) listing.stock += num
  else if (diff_type === 2 && num > listing.stock) throw new SimError(10020219, '商品库存不足')
  else if (diff_type === 2) listing.stock -= num
  else if (diff_type === 3) listing.stock = num
  else throw new SimError(10020051, '参数有误')
  return {}
}

/** `order/delivery/send`; units of one parcel after the other, whole order or part of it. */
export function sendGoods(shop: SimShop, sent: Map<string, SimSent[]>, body: SendBody): object {
  const order = shop.order(body.order_id ?? '')
  if (!order) throw new SimError(100002, 'Not exist')
  const parcels = sent.get(order.id) ?? []
  for (const parcel of body.delivery_list ?? []) {
    const { delivery_id = '', waybill_id = '', product_infos = [] } = parcel
    if (delivery_id === '' || waybill_id === '' || product_infos.length === 0)
      throw new SimError(40097, 'delivery_list不合法')
    if (order.status === 'shipped' || order.status === 'signed')
      throw new SimError(109001, ', 当前订单已经发货完成,不能重复发货')
    if (order.status !== 'paid') throw new SimError(101100, ', 订单状态错误,不允许执行此操作')
    const units = product_infos.map(({ product_id = '', sku_id = '', product_cnt = 0 }) => {
      const left = unitsLeft(order, parcels, product_id, sku_id)
      if (product_cnt < 1 || product_cnt > left) throw new SimError(109000, ', 发货数量不正确')
      return { productId: product_id, skuId: sku_id, count: product_cnt }
    })
    parcels.push({ waybill: waybill_id, carrier: carrierOf(delivery_id), at: shop.clock(), units })
    sent.set(order.id, parcels)
    finish(shop, order, parcels)
  }
  return {}
}

function unitsLeft(order: SimOrder, parcels: readonly SimSent[], productId: string, skuId: string): number {
  const bought = order.lines
    .filter(({ listing }) => listing.productId === productId && listing.skuId === skuId)
    .reduce((sum, { quantity }) => sum + quantity, 0)
  const gone = parcels
    .flatMap(({ units }) => units)
    .filter(unit => unit.productId === productId && unit.skuId === skuId)
    .reduce((sum, { count }) => sum + count, 0)
  return bought - gone
}

function finish(shop: SimShop, order: SimOrder, parcels: readonly SimSent[]): void {
  const isWhole = order.lines.every(
    ({ listing: { productId, skuId } }) => unitsLeft(order, parcels, productId, skuId) === 0,
  )
  const last = parcels.at(-1)!
  if (isWhole)
    shop.ship(order.id, {
      carrier: last.carrier,
      number: last.waybill,
      lineIds: order.lines.map(({ lineId }) => lineId),
    })
  else shop.touch(order.id)
}
