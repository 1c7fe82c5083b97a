import { aPlainOrder, documentOf, plainConnection, warehouses } from '../support/warehouse-shop.ts'
import type { Visit } from './browser.ts'

/** A shop to build rules for: three warehouses with stock, one channel, one supplier, no workflow yet. */
export async function openShop({ call }: Visit): Promise<void> {
  for (const { _id, name, city, point } of warehouses)
    await call('PUT', `/warehouses/${_id}`, { name, city, point })
  const { name, channel, shop, warehouse, identity, mapping } = plainConnection()
  await call('PUT', '/connections/plain', { name, channel, shop, warehouse, identity, mapping })
  await call('PUT', '/connections/supplier', { name: '牛奶供应商', connector: 'supplier' })
  const stock = { hangzhou: { 'MILK-1': 2 }, ningbo: { 'MILK-1': 9, 'TEA-1': 9 } }
  for (const [id, skus] of Object.entries(stock)) {
    const lines = Object.entries(skus).map(([sku, quantity]) => ({ sku, quantity }))
    await call('POST', '/stock/receipts', { id: `initial-${id}`, warehouse: id, lines })
  }
}

/** A document as the channel sends it. */
export const aDocument = (over: Parameters<typeof aPlainOrder>[0] = {}) => documentOf(aPlainOrder(over))
