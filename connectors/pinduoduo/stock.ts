import type { Action, ActionBodies } from '../kit/action.ts'
import { ConnectorError } from '../kit/fault.ts'
import { callPinduoduo } from './client.ts'
import type { PinduoduoContext } from './settings.ts'

/** `update_type`: the quantity is the new stock, not a change of it. */
const WHOLE = 1

/** Sets stock by `pdd.goods.quantity.update`; the same quantity twice is the same stock. */
export const stock: Action<
  ActionBodies['stock'],
  PinduoduoContext['settings'],
  PinduoduoContext['credentials']
> = {
  isRepeatable: true,
  async perform({ body: { sku, quantity, listings } }, context) {
    for (const { productId, skuId } of listings) {
      const variant = skuId === undefined ? { outer_id: sku } : { sku_id: skuId }
      const answer = await callPinduoduo(
        context,
        'pdd.goods.quantity.update',
        { goods_id: productId, ...variant, quantity, update_type: WHOLE },
        'write',
      )
      if (answer.is_success === false)
        throw new ConnectorError({ class: 'business', said: `goods_id ${productId}: is_success false` })
    }
    return { listings: listings.length, quantity }
  },
}
