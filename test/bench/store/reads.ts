import {
  bytesOf,
  type Event,
  idOf,
  int,
  LANES,
  orderOf,
  pendingSeq,
  SALES,
  type Sale,
  SKUS,
  saleOf,
} from './documents.ts'
import type { Operation, StoreData } from './operation.ts'
import { behind, keyOf, type RawData, TABLE } from './raw-data.ts'

const MANY = 500
const PAGE = 50
const COUNTED = 50
/** From one pending event of a lane to the next. */
const PENDING_STEP = LANES * 10

/** Raw LMDB copies what it reads, as the store does; it looks into documents only where the work asks for it. */
export const READS: readonly Operation[] = [
  {
    // Raw: one get.
    name: 'findOne by _id',
    each: 1,
    concurrency: 16,
    store: data => at => events(data).findOne({ _id: idOf(some(at, data)) }),
    raw: data => at => {
      const key = keyOf(TABLE.events, idOf(some(at, data)))
      return () => data.db.getBinary(key)
    },
  },
  {
    // Raw: the first entry of a range, and a get.
    name: 'findOne by index',
    each: 1,
    concurrency: 16,
    store: data => at => events(data).findOne({ order: orderOf(some(at, data)) }),
    raw: data => at => {
      const prefix = keyOf(TABLE.byOrder, orderOf(some(at, data)))
      return () => rangeOf(data, prefix, behind(prefix), 1).map(entry => documentOf(data, entry.value))
    },
  },
  {
    // Raw: 500 gets.
    name: 'find {_id: {$in: 500}}',
    each: MANY,
    concurrency: 2,
    store: data => at =>
      events(data)
        .find({ _id: { $in: someIds(at, data) } }, { batchSize: MANY })
        .toArray(),
    raw: data => at => {
      const keys = someIds(at, data).map(id => keyOf(TABLE.events, id))
      return () => keys.map(key => data.db.getBinary(key))
    },
  },
  {
    // Raw: 50 entries of the index, and 50 gets.
    name: 'range + sort + limit 50',
    each: PAGE,
    concurrency: 2,
    store: data => at => {
      const { lane, from } = somePage(at, data, PAGE)
      return events(data)
        .find({ lane, state: 'pending', seq: { $gte: from } })
        .sort({ seq: 1 })
        .limit(PAGE)
        .toArray()
    },
    raw: data => at => {
      const { lane, from } = somePage(at, data, PAGE)
      const start = keyOf(TABLE.byLane, int(lane), 'pending', int(from))
      const end = behind(keyOf(TABLE.byLane, int(lane), 'pending'))
      return () => rangeOf(data, start, end, PAGE).map(entry => documentOf(data, entry.value))
    },
  },
  {
    // Raw: 50 entries of the index and 50 gets, in the other direction; no look into the documents.
    name: 'the same backwards, half filtered out',
    each: PAGE / 2,
    concurrency: 2,
    store: data => at => {
      const { lane, from } = somePage(at, data, PAGE)
      return events(data)
        .find({
          lane,
          state: 'pending',
          seq: { $lt: from + PAGE * PENDING_STEP, $mod: [2 * PENDING_STEP, lane] },
        })
        .sort({ seq: -1 })
        .limit(PAGE / 2)
        .toArray()
    },
    raw: data => at => {
      const { lane, from } = somePage(at, data, PAGE)
      const start = keyOf(TABLE.byLane, int(lane), 'pending', int(from))
      const end = behind(keyOf(TABLE.byLane, int(lane), 'pending'))
      return () => rangeOf(data, start, end, PAGE).map(entry => documentOf(data, entry.value))
    },
  },
  {
    // Raw: 500 entries of the index and 500 gets.
    name: 'cursor over 500, batches of 50',
    each: MANY,
    concurrency: 1,
    store: data => at =>
      events(data)
        .find({ lane: at % LANES }, { batchSize: PAGE })
        .limit(MANY)
        .toArray(),
    raw: data => at => {
      const prefix = keyOf(TABLE.byLane, int(at % LANES))
      return () => rangeOf(data, prefix, behind(prefix), MANY).map(entry => documentOf(data, entry.value))
    },
  },
  {
    // Raw: LMDB counts the keys between two.
    name: 'count of 50 by index',
    each: 1,
    concurrency: 16,
    store: data => at => {
      const { lane, from } = somePage(at, data, COUNTED)
      const to = from + COUNTED * PENDING_STEP
      return events(data).countDocuments({ lane, state: 'pending', seq: { $gte: from, $lt: to } })
    },
    raw: data => at => {
      const { lane, from } = somePage(at, data, COUNTED)
      const to = from + COUNTED * PENDING_STEP
      const start = keyOf(TABLE.byLane, int(lane), 'pending', int(from))
      const end = keyOf(TABLE.byLane, int(lane), 'pending', int(to))
      return () => data.db.getKeysCount({ start, end })
    },
  },
  {
    // Raw: all 100,000 values, of each the SKU and the money read where they stand.
    name: 'group-by over 100,000',
    each: SALES,
    concurrency: 1,
    store: data => () =>
      sales(data)
        .aggregate([{ $group: { _id: '$sku', sold: { $sum: 1 }, paidFen: { $sum: '$paidFen' } } }])
        .toArray(),
    raw: data => () => () => groupedBySku(data, keyOf(TABLE.sales)),
  },
  {
    // Raw: all 100,000 values, one in four of them grouped as above.
    name: '$match + group-by over 100,000',
    each: SALES,
    concurrency: 1,
    store: data => () =>
      sales(data)
        .aggregate([
          { $match: { channel: 'jd', paidFen: { $gt: 2000 } } },
          { $group: { _id: '$sku', sold: { $sum: 1 }, average: { $avg: '$paidFen' } } },
          { $sort: { sold: -1 } },
          { $limit: 10 },
        ])
        .toArray(),
    raw: data => () => () => groupedBySku(data, keyOf(TABLE.sales)),
  },
  {
    // Raw: the first entry of each of the 500 values in the index.
    name: 'distinct of 500 by index',
    each: SKUS,
    concurrency: 1,
    store: data => () => sales(data).distinct('sku'),
    raw: data => () => () => {
      const end = behind(keyOf(TABLE.bySku))
      const skus: string[] = []
      for (let from = keyOf(TABLE.bySku); ; ) {
        const [entry] = rangeOf(data, from, end, 1)
        if (!entry) return skus
        const sku = entry.key.toString('latin1', 5, entry.key.indexOf(0, 5))
        skus.push(sku)
        from = behind(keyOf(TABLE.bySku, sku))
      }
    },
  },
]

function events({ db }: StoreData) {
  return db.collection<Event>('events')
}

function sales({ db }: StoreData) {
  return db.collection<Sale>('sales')
}

/** An event that is there, another one for each call. */
function some(at: number, { stored }: { stored: number }): number {
  return (at * 7919) % stored
}

function someIds(at: number, data: { stored: number }): string[] {
  return Array.from({ length: MANY }, (_, i) => idOf(some(at * MANY + i, data)))
}

/** A lane, and a number from which it has so many pending events. */
function somePage(at: number, { stored }: { stored: number }, count: number) {
  const lane = at % LANES
  const pending = Math.floor(stored / LANES / 10)
  const nth = (at * 7919) % Math.max(1, pending - count)
  return { lane, from: pendingSeq(lane, nth) }
}

function rangeOf(
  { db }: RawData,
  start: Buffer,
  end: Buffer,
  limit: number,
): { key: Buffer; value: Buffer }[] {
  return Array.from(db.getRange({ start, end, limit }))
}

function documentOf({ db }: RawData, idKey: Buffer): Buffer | undefined {
  const key = Buffer.allocUnsafe(4 + idKey.length)
  key.writeUInt32BE(TABLE.events, 0)
  key.set(idKey, 4)
  return db.getBinary(key)
}

/** Sales have fields of fixed length, so these stand where they stand in any of them. */
const SKU_AT = bytesOf(saleOf(0)).indexOf('sku\0') + 8
const SKU_BYTES = saleOf(0).sku.length
const PAID_AT = bytesOf(saleOf(0)).indexOf('paidFen\0') + 8

function groupedBySku({ db }: RawData, table: Buffer): Map<string, { sold: number; paidFen: number }> {
  const groups = new Map<string, { sold: number; paidFen: number }>()
  for (const { value } of db.getRange({ start: table, end: behind(table) })) {
    const sku = value.toString('latin1', SKU_AT, SKU_AT + SKU_BYTES)
    let group = groups.get(sku)
    if (!group) {
      group = { sold: 0, paidFen: 0 }
      groups.set(sku, group)
    }
    group.sold++
    group.paidFen += value.readInt32LE(PAID_AT)
  }
  return groups
}
