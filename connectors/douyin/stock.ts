import { hash } from 'node:crypto'
import type { Action, ActionBodies } from '../kit/action.ts'
import { ConnectorError } from '../kit/fault.ts'
import { callShop } from './call-shop.ts'
import type { DouyinCredentials, DouyinSettings } from './settings.ts'

const DONE_BEFORE = 'isv.idempotent-id-existed'

/** Sets the quantity by `sku.syncStock`, absolute, with an idempotency id of its own for each listing. */
export const stock: Action<ActionBodies['stock'], DouyinSettings, DouyinCredentials> = {
  isRepeatable: true,
  async perform({ key, body }, context) {
    for (const { sku, productId, skuId } of body.listings) {
      const params = {
        product_id: BigInt(productId),
        ...(skuId === undefined ? { code: sku } : { sku_id: BigInt(skuId) }),
        stock_num: body.quantity,
        incremental: false,
        idempotent_id: hash('sha256', `${key} ${productId} ${skuId ?? sku}`).slice(0, 32),
      }
      try {
        await callShop(context, { method: 'sku.syncStock', params, effect: 'write' })
      } catch (error) {
        const isDone = error instanceof ConnectorError && error.fault.code?.endsWith(DONE_BEFORE)
        if (!isDone) throw error
      }
    }
    return { listings: body.listings.length, quantity: body.quantity }
  },
}
