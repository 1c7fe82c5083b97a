import { type Fields, numberOf, textOf } from '../kit/said.ts'
import type { SimShop } from '../simulators/shop.ts'
import { badParam, businessFailure, refusal, type SimAnswer } from './sim-answer.ts'

/** Answers `sku.syncStock`: absolute or by a difference, each idempotency id once. */
export function simStock(shop: SimShop): (params: Fields) => SimAnswer {
  const used = new Set<string>()
  return params => {
    const listing = shop.listings.find(
      each =>
        each.productId === textOf(params.product_id) &&
        (each.skuId === textOf(params.sku_id) || each.sku === textOf(params.code)),
    )
    if (!listing) return businessFailure(4_001, '商品不存在')
    const id = textOf(params.idempotent_id)
    if (params.incremental === true && id === '') return badParam('增量更新时 idempotent_id 必填')
    if (used.has(id)) return refusal(40003, '非法的参数', 'isv.idempotent-id-existed', '幂等 id 已存在')
    const quantity = numberOf(params.stock_num) + (params.incremental === true ? listing.stock : 0)
    if (!Number.isInteger(quantity) || quantity < 0) return badParam('stock_num 不正确')
    if (id !== '') used.add(id)
    listing.stock = quantity
    return { data: {} }
  }
}
