import type { Product } from '../../connectors/simulators/product.ts'

/** A product of the sale. */
export interface HotProduct extends Product {
  /** Share of the orders that want it. */
  readonly wanted: number
  /** Share of the units there are; smaller than that of the orders, so that every one of them sells out. */
  readonly stocked: number
}

const hot = (
  sku: string,
  title: string,
  spec: Product['spec'],
  { priceFen, wanted, stocked }: { priceFen: number; wanted: number; stocked: number },
): HotProduct => ({ sku, title, spec, priceFen, wanted, stocked })

/** What everybody wants at the same moment. */
export const hotProducts: readonly HotProduct[] = [
  hot('COAT-RED-S', '加绒防风大衣', [['颜色', '酒红']], { priceFen: 39_900, wanted: 0.36, stocked: 0.4 }),
  hot('DRESS-BLU-M', '法式碎花连衣裙', [['颜色', '雾霾蓝']], {
    priceFen: 12_900,
    wanted: 0.26,
    stocked: 0.25,
  }),
  hot('KNIT-OAT-L', '羊毛混纺针织衫', [['颜色', '燕麦色']], {
    priceFen: 16_900,
    wanted: 0.18,
    stocked: 0.17,
  }),
  hot('SCARF-GRY', '羊绒围巾', [['颜色', '浅灰']], { priceFen: 9_900, wanted: 0.12, stocked: 0.11 }),
  hot('BOOT-BLK-38', '切尔西短靴', [['尺码', '38']], { priceFen: 29_900, wanted: 0.08, stocked: 0.07 }),
]

/** Of 18,000 orders 10,000 can be served; the same share of any other number. */
const SERVED = 10_000 / 18_000
const OWN_SHARE = 0.8

/** Units of a product in the own and in the near warehouse. */
export interface Units {
  readonly own: number
  readonly near: number
}

/**
 * What there is of each product when so many orders are to come: 10,000 units in all for 18,000 orders, four
 * fifths of them in the own warehouse.
 */
export function unitsFor(orders: number): ReadonlyMap<string, Units> {
  const all = Math.round(orders * SERVED)
  let left = all
  return new Map(
    hotProducts.map(({ sku, stocked }, index) => {
      const units = index === hotProducts.length - 1 ? left : Math.round(all * stocked)
      left -= units
      const own = Math.round(units * OWN_SHARE)
      return [sku, { own, near: units - own }]
    }),
  )
}
