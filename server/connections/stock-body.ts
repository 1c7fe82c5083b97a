import type { ActionBodies } from '../../connectors/kit/action.ts'
import { ConnectorError } from '../../connectors/kit/fault.ts'
import type { ConnectionDoc } from '../store/connection-doc.ts'
import type { Store } from '../store/store.ts'

/**
 * What a shop is told of the stock of a SKU, as it is at the moment of telling: a call that waited must not bring
 * old numbers. Off sale means none; else it is what all warehouses have, less what the call keeps back.
 * @throws ConnectorError class `business` for a SKU the shop was never seen to sell
 */
export async function stockBody(
  store: Store,
  { _id: connection, workspace, name }: Pick<ConnectionDoc, '_id' | 'workspace' | 'name'>,
  planned: Readonly<Record<string, unknown>>,
): Promise<ActionBodies['stock']> {
  const sku = String(planned.sku)
  const found = await store.listings.find({ connection, sku }).lean()
  if (found.length === 0)
    throw new ConnectorError({
      class: 'business',
      said: `还没有从「${name}」的订单里见过商品 ${sku}，不知道它在平台上的编号。请到店铺后台手工处理这一次`,
    })
  return {
    sku,
    quantity: await quantityOf(store, workspace, sku, planned),
    listings: found.map(({ productId, skuId }) => ({ sku, productId, ...(skuId !== '' && { skuId }) })),
  }
}

async function quantityOf(
  store: Store,
  workspace: string,
  sku: string,
  { action, keepBack }: Readonly<Record<string, unknown>>,
): Promise<number> {
  if (action === 'freeze') return 0
  const places = await store.stock.find({ workspace, sku }, { available: 1 }).lean()
  const available = places.reduce((sum, each) => sum + Math.max(0, each.available), 0)
  return Math.max(0, available - (typeof keepBack === 'number' ? keepBack : 0))
}
