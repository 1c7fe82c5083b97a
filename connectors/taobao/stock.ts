import type { Action, ActionBodies } from '../kit/action.ts'
import type { Listing } from '../kit/listing.ts'
import { callTop } from './client.ts'
import type { TaobaoContext } from './settings.ts'

const FULL = '1'
/** Variants in one call of `taobao.skus.quantity.update`. */
const MOST_SKUS = 20

/** Sets what the shop may sell, as a full quantity: saying it twice changes nothing. */
export const stock: Action<ActionBodies['stock'], TaobaoContext['settings'], TaobaoContext['credentials']> = {
  isRepeatable: true,
  async perform({ body: { quantity, listings } }, context) {
    for (const [productId, skuIds] of byProduct(listings)) {
      if (skuIds.length === 0)
        await callTop(context, {
          method: 'taobao.item.quantity.update',
          params: { num_iid: productId, quantity: String(quantity), type: FULL },
          effect: 'write',
        })
      for (let at = 0; at < skuIds.length; at += MOST_SKUS)
        await callTop(context, {
          method: 'taobao.skus.quantity.update',
          params: {
            num_iid: productId,
            skuid_quantities: skuIds
              .slice(at, at + MOST_SKUS)
              .map(skuId => `${skuId}:${quantity}`)
              .join(';'),
            type: FULL,
          },
          effect: 'write',
        })
    }
    return { quantity, listings: listings.length }
  },
}

/** Variants by the product they are of; none for a product that has none. */
function byProduct(listings: readonly Listing[]): ReadonlyMap<string, string[]> {
  const products = new Map<string, string[]>()
  for (const { productId, skuId } of listings) {
    const skuIds = products.get(productId) ?? []
    if (skuId && !skuIds.includes(skuId)) skuIds.push(skuId)
    products.set(productId, skuIds)
  }
  return products
}
