import { type Document, Int32, serialize } from 'bson'
import type { IndexField } from '../../../server/embedded/bson/index-keys.ts'

/** An event as the product keeps them: about 1,400 bytes, two indexes. */
export interface Event {
  _id: string
  lane: number
  seq: number
  state: string
  order: string
  at: Date
  body: string
}

/** How much there is of one product. */
export interface Stock {
  _id: string
  left: number
  held: number
}

/** A line of an order that was sold: about 130 bytes. */
export interface Sale {
  _id: number
  sku: string
  paidFen: number
  channel: string
  at: Date
}

export const LANES = 16
export const STOCKS = 10_000
export const SALES = 100_000
export const SKUS = 500

/** The fields of the indexes, as the store's own key functions want them. */
export const BY_LANE: readonly IndexField[] = ascending('lane', 'state', 'seq')
export const BY_ORDER: readonly IndexField[] = ascending('order')
export const BY_SKU: readonly IndexField[] = ascending('sku')

const BODY = JSON.stringify({ tid: '1', title: 'x'.repeat(60), address: 'y'.repeat(200) })
  .repeat(4)
  .slice(0, 1150)
const FIRST_AT = Date.UTC(2026, 0, 1)

/** Event number `seq`: one of ten is pending, its `_id` is as good as random. */
export function eventOf(seq: number): Event {
  return {
    _id: idOf(seq),
    lane: seq % LANES,
    seq,
    state: Math.floor(seq / LANES) % 10 === 0 ? 'pending' : 'done',
    order: orderOf(seq),
    at: new Date(FIRST_AT + seq * 1000),
    body: BODY,
  }
}

/** The number of the nth pending event of a lane. */
export function pendingSeq(lane: number, nth: number): number {
  return nth * LANES * 10 + lane
}

/** 32 digits that no order is seen in. */
export function idOf(seq: number): string {
  let id = ''
  for (let part = 1; part <= 4; part++) id += mixed(seq + part * 0x9e37_79b9)
  return id
}

export function orderOf(seq: number): string {
  return `o${seq}`
}

export function stockOf(n: number): Stock {
  return { _id: stockId(n), left: 1_000_000_000, held: 0 }
}

export function stockId(n: number): string {
  return `stock-${String(n).padStart(5, '0')}`
}

export function saleOf(n: number): Sale {
  return {
    _id: n,
    sku: `sku-${String((n * 7919) % SKUS).padStart(3, '0')}`,
    paidFen: 1000 + (n % 9000),
    channel: ['taobao', 'douyin', 'jd', 'shop'][n % 4]!,
    at: new Date(FIRST_AT + n * 1000),
  }
}

/** The bytes the store keeps of a document. */
export function bytesOf(document: object): Buffer {
  return Buffer.from(serialize(document as Document))
}

/** A number as the codec of the store decodes it. */
export function int(value: number): Int32 {
  return new Int32(value)
}

function ascending(...paths: string[]): IndexField[] {
  return paths.map(path => ({ path, direction: 1 }))
}

/** A permutation of the 32-bit numbers (the finalizer of MurmurHash3), as eight digits. */
function mixed(value: number): string {
  let bits = value | 0
  bits = Math.imul(bits ^ (bits >>> 16), 0x85eb_ca6b)
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2_ae35)
  return ((bits ^ (bits >>> 16)) >>> 0).toString(16).padStart(8, '0')
}
