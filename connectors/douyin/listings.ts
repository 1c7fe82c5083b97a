import type { Listing } from '../kit/listing.ts'
import { type Fields, recordOf, rowsOf, textOf } from '../kit/said.ts'

/** The merchant's code of a line; the platform's own id of the variant where it has none. */
export const skuOf = (skuOrder: Fields): string => textOf(skuOrder.code).trim() || textOf(skuOrder.sku_id)

/** What the platform calls the goods of an order. */
export function listings(document: unknown): readonly Listing[] {
  return rowsOf(recordOf(document).sku_order_list)
    .map(line => {
      const skuId = textOf(line.sku_id)
      return {
        sku: skuOf(line),
        productId: textOf(line.product_id_str) || textOf(line.product_id),
        ...(skuId !== '' && skuId !== '0' && { skuId }),
      }
    })
    .filter(({ sku, productId }) => sku !== '' && /^\d+$/.test(productId))
}
