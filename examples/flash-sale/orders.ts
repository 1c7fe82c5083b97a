import { inventBuyer } from '../../connectors/simulators/buyers.ts'
import { createPrng, type Prng } from '../../connectors/simulators/prng.ts'
import type { ChannelOrder } from '../stage/channel-order.ts'
import { wireText } from '../stage/wire.ts'
import { SHOPS } from './channels.ts'
import { hotProducts } from './hot-products.ts'

export interface SaleOrder {
  readonly connection: string
  /** `<connection>:<orderId>` */
  readonly orderKey: string
  readonly sku: string
  /** What the channel sends, byte for byte. */
  readonly text: string
}

/** Everybody orders within so long a time. */
const RUSH_MS = 120_000

/**
 * The orders of the first two minutes of a sale, a buyer and one unit each, in the order they were placed. The same
 * seed and instant give the same bytes.
 * @param count below 100,000
 * @param until when the last of them was placed
 */
export function saleOrders(seed: number, count: number, until: Date): SaleOrder[] {
  const prng = createPrng(seed)
  const idSeed = seed % 10_000
  return Array.from({ length: count }, (_, number) => {
    const shop = pickByShare(prng, SHOPS, each => each.share)
    const product = pickByShare(prng, hotProducts, each => each.wanted)
    const orderedAt = toTheSecond(until.getTime() - ((count - number) / count) * RUSH_MS)
    const order: ChannelOrder = {
      orderId: shop.orderId(idSeed, number, orderedAt),
      shop: shop.name,
      buyer: inventBuyer(prng, (idSeed % 100) * 100_000 + number),
      lines: [{ product, quantity: 1, paidFen: product.priceFen }],
      postageFen: 0,
      orderedAt,
      paidAt: new Date(orderedAt.getTime() + 15_000),
      urgent: false,
      buyerNote: '',
      sellerNote: '',
    }
    return {
      connection: shop.connection,
      orderKey: `${shop.connection}:${order.orderId}`,
      sku: product.sku,
      text: wireText(shop.document(order)),
    }
  })
}

/** The shares add up to 1. */
function pickByShare<T>(prng: Prng, list: readonly T[], share: (each: T) => number): T {
  let roll = prng.next()
  return (
    list.find(each => {
      roll -= share(each)
      return roll < 0
    }) ?? list.at(-1)!
  )
}

function toTheSecond(ms: number): Date {
  return new Date(Math.floor(ms / 1_000) * 1_000)
}
