import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { BSON } from 'mongodb'
import type { Model } from 'mongoose'
import { startEmbeddedStore } from '../../server/embedded/embedded.ts'
import { insertNew } from '../../server/store/insert-new.ts'
import { openStore, type Store } from '../../server/store/store.ts'

/** Everything the product wrote about one order. */
interface Trace {
  readonly orderId: string
  readonly event: string
  readonly phone: string
  readonly documents: Readonly<Record<Kind, readonly Doc[]>>
}

type Kind = 'events' | 'runs' | 'orders' | 'movements' | 'sightings'
type Doc = Record<string, unknown>

const KINDS: readonly Kind[] = ['events', 'runs', 'orders', 'movements', 'sightings']
const TEMPLATES = 2_000
const AT_ONCE = 1_000
const DAY_MS = 86_400_000
/** The stored orders came in over so many days. */
const DAYS = 30

/**
 * Fills the store of a stopped server that has decided some orders until it holds `total` of them: each is a copy of
 * what the product itself wrote about one, under an id, a buyer and a day of its own.
 * @param dataDir data folder of that server
 */
export async function fillStore(
  dataDir: string,
  total: number,
  told: (stored: number) => void,
): Promise<void> {
  const embedded = await startEmbeddedStore({ dataDir: join(dataDir, 'store') })
  const store = await openStore(embedded.uri)
  try {
    const traces = await readTraces(store)
    let stored = await store.orders.estimatedDocumentCount()
    // The next copies are made while the store is still busy with the last ones.
    let writing: Promise<unknown> = Promise.resolve()
    while (stored < total) {
      const count = Math.min(AT_ONCE, total - stored)
      const copies = Array.from({ length: count }, (_, index) =>
        copyOf(traces[(stored + index) % traces.length]!, stored + index),
      )
      await writing
      writing = Promise.all(
        KINDS.map(kind =>
          insertNew(
            store[kind] as unknown as Model<Doc>,
            copies.flatMap(each => each[kind]),
          ),
        ),
      )
      stored += count
      if (stored % 50_000 < AT_ONCE) told(stored)
    }
    await writing
  } finally {
    await store.close()
    await embedded.close()
  }
}

async function readTraces(store: Store): Promise<Trace[]> {
  const read = async (kind: Kind, filter: object) =>
    (await (store[kind] as unknown as Model<Doc>).collection.find(filter).toArray()) as unknown as Doc[]
  const orders = await store.orders.collection.find({}).limit(TEMPLATES).toArray()
  const keys = orders.map(each => String(each._id))
  const [events, runs, movements, sightings] = await Promise.all([
    read('events', { order: { $in: keys } }),
    read('runs', { order: { $in: keys } }),
    read('movements', { order: { $in: keys } }),
    read('sightings', {}),
  ])
  if (events.length < keys.length || runs.length < keys.length)
    throw new Error(
      `${keys.length} orders, but only ${events.length} events and ${runs.length} runs to copy.`,
    )
  const byOrder = (documents: readonly Doc[]) => {
    const found = new Map<string, Doc[]>()
    for (const each of documents)
      found.set(String(each.order), [...(found.get(String(each.order)) ?? []), each])
    return found
  }
  const [eventsOf, runsOf, movementsOf] = [byOrder(events), byOrder(runs), byOrder(movements)]
  const sightingsOf = new Map<string, Doc[]>()
  for (const sighting of sightings)
    for (const { orderKey } of sighting.seen as { orderKey: string }[])
      sightingsOf.set(orderKey, [{ ...sighting, seen: [{ ...(sighting.seen as Doc[])[0] }] }])
  return orders.map(order => {
    const key = String(order._id)
    return {
      orderId: key.slice(key.indexOf(':') + 1),
      event: String(order.event),
      phone: (order.order as { phone: string }).phone,
      documents: {
        events: eventsOf.get(key) ?? [],
        runs: runsOf.get(key) ?? [],
        orders: [order as unknown as Doc],
        movements: movementsOf.get(key) ?? [],
        sightings: sightingsOf.get(key) ?? [],
      },
    }
  })
}

function copyOf({ orderId, event, phone, documents }: Trace, number: number): Record<Kind, Doc[]> {
  const digits = String(number).padStart(9, '0')
  const swaps: readonly (readonly [string, string])[] = [
    [orderId, `F${digits}`],
    [event, randomBytes(20).toString('base64url').slice(0, event.length)],
    [phone, `15${digits}`],
  ]
  const agoMs = Math.floor((1 - (number % 1_000_000) / 1_000_000) * DAYS * DAY_MS)
  const copied = (kind: Kind) => documents[kind].map(each => changed(each, swaps, agoMs) as Doc)
  return {
    events: copied('events'),
    runs: copied('runs'),
    orders: copied('orders'),
    movements: copied('movements'),
    // The id is a hash; and they stay, so that no sweep of theirs falls into the measurement.
    sightings: copied('sightings').map(each => ({
      ...each,
      _id: randomBytes(20).toString('base64url'),
      expireAt: new Date(Date.now() + 7 * DAY_MS),
    })),
  }
}

function changed(value: unknown, swaps: readonly (readonly [string, string])[], agoMs: number): unknown {
  if (typeof value === 'string') {
    let text = value
    for (const [from, to] of swaps) if (text.includes(from)) text = text.replaceAll(from, to)
    return text
  }
  if (value instanceof Date) return new Date(value.getTime() - agoMs)
  if (Array.isArray(value)) return value.map(each => changed(each, swaps, agoMs))
  if (typeof value !== 'object' || value === null || value instanceof BSON.Binary) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, changed(each, swaps, agoMs)]))
}
