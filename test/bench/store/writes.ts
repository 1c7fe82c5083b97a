import { type Event, eventOf, idOf, STOCKS, type Stock, stockId } from './documents.ts'
import type { Operation, StoreData } from './operation.ts'
import { eventEntries, keyOf, type RawData, TABLE } from './raw-data.ts'

const MANY = 500

/** Each raw transaction is flushed before it ends; the store flushes its log, and shares a flush as LMDB does. */
export const WRITES: readonly Operation[] = [
  {
    // Raw: 1,500 puts in one transaction.
    name: 'insertMany 500',
    each: MANY,
    concurrency: 4,
    store: data => () => events(data).insertMany(fresh(data, MANY)),
    raw: data => () => {
      const entries = fresh(data, MANY).flatMap(eventEntries)
      return () => data.db.transactionSync(() => entries.forEach(put(data)))
    },
  },
  {
    // Raw: 64 transactions of three puts each, handed in at once: LMDB commits and flushes them together.
    name: 'insertOne, 64 at once',
    each: 1,
    concurrency: 64,
    rawAtOnce: true,
    store: data => () => events(data).insertOne(eventOf(data.fresh())),
    raw: data => () => {
      const entries = eventEntries(eventOf(data.fresh()))
      return () => data.db.transaction(() => entries.forEach(put(data)))
    },
  },
  {
    // Raw: 500 times a read; where nothing was found three puts, else the document and one index entry changed.
    // Every second call finds what the one before it made.
    name: 'bulkWrite 500 upserts',
    each: MANY,
    concurrency: 1,
    store: data => {
      const made = alternatingEvents(data)
      return () =>
        events(data).bulkWrite(
          made().map(({ _id, ...rest }) => ({
            updateOne: { filter: { _id }, update: { $set: rest }, upsert: true },
          })),
          { ordered: false },
        )
    },
    raw: data => {
      const made = alternatingEvents(data)
      return () => {
        const all = made().map(event => ({
          entries: eventEntries(event),
          before: eventEntries(eventOf(event.seq)),
        }))
        return () =>
          data.db.transactionSync(() => {
            for (const { entries, before } of all) {
              const [document, byLane, byOrder] = entries
              if (data.db.getBinary(document!.key)) data.db.removeSync(before[1]!.key)
              else put(data)(byOrder!)
              put(data)(document!)
              put(data)(byLane!)
            }
          })
      }
    },
  },
  {
    // Raw: 500 times a read, a put of the document, and one index entry taken for another.
    name: 'updateMany 500 by _id, one index',
    each: MANY,
    concurrency: 1,
    store: data => at =>
      events(data).updateMany({ _id: { $in: doneSeqs(at).map(idOf) } }, { $set: { state: stateAt(at) } }),
    raw: data => at => {
      const pairs = doneSeqs(at).map(seq => {
        const event = eventOf(seq)
        return {
          entries: eventEntries({ ...event, state: stateAt(at) }),
          before: eventEntries({ ...event, state: stateAt(at - CALLS_AROUND) }),
        }
      })
      return () =>
        data.db.transactionSync(() => {
          for (const { entries, before } of pairs) {
            data.db.getBinary(entries[0]!.key)
            data.db.removeSync(before[1]!.key)
            put(data)(entries[0]!)
            put(data)(entries[1]!)
          }
        })
    },
  },
  conditional('findOneAndUpdate, one hot document', () => 0),
  conditional('findOneAndUpdate on 10,000', at => (at * 7919) % STOCKS),
]

/** Takes one of a stock if there is one. Raw: a read and a put in a transaction, 64 of them handed in at once. */
function conditional(name: string, stockAt: (at: number) => number): Operation {
  return {
    name,
    each: 1,
    concurrency: 64,
    rawAtOnce: true,
    store: ({ db }) => {
      const stocks = db.collection<Stock>('stocks')
      return at =>
        stocks.findOneAndUpdate(
          { _id: stockId(stockAt(at)), left: { $gte: 1 } },
          { $inc: { left: -1, held: 1 } },
          { returnDocument: 'after' },
        )
    },
    raw:
      ({ db }) =>
      at => {
        const key = keyOf(TABLE.stocks, stockId(stockAt(at)))
        return () =>
          db.transaction(() => {
            const document = db.getBinary(key)!
            const left = document.indexOf('left\0') + 5
            if (document.readInt32LE(left) < 1) return
            document.writeInt32LE(document.readInt32LE(left) - 1, left)
            db.putSync(key, document)
          })
      },
  }
}

function events({ db }: StoreData) {
  return db.collection<Event>('events')
}

function fresh(data: { fresh(): number }, count: number): Event[] {
  return Array.from({ length: count }, () => eventOf(data.fresh()))
}

/** New events, then the same ones changed, and so on. */
function alternatingEvents(data: { fresh(): number }): () => Event[] {
  let made: Event[] = []
  return () => {
    if (made.length === 0) {
      made = fresh(data, MANY)
      return made
    }
    const changed = made.map(event => ({ ...event, state: 'failed' }))
    made = []
    return changed
  }
}

/** Events that are not pending, so that what reads look for stays as it is. */
function doneSeqs(at: number): number[] {
  return DONE.slice((at % CALLS_AROUND) * MANY, ((at % CALLS_AROUND) + 1) * MANY)
}

const DONE = Array.from({ length: 10_000 }, (_, seq) => seq).filter(seq => eventOf(seq).state === 'done')
/** After so many calls the same events come again. */
const CALLS_AROUND = Math.floor(DONE.length / MANY)

/** Another state each time round, so that every update changes an index entry. */
function stateAt(at: number): string {
  return at < 0 ? 'done' : `round-${Math.floor(at / CALLS_AROUND) % 7}`
}

function put({ db }: RawData): (entry: { key: Buffer; value: Buffer }) => void {
  return ({ key, value }) => db.putSync(key, value)
}
