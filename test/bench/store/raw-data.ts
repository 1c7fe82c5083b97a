import { open, type RootDatabase } from 'lmdb'
import { type IndexField, indexKeys } from '../../../server/embedded/bson/index-keys.ts'
import { encodeValue } from '../../../server/embedded/bson/key.ts'
import {
  BY_LANE,
  BY_ORDER,
  BY_SKU,
  bytesOf,
  type Event,
  eventOf,
  SALES,
  STOCKS,
  saleOf,
  stockId,
  stockOf,
} from './documents.ts'

/** LMDB with the keys and values the store would have in it, and nothing around it. */
export interface RawData {
  readonly db: RootDatabase<Buffer, Buffer>
  readonly stored: number
  fresh(): number
}

export const TABLE = { events: 1, byLane: 2, byOrder: 3, stocks: 4, sales: 5, bySku: 6 } as const

/** A key and its value. */
export interface RawEntry {
  readonly key: Buffer
  readonly value: Buffer
}

/** LMDB as the store opens it, but each transaction is on the disk when it ends. */
export function openRaw(folder: string): RawData['db'] {
  return open<Buffer, Buffer>(folder, {
    keyEncoding: 'binary',
    encoding: 'binary',
    cache: false,
    pageSize: 4096,
    overlappingSync: false,
    mapSize: 2 ** 38,
  })
}

/** The key of a value in a table: of an `_id`, or the beginning of the keys of an index. */
export function keyOf(table: number, ...values: unknown[]): Buffer {
  return Buffer.concat([tableBytes(table), ...values.map(value => encodeValue(value, 1))])
}

/** The key behind all that begin with this one. */
export function behind(prefix: Buffer): Buffer {
  return Buffer.concat([prefix, Buffer.of(0xff)])
}

/** A document and its index entries. */
export function eventEntries(event: Event): RawEntry[] {
  const value = bytesOf(event)
  return [
    { key: keyOf(TABLE.events, event._id), value },
    indexEntry(TABLE.byLane, BY_LANE, value, event._id),
    indexEntry(TABLE.byOrder, BY_ORDER, value, event._id),
  ]
}

/** Fills a new file with so many events, and the stocks and sales. */
export function fillRaw(db: RawData['db'], stored: number): void {
  inBulk(db, stored, seq => eventEntries(eventOf(seq)))
  inBulk(db, STOCKS, n => [{ key: keyOf(TABLE.stocks, stockId(n)), value: bytesOf(stockOf(n)) }])
  inBulk(db, SALES, n => {
    const value = bytesOf(saleOf(n))
    return [{ key: keyOf(TABLE.sales, n), value }, indexEntry(TABLE.bySku, BY_SKU, value, n)]
  })
}

/** Removes the events from number `from` up to (not with) `to`. */
export function removeRaw(db: RawData['db'], from: number, to: number): void {
  const BULK = 5000
  for (let at = from; at < to; at += BULK)
    db.transactionSync(() => {
      for (let seq = at; seq < Math.min(to, at + BULK); seq++)
        for (const state of ['pending', 'done', 'failed'])
          for (const { key } of eventEntries({ ...eventOf(seq), state })) db.removeSync(key)
    })
}

function inBulk(db: RawData['db'], count: number, entriesOf: (n: number) => RawEntry[]): void {
  const BULK = 20_000
  for (let from = 0; from < count; from += BULK)
    db.transactionSync(() => {
      for (let n = from; n < Math.min(count, from + BULK); n++)
        for (const { key, value } of entriesOf(n)) db.putSync(key, value)
    })
}

function indexEntry(table: number, fields: readonly IndexField[], raw: Buffer, id: unknown): RawEntry {
  const value = encodeValue(id, 1)
  return { key: Buffer.concat([tableBytes(table), indexKeys(raw, fields).keys[0]!, value]), value }
}

function tableBytes(table: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(table, 0)
  return bytes
}
