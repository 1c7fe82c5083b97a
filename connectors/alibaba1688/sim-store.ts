import type { SimDeed } from '../simulators/simulator.ts'

/** What a supplier sells. `sku` is what the buyers of the stories call it. */
export interface SimOffer {
  readonly sku: string
  readonly offerId: string
  readonly specId: string
  readonly skuId: string
  readonly title: string
  readonly spec: readonly [string, string]
  readonly priceFen: number
  readonly seller: string
  stock: number
}

export interface SimPurchase {
  readonly id: string
  readonly outOrderId: string
  readonly message: string
  readonly address: Readonly<Record<string, unknown>>
  readonly lines: readonly { readonly offer: SimOffer; readonly quantity: number }[]
  readonly postFen: number
  readonly totalFen: number
  readonly createdAt: Date
  modifiedAt: Date
  status: 'waitbuyerpay' | 'waitsellersend' | 'waitbuyerreceive' | 'success' | 'cancel'
  paidAt?: Date
  shippedAt?: Date
  waybill?: string
  readonly steps: { readonly at: Date; readonly remark: string }[]
}

/** The sellers and the buyer's orders of a simulated 1688. */
export interface SimSuppliers {
  readonly offers: readonly SimOffer[]
  offer(offerId: string, specId: string | undefined): SimOffer | undefined
  /** Makes an order: stock is taken at once. */
  buy(order: Pick<SimPurchase, 'outOrderId' | 'message' | 'address' | 'lines'>): SimPurchase
  purchase(id: string): SimPurchase | undefined
  /** Newest first. */
  purchases(): readonly SimPurchase[]
  pay(id: string): void
  ship(id: string, waybill: string): void
  /** A scan of its parcel. */
  move(id: string, remark: string): void
  log(): readonly { readonly at: Date; readonly text: string }[]
  readonly deeds: readonly SimDeed[]
}

const SELLERS = ['演示供货商', '演示陶瓷厂'] as const
const POST_FEN = 800
const FIRST_ID = 2_820_000_000_000_000_000n

const GOODS = [
  ['TEE-WHT-M', '纯棉短袖T恤 批发', '颜色', '白色 M', 4_500, 0],
  ['TEE-BLK-L', '纯棉短袖T恤 批发', '颜色', '黑色 L', 4_500, 0],
  ['MUG-350', '陶瓷马克杯 批发', '容量', '350ml', 1_250, 1],
  ['MILK-1', '婴儿奶粉 1 段 整箱', '段位', '1 段', 15_800, 0],
  ['SOCK-5', '中筒棉袜 5 双装 批发', '颜色', '混色', 1_100, 0],
] as const

const newOffers = (): readonly SimOffer[] =>
  GOODS.map(([sku, title, name, value, priceFen, seller], index) => ({
    sku,
    offerId: String(612_345_678_901 + index),
    specId: `b266e0726506185beaf205cbae8853${String(index).padStart(2, '0')}`,
    skuId: String(4_500_000_000_001 + index),
    title,
    spec: [name, value],
    priceFen,
    seller: SELLERS[seller],
    stock: 500,
  }))

export function simSuppliers(clock: () => Date): SimSuppliers {
  const offers = newOffers()
  const purchases = new Map<string, SimPurchase>()
  const entries: { at: Date; text: string }[] = []

  function change(id: string, what: string, work: (purchase: SimPurchase) => void): void {
    const purchase = purchases.get(id.trim())
    if (!purchase) throw new Error(`没有采购单 ${id} / There is no purchase ${id}`)
    work(purchase)
    purchase.modifiedAt = clock()
    entries.unshift({ at: clock(), text: `${id} ${what}` })
  }
  const pay = (id: string) =>
    change(id, '付款 paid', purchase => {
      purchase.status = 'waitsellersend'
      purchase.paidAt = clock()
    })
  const ship = (id: string, waybill: string) =>
    change(id, `发货 shipped ${waybill}`, purchase => {
      purchase.status = 'waitbuyerreceive'
      purchase.shippedAt = clock()
      purchase.waybill = waybill
    })
  const move = (id: string, remark: string) =>
    change(id, remark, purchase => void purchase.steps.push({ at: clock(), remark }))

  const deed = (id: string, zh: string, en: string, work: (asked: string) => void): SimDeed => ({
    id,
    name: { zh, en },
    asks: { zh: '采购单号', en: 'Purchase' },
    perform(asked) {
      try {
        work(asked.trim())
      } catch (error) {
        return error instanceof Error ? error.message : String(error)
      }
      return `${asked}：${zh} / ${en}`
    },
  })

  return {
    offers,
    offer: (offerId, specId) =>
      offers.find(offer => offer.offerId === offerId && (specId === undefined || offer.specId === specId)),
    buy(order) {
      const goodsFen = order.lines.reduce((sum, { offer, quantity }) => sum + offer.priceFen * quantity, 0)
      for (const { offer, quantity } of order.lines) offer.stock -= quantity
      const purchase: SimPurchase = {
        ...order,
        id: String(FIRST_ID + BigInt(purchases.size + 1)),
        postFen: POST_FEN,
        totalFen: goodsFen + POST_FEN,
        createdAt: clock(),
        modifiedAt: clock(),
        status: 'waitbuyerpay',
        steps: [],
      }
      purchases.set(purchase.id, purchase)
      entries.unshift({ at: clock(), text: `${purchase.id} 下单 ordered: ${order.message}` })
      return purchase
    },
    purchase: id => purchases.get(id),
    purchases: () => [...purchases.values()].reverse(),
    pay,
    ship,
    move,
    log: () => entries,
    deeds: [
      deed('pay', '付款', 'Pay', pay),
      deed('ship', '发货', 'Ship', id => ship(id, `YT${id.slice(-13)}`)),
      deed('collect', '揽收', 'Collect', id => move(id, '【杭州市】已揽收')),
      deed('sign', '签收', 'Sign', id => move(id, '客户签收')),
    ],
  }
}
