import { defineSchema } from './define-schema.ts'

/** What one shop's platform calls the goods of a SKU, learnt from its orders. */
export interface ListingDoc {
  /** `<connection>/<product>/<variant>` */
  _id: string
  workspace: string
  connection: string
  sku: string
  productId: string
  skuId: string
  seenAt: Date
}

export const listingSchema = defineSchema<ListingDoc>('listings', {
  _id: String,
  workspace: String,
  connection: String,
  sku: String,
  productId: String,
  skuId: String,
  seenAt: Date,
})
listingSchema.index({ connection: 1, sku: 1 })
