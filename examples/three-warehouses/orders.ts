import { inventBuyer } from '../../connectors/simulators/buyers.ts'
import { createPrng, type Prng } from '../../connectors/simulators/prng.ts'
import type { ChannelOrder } from '../stage/channel-order.ts'
import { douyinOrder } from '../stage/douyin-order.ts'
import { orderIds } from '../stage/order-ids.ts'
import { taobaoTrade } from '../stage/taobao-trade.ts'
import { wireText } from '../stage/wire.ts'
import { assortment, type Placement, type Ware } from './assortment.ts'

export interface RetailOrder {
  readonly connection: string
  /** `<connection>:<orderId>` */
  readonly orderKey: string
  readonly orderId: string
  readonly lines: readonly { readonly ware: Ware; readonly quantity: number }[]
  readonly urgent: boolean
  readonly text: string
}

export const SHOPS = {
  taobao: { connection: 'yunbei-tmall', name: '云贝母婴旗舰店', document: taobaoTrade },
  douyin: { connection: 'yunbei-douyin', name: '云贝母婴抖店', document: douyinOrder },
} as const

const FROM = new Date('2026-06-18T02:00:00Z')
const SPACING_MS = 3_000
/** What the lines of an order are made of, and how often. */
const BASKETS: readonly (readonly [number, readonly Placement[]])[] = [
  [0.4, ['own']],
  [0.1, ['own', 'own']],
  [0.14, ['near']],
  [0.06, ['own', 'near']],
  [0.05, ['far']],
  [0.03, ['own', 'far']],
  [0.09, ['nowhere']],
  [0.03, ['own', 'nowhere']],
  [0.1, ['scarce']],
]

/** Orders of two shops, a buyer each. The same seed gives the same bytes. */
export function* retailOrders(seed: number, count: number): Generator<RetailOrder> {
  const prng = createPrng(seed)
  const idSeed = seed % 10_000
  for (let number = 0; number < count; number++) {
    const channel = prng.pick(['taobao', 'douyin'] as const)
    const shop = SHOPS[channel]
    const lines = basket(prng)
    const orderedAt = new Date(FROM.getTime() + number * SPACING_MS)
    const order: ChannelOrder = {
      orderId: orderIds[channel](idSeed, number),
      shop: shop.name,
      buyer: inventBuyer(prng, (idSeed % 1_000) * 10_000 + number),
      lines: lines.map(({ ware, quantity }) => ({
        product: ware,
        quantity,
        paidFen: ware.priceFen * quantity,
      })),
      postageFen: 0,
      orderedAt,
      paidAt: new Date(orderedAt.getTime() + 30_000),
      urgent: prng.chance(0.4),
      buyerNote: '',
      sellerNote: '',
    }
    yield {
      connection: shop.connection,
      orderKey: `${shop.connection}:${order.orderId}`,
      orderId: order.orderId,
      lines,
      urgent: order.urgent,
      text: wireText(shop.document(order)),
    }
  }
}

function basket(prng: Prng): RetailOrder['lines'] {
  let roll = prng.next()
  const placements = BASKETS.find(([share]) => {
    roll -= share
    return roll < 0
  })?.[1] ?? ['own']
  const wares = new Set(
    placements.map(placement => prng.pick(assortment.filter(each => each.placement === placement))),
  )
  // One unit of what is scarce, so that exactly as many orders get it as there are units.
  return [...wares].map(ware => ({ ware, quantity: ware.placement === 'scarce' ? 1 : prng.int(1, 4) }))
}
