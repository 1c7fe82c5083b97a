import type { Action, ActionBodies } from '../kit/action.ts'
import { ConnectorError } from '../kit/fault.ts'
import type { WechatCredentials, WechatSettings } from './access.ts'
import { callShop } from './client.ts'

// 1 adds and 2 subtracts, which done twice is done wrong, and both need a reading that sales make stale. 3 sets
// what we hold to be true: an update whose answer was lost is simply sent again, and the next one mends whatever
// was sold in between.
const SET = 3

/** Sets what may be sold of a SKU, in every listing of it (`product/stock/update`). */
export const setStock: Action<ActionBodies['stock'], WechatSettings, WechatCredentials> = {
  isRepeatable: true,
  async perform({ body: { sku, quantity, listings } }, context) {
    for (const { productId, skuId } of listings) {
      // Every product of this platform has variants: stock cannot be written without the id of one.
      if (skuId === undefined)
        throw new ConnectorError({
          class: 'business',
          said: `商品 ${productId}（${sku}）没有规格 ID，无法写库存`,
        })
      await callShop(context, {
        path: 'product/stock/update',
        body: { product_id: productId, sku_id: skuId, diff_type: SET, num: quantity },
        effect: 'write',
      })
    }
    return { listings: listings.length, quantity }
  },
}
