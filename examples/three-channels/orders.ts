import { inventBuyer } from '../../connectors/simulators/buyers.ts'
import { createPrng, type Prng } from '../../connectors/simulators/prng.ts'
import type { ChannelOrder } from '../stage/channel-order.ts'
import { wireText } from '../stage/wire.ts'
import { catalogue } from './catalogue.ts'
import { type Channel, SHOPS } from './channels.ts'
import { DEFECTS, type Defect, spoil } from './defects.ts'

/**
 * What an entry is, which is what the product must find out by itself:
 * `sale` an order of its own · `duplicate` the same phone and SKUs on another channel within 3 minutes ·
 * `late-twin` the same, but later than 3 minutes · `other-items` the same phone within 3 minutes, other SKUs ·
 * `redelivery` a document pushed twice · `malformed`
 */
export type Kind = 'sale' | 'duplicate' | 'late-twin' | 'other-items' | 'redelivery' | 'malformed'

export interface StoryOrder {
  readonly kind: Kind
  readonly connection: string
  readonly channel: Channel
  readonly orderId: string
  /** `<connection>:<orderId>` */
  readonly orderKey: string
  /** Of a duplicate: key of the order that is kept. */
  readonly duplicateOf?: string
  readonly defect?: Defect
  readonly order: ChannelOrder
  /** What the platform sends, byte for byte. */
  readonly text: string
}

export interface StreamOptions {
  /** How many documents; 3,000 where absent, at most 10,000. */
  readonly orders?: number
  /** When the first was ordered. */
  readonly from?: Date
}

const SHARES = { malformed: 0.01, duplicate: 0.08, lateTwin: 0.02, otherItems: 0.01, redelivery: 0.02 }
const WINDOW_SECONDS = 180
const SPACING_MS = 2_000
/** A twin comes at least so many documents after its original, so it is the later one however they are batched. */
export const LAG = 60
const FROM = new Date('2026-06-18T12:00:00Z')

/** The documents of the brand's three shops in the order they arrive. The same seed gives the same bytes. */
export function* storyOrders(
  seed: number,
  { orders = 3_000, from = FROM }: StreamOptions = {},
): Generator<StoryOrder> {
  const prng = createPrng(seed)
  const idSeed = seed % 10_000
  const start = Math.floor(from.getTime() / 1000) * 1000
  /** Sales nothing refers to yet, oldest first. */
  const free: { entry: StoryOrder; number: number }[] = []

  const ripe = (number: number): StoryOrder | undefined => {
    const count = free.findIndex(each => each.number > number - LAG)
    const length = count === -1 ? free.length : count
    return length === 0 ? undefined : free.splice(prng.int(0, length - 1), 1)[0]!.entry
  }

  const entry = (
    kind: Kind,
    channel: Channel,
    number: number,
    order: ChannelOrder,
    rest: Partial<StoryOrder> = {},
  ): StoryOrder => {
    const shop = SHOPS[channel]
    const orderId = shop.orderId(idSeed, number, order.orderedAt)
    const own = { ...order, orderId, shop: shop.name }
    const document = rest.defect ? spoil(shop.document(own), channel, rest.defect) : shop.document(own)
    const whole = wireText(document)
    const text = rest.defect === 'cut-off' ? whole.slice(0, Math.floor(whole.length * 0.7)) : whole
    return {
      kind,
      connection: shop.connection,
      channel,
      orderId,
      orderKey: `${shop.connection}:${orderId}`,
      order: own,
      text,
      ...rest,
    }
  }

  for (let number = 0; number < orders; number++) {
    const roll = prng.next()
    const twinOf =
      roll >= SHARES.malformed &&
      roll < SHARES.malformed + SHARES.duplicate + SHARES.lateTwin + SHARES.otherItems + SHARES.redelivery
    const original = twinOf ? ripe(number) : undefined
    const at = new Date(start + number * SPACING_MS)
    if (original) {
      yield twin(original, roll - SHARES.malformed, number)
    } else {
      const malformed = roll < SHARES.malformed
      const order = inventOrder(prng, (idSeed % 1_000) * 10_000 + number, at)
      const made = entry(malformed ? 'malformed' : 'sale', channelFor(prng, order), number, order, {
        defect: malformed ? prng.pick(DEFECTS) : undefined,
      })
      if (!malformed) free.push({ entry: made, number })
      yield made
    }
  }

  function twin(original: StoryOrder, roll: number, number: number): StoryOrder {
    const { order } = original
    if (roll < SHARES.duplicate) {
      const seconds = prng.int(1, WINDOW_SECONDS) * (prng.chance(0.5) ? 1 : -1)
      const again = moved({ ...order, lines: order.lines.toReversed() }, seconds)
      return entry('duplicate', otherChannel(prng, original), number, again, {
        duplicateOf: original.orderKey,
      })
    }
    if (roll < SHARES.duplicate + SHARES.lateTwin) {
      // One second too late is not a duplicate; the first of them stand exactly there.
      const seconds = prng.chance(0.25) ? WINDOW_SECONDS + 1 : prng.int(WINDOW_SECONDS + 1, 900)
      return entry('late-twin', otherChannel(prng, original), number, moved(order, seconds))
    }
    if (roll < SHARES.duplicate + SHARES.lateTwin + SHARES.otherItems) {
      const taken = new Set(order.lines.map(line => line.product.sku))
      const product = prng.pick(catalogue.filter(each => !taken.has(each.sku)))
      const lines = [{ product, quantity: 1, paidFen: product.priceFen }]
      const other = moved({ ...order, lines }, prng.int(1, WINDOW_SECONDS))
      return entry('other-items', otherChannel(prng, original), number, other)
    }
    return { ...original, kind: 'redelivery' }
  }
}

function moved(order: ChannelOrder, seconds: number): ChannelOrder {
  const orderedAt = new Date(order.orderedAt.getTime() + seconds * 1000)
  return { ...order, orderedAt, paidAt: new Date(orderedAt.getTime() + 20_000) }
}

/** Pinduoduo orders have one line. */
function channelFor(prng: Prng, order: ChannelOrder): Channel {
  return prng.pick<Channel>(order.lines.length > 1 ? ['taobao', 'douyin'] : ['taobao', 'douyin', 'pinduoduo'])
}

function otherChannel(prng: Prng, { channel, order }: StoryOrder): Channel {
  const possible: Channel[] =
    order.lines.length > 1 ? ['taobao', 'douyin'] : ['taobao', 'douyin', 'pinduoduo']
  return prng.pick(possible.filter(each => each !== channel))
}

function inventOrder(prng: Prng, buyerNumber: number, orderedAt: Date): ChannelOrder {
  const buyer = inventBuyer(prng, buyerNumber)
  const count = prng.chance(0.7) ? 1 : prng.int(2, 3)
  const products = new Set(Array.from({ length: count }, () => prng.pick(catalogue)))
  const lines = [...products].map(product => {
    const quantity = prng.chance(0.85) ? 1 : 2
    const total = product.priceFen * quantity
    return { product, quantity, paidFen: prng.chance(0.3) ? total - prng.int(1, 30) * 100 : total }
  })
  return {
    orderId: '',
    shop: '',
    buyer,
    lines,
    postageFen: prng.chance(0.1) ? 800 : 0,
    orderedAt,
    paidAt: new Date(orderedAt.getTime() + 20_000),
    urgent: prng.chance(0.15),
    buyerNote: prng.chance(0.05) ? '麻烦尽快发货，谢谢' : '',
    sellerNote: '',
  }
}
