/** A product as a shop lists it. `sku` is the merchant's own code, which every channel carries. */
export interface Product {
  readonly sku: string
  readonly title: string
  /** Property and value: `['颜色', '雾霾蓝']`. */
  readonly spec: readonly (readonly [string, string])[]
  readonly priceFen: number
}
