import { type Buyer, inventBuyer } from './buyers.ts'
import { createPrng } from './prng.ts'
import { type Product, SOLD_BY_DEFAULT } from './product.ts'

export type SimStatus = 'created' | 'paid' | 'on-hold' | 'shipped' | 'signed' | 'closed' | 'refunded'
export type SimRefundStatus = 'asked' | 'agreed' | 'returning' | 'refunded' | 'closed'

/** A product as the platform lists it, and what it believes is left. */
export interface SimListing extends Product {
  readonly productId: string
  readonly skuId: string
  stock: number
}

export interface SimLine {
  readonly lineId: string
  readonly listing: SimListing
  readonly quantity: number
  /** Of the whole line, after discounts. */
  readonly paidFen: number
}

export interface SimRefund {
  readonly id: string
  readonly orderId: string
  readonly lineId: string
  /** Money back alone, or goods back as well. */
  readonly kind: 'refund' | 'return'
  readonly amountFen: number
  readonly quantity: number
  readonly reason: string
  readonly createdAt: Date
  modifiedAt: Date
  status: SimRefundStatus
  /** The parcel that brings the goods back. */
  waybill?: { readonly carrier: string; readonly number: string }
}

export interface SimParcel {
  readonly carrier: string
  readonly number: string
  readonly at: Date
  readonly lineIds: readonly string[]
}

/** An order on the platform, in no platform's words. Money in fen. */
export interface SimOrder {
  readonly id: string
  /** Grows by one with every order of the shop. */
  readonly number: number
  readonly buyer: Buyer
  readonly lines: readonly SimLine[]
  readonly freightFen: number
  /** Lines and freight: what the buyer pays. */
  readonly paidFen: number
  readonly createdAt: Date
  readonly buyerNote: string
  sellerNote: string
  /** Staff marked it with the red flag. */
  urgent: boolean
  status: SimStatus
  modifiedAt: Date
  paidAt?: Date
  shippedAt?: Date
  signedAt?: Date
  closedAt?: Date
  readonly parcels: SimParcel[]
  readonly refunds: SimRefund[]
}

/** What happened to an order, for pushes. */
export interface SimChange {
  readonly what: 'created' | 'paid' | 'shipped' | 'signed' | 'closed' | 'changed' | 'refund'
  readonly order: SimOrder
  readonly refund?: SimRefund
}

export interface ShopOptions {
  readonly name: string
  readonly shopId: string
  /** How the platform numbers its orders. */
  readonly orderId: (number: number, at: Date) => string
  /** How it numbers products and variants; `number` counts from 1. */
  readonly productId?: (number: number) => string
  readonly skuId?: (number: number) => string
  readonly refundId?: (number: number) => string
  readonly products?: readonly Product[]
  readonly clock?: () => Date
  readonly seed?: number
}

/** What may be said of an order that is placed; the rest is made up. */
export interface Placing {
  readonly at?: Date
  /** When it changed last; when it was placed where absent. */
  readonly modifiedAt?: Date
  readonly isPaid?: boolean
  readonly buyer?: Buyer
  readonly lines?: readonly { readonly sku: string; readonly quantity: number; readonly paidFen?: number }[]
  readonly urgent?: boolean
  readonly buyerNote?: string
  readonly freightFen?: number
  /** The platform's number of it, where a story has one. */
  readonly id?: string
}

/** A made-up shop on a platform: the facts a simulator tells in that platform's words. */
export interface SimShop {
  readonly name: string
  readonly shopId: string
  readonly clock: () => Date
  readonly listings: readonly SimListing[]
  place(order?: Placing): SimOrder
  /** Numbers of orders and refunds go on behind this one: a shop that starts anew has no numbers of an earlier one. */
  countFrom(number: number): void
  order(id: string): SimOrder | undefined
  /** Newest change first, as every platform lists them. `to` is exclusive. */
  modifiedBetween(from: Date, to: Date): SimOrder[]
  /** Newest first. `to` is exclusive. */
  createdBetween(from: Date, to: Date): SimOrder[]
  refundsBetween(from: Date, to: Date): SimRefund[]
  refund(id: string): SimRefund | undefined
  pay(id: string): void
  /** @returns false when it was shipped already or is in no state to be */
  ship(id: string, parcel: Omit<SimParcel, 'at'>): boolean
  sign(id: string): void
  close(id: string): void
  /** Changes nothing but the time of change: what a moved memo does. */
  touch(id: string): void
  askRefund(
    id: string,
    asking?: { readonly lineId?: string; readonly kind?: SimRefund['kind']; readonly reason?: string },
  ): SimRefund
  /** Moves a refund on; `refunded` on all lines makes the order refunded. */
  moveRefund(id: string, status: SimRefundStatus, waybill?: SimRefund['waybill']): void
  onChange(listener: (change: SimChange) => void): void
  all(): readonly SimOrder[]
}

const NOTES = ['', '', '', '请放门卫', '送人的，请不要放价格单', '急用，麻烦尽快发货']

export function simShop(options: ShopOptions): SimShop {
  const { clock = () => new Date(), orderId } = options
  const prng = createPrng(options.seed ?? 1)
  const productId = options.productId ?? (number => String(680_000_000_000 + number))
  const skuId = options.skuId ?? (number => String(5_300_000_000_000 + number))
  const refundId = options.refundId ?? (number => String(150_000_000_000_000 + number))
  const products = options.products ?? SOLD_BY_DEFAULT
  const titles = [...new Set(products.map(({ title }) => title))]
  const listings: SimListing[] = products.map((product, index) => ({
    ...product,
    productId: productId(titles.indexOf(product.title) + 1),
    skuId: skuId(index + 1),
    stock: 1_000,
  }))
  const orders = new Map<string, SimOrder>()
  const refunds = new Map<string, SimRefund>()
  const listeners: ((change: SimChange) => void)[] = []
  let placed = 0
  let refunded = 0

  const tell = (what: SimChange['what'], order: SimOrder, refund?: SimRefund) => {
    order.modifiedAt = clock()
    for (const listener of listeners) listener({ what, order, ...(refund && { refund }) })
  }
  const demand = (id: string): SimOrder => {
    const order = orders.get(id)
    if (!order) throw new Error(`The simulated shop has no order ${id}.`)
    return order
  }
  const between = <T>(all: Iterable<T>, timeOf: (entry: T) => Date, from: Date, to: Date): T[] =>
    [...all]
      .filter(entry => timeOf(entry) >= from && timeOf(entry) < to)
      .sort((a, b) => timeOf(b).getTime() - timeOf(a).getTime())

  function linesOf(wanted: Placing['lines'], number: number): SimLine[] {
    const picked = wanted ?? [{ sku: prng.pick(listings).sku, quantity: prng.int(1, 3) }]
    return picked.map(({ sku, quantity, paidFen }, index) => {
      const listing = listings.find(each => each.sku === sku)
      if (!listing) throw new Error(`The simulated shop does not sell ${sku}.`)
      return {
        lineId: `${number}-${index + 1}`,
        listing,
        quantity,
        paidFen: paidFen ?? listing.priceFen * quantity,
      }
    })
  }

  return {
    name: options.name,
    shopId: options.shopId,
    clock,
    listings,
    place(placing = {}) {
      const number = ++placed
      const createdAt = placing.at ?? clock()
      const lines = linesOf(placing.lines, number)
      const freightFen = placing.freightFen ?? 0
      const isPaid = placing.isPaid ?? true
      const order: SimOrder = {
        id: placing.id ?? orderId(number, createdAt),
        number,
        buyer: placing.buyer ?? inventBuyer(prng, number),
        lines,
        freightFen,
        paidFen: lines.reduce((sum, line) => sum + line.paidFen, 0) + freightFen,
        createdAt,
        buyerNote: placing.buyerNote ?? prng.pick(NOTES),
        sellerNote: '',
        urgent: placing.urgent ?? false,
        status: isPaid ? 'paid' : 'created',
        modifiedAt: placing.modifiedAt ?? createdAt,
        parcels: [],
        refunds: [],
        ...(isPaid && { paidAt: createdAt }),
      }
      orders.set(order.id, order)
      for (const listener of listeners) listener({ what: isPaid ? 'paid' : 'created', order })
      return order
    },
    countFrom(number) {
      placed = number
      refunded = number
    },
    order: id => orders.get(id),
    modifiedBetween: (from, to) => between(orders.values(), order => order.modifiedAt, from, to),
    createdBetween: (from, to) => between(orders.values(), order => order.createdAt, from, to),
    refundsBetween: (from, to) => between(refunds.values(), refund => refund.modifiedAt, from, to),
    refund: id => refunds.get(id),
    pay(id) {
      const order = demand(id)
      order.status = 'paid'
      order.paidAt = clock()
      tell('paid', order)
    },
    ship(id, parcel) {
      const order = demand(id)
      const sent = new Set(order.parcels.flatMap(({ lineIds }) => lineIds))
      // A further parcel may carry what is not under way yet.
      const isFurther =
        order.status === 'shipped' && parcel.lineIds.length > 0 && !parcel.lineIds.some(id => sent.has(id))
      if (order.status !== 'paid' && !isFurther) return false
      order.parcels.push({ ...parcel, at: clock() })
      order.status = 'shipped'
      order.shippedAt = clock()
      tell('shipped', order)
      return true
    },
    sign(id) {
      const order = demand(id)
      order.status = 'signed'
      order.signedAt = clock()
      tell('signed', order)
    },
    close(id) {
      const order = demand(id)
      order.status = 'closed'
      order.closedAt = clock()
      tell('closed', order)
    },
    touch: id => tell('changed', demand(id)),
    askRefund(id, { lineId, kind = 'refund', reason = '拍错了' } = {}) {
      const order = demand(id)
      const line = order.lines.find(each => each.lineId === lineId) ?? order.lines[0]!
      const refund: SimRefund = {
        id: refundId(++refunded),
        orderId: id,
        lineId: line.lineId,
        kind,
        amountFen: line.paidFen,
        quantity: line.quantity,
        reason,
        createdAt: clock(),
        modifiedAt: clock(),
        status: 'asked',
      }
      refunds.set(refund.id, refund)
      order.refunds.push(refund)
      tell('refund', order, refund)
      return refund
    },
    moveRefund(id, status, waybill) {
      const refund = refunds.get(id)
      if (!refund) throw new Error(`The simulated shop has no refund ${id}.`)
      const order = demand(refund.orderId)
      refund.status = status
      refund.modifiedAt = clock()
      if (waybill) refund.waybill = waybill
      const isAllBack = order.lines.every(line =>
        order.refunds.some(each => each.lineId === line.lineId && each.status === 'refunded'),
      )
      if (isAllBack) order.status = 'refunded'
      tell('refund', order, refund)
    },
    onChange: listener => void listeners.push(listener),
    all: () => [...orders.values()],
  }
}
