import type { Product } from '../../connectors/simulators/product.ts'

/** Where a product lies, which decides the way its orders must go. */
export type Placement =
  /** Plenty in the own warehouse. */
  | 'own'
  /** None there, plenty in the near one. */
  | 'near'
  /** Only in the far one: too far for a transfer, yet not "nothing anywhere". */
  | 'far'
  | 'nowhere'
  /** A few units in the own warehouse and a few in the near one: many want them at the same time. */
  | 'scarce'

export interface Ware extends Product {
  readonly placement: Placement
}

export const PLENTY = 1_000_000
/** Units of the scarce product in the own and the near warehouse. */
export const SCARCE_UNITS = { own: 12, near: 8 } as const

const ware = (
  placement: Placement,
  sku: string,
  title: string,
  priceFen: number,
  ...spec: Product['spec']
): Ware => ({
  placement,
  sku,
  title,
  priceFen,
  spec,
})

/** What the maternity retailer sells. */
export const assortment: readonly Ware[] = [
  ware('own', 'MILK-A1-900', '婴儿配方奶粉 1 段 900g', 26_800, ['段数', '1 段']),
  ware('own', 'MILK-A2-900', '较大婴儿配方奶粉 2 段 900g', 25_800, ['段数', '2 段']),
  ware('own', 'DIAPER-NB-84', '超薄纸尿裤 NB 84 片', 11_900, ['尺码', 'NB']),
  ware('own', 'WIPES-80X6', '婴儿手口湿巾 80 抽 6 包', 4_990, ['规格', '80 抽×6']),
  ware('own', 'BOTTLE-240', '宽口径玻璃奶瓶 240ml', 8_900, ['容量', '240ml']),
  ware('near', 'MILK-A3-900', '幼儿配方奶粉 3 段 900g', 23_800, ['段数', '3 段']),
  ware('near', 'DIAPER-L-54', '超薄纸尿裤 L 54 片', 11_900, ['尺码', 'L']),
  ware('near', 'PUMP-DUAL', '双边电动吸奶器', 59_900, ['款式', '双边']),
  ware('far', 'STROLLER-LITE', '轻便可登机婴儿推车', 89_900, ['颜色', '雾灰']),
  ware('far', 'CRIB-OAK', '榉木拼接婴儿床', 129_900, ['材质', '榉木']),
  ware('nowhere', 'MILK-GOAT-800', '婴儿配方羊奶粉 1 段 800g', 32_800, ['段数', '1 段']),
  ware('nowhere', 'SEAT-ISOFIX', '儿童安全座椅 ISOFIX', 149_900, ['接口', 'ISOFIX']),
  ware('scarce', 'MILK-LIMITED-900', '有机奶粉 限量 900g', 36_800, ['段数', '2 段']),
]
