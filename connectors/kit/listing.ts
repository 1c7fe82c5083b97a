/** What a platform calls the goods we know by SKU: learnt from orders, needed to write stock back. */
export interface Listing {
  /** Our SKU: the merchant's code on the platform. */
  readonly sku: string
  /** The platform's id of the product: `num_iid`, `goods_id`, `product_id`. */
  readonly productId: string
  /** The platform's id of the variant, where it has variants. */
  readonly skuId?: string
}
