/** A product as a shop lists it. `sku` is the merchant's own code, which every channel carries. */
export interface Product {
  readonly sku: string
  readonly title: string
  /** Property and value: `['颜色', '雾霾蓝']`. */
  readonly spec: readonly (readonly [string, string])[]
  readonly priceFen: number
}

/** What a simulated shop sells where nobody says otherwise. */
export const SOLD_BY_DEFAULT: readonly Product[] = [
  {
    sku: 'TEE-WHT-M',
    title: '纯棉短袖T恤',
    spec: [
      ['颜色', '白色'],
      ['尺码', 'M'],
    ],
    priceFen: 12_900,
  },
  {
    sku: 'TEE-BLK-L',
    title: '纯棉短袖T恤',
    spec: [
      ['颜色', '黑色'],
      ['尺码', 'L'],
    ],
    priceFen: 12_900,
  },
  { sku: 'MUG-350', title: '陶瓷马克杯 350ml', spec: [['容量', '350ml']], priceFen: 3_990 },
  { sku: 'TEA-LJ-250', title: '明前龙井 250g', spec: [['规格', '250g 罐装']], priceFen: 26_800 },
  { sku: 'MILK-1', title: '婴儿奶粉 1 段 800g', spec: [['段位', '1 段']], priceFen: 19_900 },
  { sku: 'SOCK-5', title: '中筒棉袜 5 双装', spec: [['颜色', '混色']], priceFen: 2_990 },
]
