import type { Buyer } from '../../connectors/simulators/buyers.ts'
import type { Product } from '../../connectors/simulators/product.ts'

/** A paid sale before it takes the shape of one platform. */
export interface ChannelOrder {
  /** Digits as the platform writes them; a Pinduoduo one is `YYMMDD-` and 15 digits. */
  readonly orderId: string
  readonly shop: string
  readonly buyer: Buyer
  readonly lines: readonly {
    readonly product: Product
    readonly quantity: number
    /** Of the whole line, after discounts. */
    readonly paidFen: number
  }[]
  readonly postageFen: number
  /** To the second: no platform tells more. */
  readonly orderedAt: Date
  readonly paidAt: Date
  /** Staff marked it with the red flag. */
  readonly urgent: boolean
  readonly buyerNote: string
  readonly sellerNote: string
}

/** A document with integers beyond 2^53 as bigint, so that it can be written the way platforms write it. */
export type PlatformDocument = Record<string, unknown>

export function goodsFen(order: ChannelOrder): number {
  return order.lines.reduce((sum, line) => sum + line.product.priceFen * line.quantity, 0)
}

/** Goods after discounts, with postage: what the buyer paid. */
export function paidFen(order: ChannelOrder): number {
  return order.lines.reduce((sum, line) => sum + line.paidFen, 0) + order.postageFen
}

/** `129.00` */
export function yuanText(fen: number): string {
  return (fen / 100).toFixed(2)
}

/** `2026-10-01 10:03:40`, the way platforms write a time: local to Shanghai, without a zone. */
export function shanghaiTime(at: Date): string {
  return new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')
}

/** A number that stays the same for a text: catalogue ids of a made-up platform. */
export function steadyId(text: string, from: number): number {
  let hash = 0
  for (const character of text) hash = (hash * 31 + character.codePointAt(0)!) % 1_000_000
  return from + hash
}

/** `张*`, the way platforms show a receiver to whoever may not see the name. */
export function maskName(name: string): string {
  return `${name.slice(0, 1)}${'*'.repeat(Math.max(1, name.length - 1))}`
}

/** `1*********0` */
export function maskPhone(phone: string): string {
  return `${phone.slice(0, 1)}${'*'.repeat(9)}${phone.slice(-1)}`
}
