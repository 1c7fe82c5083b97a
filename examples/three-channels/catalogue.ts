import type { Product } from '../../connectors/simulators/product.ts'

const STYLES: readonly {
  code: string
  title: string
  priceFen: number
  colours: readonly (readonly [string, string])[]
}[] = [
  {
    code: 'DRESS',
    title: '法式碎花连衣裙',
    priceFen: 25_900,
    colours: [
      ['BLU', '雾霾蓝'],
      ['RED', '复古红'],
    ],
  },
  {
    code: 'KNIT',
    title: '羊毛混纺针织衫',
    priceFen: 32_900,
    colours: [
      ['OAT', '燕麦色'],
      ['BLK', '黑色'],
    ],
  },
  {
    code: 'JEANS',
    title: '高腰直筒牛仔裤',
    priceFen: 19_900,
    colours: [
      ['DEN', '深牛仔蓝'],
      ['WHT', '米白'],
    ],
  },
  {
    code: 'TRENCH',
    title: '双排扣中长风衣',
    priceFen: 69_900,
    colours: [
      ['KHA', '卡其色'],
      ['NAV', '藏青'],
    ],
  },
  {
    code: 'TSHIRT',
    title: '纯棉短袖T恤',
    priceFen: 9_900,
    colours: [
      ['BLK', '黑色'],
      ['WHT', '白色'],
    ],
  },
  {
    code: 'SKIRT',
    title: 'A字半身裙',
    priceFen: 15_900,
    colours: [
      ['CHK', '格纹'],
      ['GRY', '灰色'],
    ],
  },
]
const SIZES = ['S', 'M', 'L']

/** What the fashion brand sells: 36 SKUs, each style in two colours and three sizes. */
export const catalogue: readonly Product[] = STYLES.flatMap(({ code, title, priceFen, colours }) =>
  colours.flatMap(([colourCode, colour]) =>
    SIZES.map(size => ({
      sku: `${code}-${colourCode}-${size}`,
      title,
      spec: [
        ['颜色', colour],
        ['尺码', size],
      ] as const,
      priceFen,
    })),
  ),
)
