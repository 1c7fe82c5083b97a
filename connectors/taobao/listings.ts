import type { Listing } from '../kit/listing.ts'
import { type Fields, isFields, textAt } from '../kit/said.ts'
import { linesOf } from './document.ts'

/** The merchant's code of a line: of the variant, else of the product, else the platform's id of the variant. */
export const skuOf = (line: Fields): string | undefined =>
  (textAt(line, 'outer_sku_id') ?? textAt(line, 'outer_iid') ?? textAt(line, 'sku_id'))?.trim()

/** What the platform calls the goods of a trade. */
export function listings(document: unknown): readonly Listing[] {
  if (!isFields(document)) return []
  return linesOf(document).flatMap(line => {
    const sku = skuOf(line)
    const productId = textAt(line, 'num_iid')
    const skuId = textAt(line, 'sku_id')
    // A product without variants has the variant 0.
    return sku && productId ? { sku, productId, ...(skuId && skuId !== '0' && { skuId }) } : []
  })
}
