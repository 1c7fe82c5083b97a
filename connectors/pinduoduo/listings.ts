import type { Listing } from '../kit/listing.ts'
import { listOf, recordOf, textOf } from '../kit/said.ts'

/** Our SKU of a line: the merchant's code of the variant, else of the product, else the platform's number. */
export function skuOf(line: Readonly<Record<string, unknown>>): string {
  return (
    [line.outer_id, line.outer_goods_id, line.sku_id]
      .map(textOf)
      .find(code => code.trim() !== '')
      ?.trim() ?? ''
  )
}

/** What Pinduoduo calls the goods of an order. */
export function listingsOf(document: unknown): Listing[] {
  return listOf(recordOf(document).item_list)
    .map(recordOf)
    .filter(line => textOf(line.goods_id) !== '' && skuOf(line) !== '')
    .map(line => ({
      sku: skuOf(line),
      productId: textOf(line.goods_id),
      ...(textOf(line.sku_id) !== '' && { skuId: textOf(line.sku_id) }),
    }))
}
