import type { SimulatedState } from '../nodes/node-type.ts'
import { sightingId } from '../store/sighting-doc.ts'
import type { Store } from '../store/store.ts'
import type { Places } from '../world/live/places.ts'
import type { Traces } from './traces.ts'

type Facts = Required<Pick<SimulatedState, 'stock' | 'orders' | 'sightings'>>
type Stock = Record<string, Record<string, number>>

/**
 * What a simulated world is made from: read from the live one without the traces of the events that are tried,
 * each thing once, and never written. Every question answers what was not known before it.
 */
export interface Source {
  stock(skus: Iterable<string>): Promise<Facts>
  sightings(dedupKeys: Iterable<string>): Promise<Facts>
  orders(keys: Iterable<string>): Promise<Facts>
  /** All that was read so far: the small world these events live in. */
  state(): SimulatedState
}

export function liveSource(store: Store, workspace: string, places: Places, traces: Traces): Source {
  const stock: Stock = {}
  const orders: Facts['orders'][number][] = []
  const sightings: Facts['sightings'][number][] = []
  const asked = { skus: new Set<string>(), dedupKeys: new Set<string>(), orders: new Set<string>() }
  const givenBack = new Map<string, number>()
  for (const { warehouse, sku, quantity } of traces.taken)
    givenBack.set(placeOf(warehouse, sku), (givenBack.get(placeOf(warehouse, sku)) ?? 0) + quantity)

  return {
    async stock(skus) {
      const open = fresh(skus, asked.skus)
      if (open.length === 0) return NOTHING
      const found = await store.stock
        .find({ workspace, sku: { $in: open } }, { warehouse: 1, sku: 1, available: 1 })
        .lean()
      const read: Stock = {}
      for (const { warehouse, sku, available } of found) {
        const units = available + (givenBack.get(placeOf(warehouse, sku)) ?? 0)
        put(read, warehouse, sku, units)
        put(stock, warehouse, sku, units)
      }
      return { ...NOTHING, stock: read }
    },

    async sightings(dedupKeys) {
      const open = fresh(dedupKeys, asked.dedupKeys)
      if (open.length === 0) return NOTHING
      const keys = new Map(open.map(key => [sightingId(workspace, key), key]))
      const found = await store.sightings.find({ _id: { $in: [...keys.keys()] } }).lean()
      const read = found.flatMap(({ _id, seen }) =>
        seen
          .filter(({ orderKey }) => !traces.orders.has(orderKey))
          .map(({ orderKey, orderId, channel, at }) => ({
            dedupKey: keys.get(_id)!,
            orderKey,
            orderId,
            channel,
            at,
          })),
      )
      sightings.push(...read)
      return { ...NOTHING, sightings: read }
    },

    async orders(keys) {
      const open = fresh(keys, asked.orders).filter(key => !traces.orders.has(key))
      if (open.length === 0) return NOTHING
      const found = await store.orders
        .find({ _id: { $in: open } }, { order: 1, status: 1, outcome: 1 })
        .lean()
      const read = found.map(({ _id, order, status, outcome }) => ({ orderKey: _id, order, status, outcome }))
      orders.push(...read)
      return { ...NOTHING, orders: read }
    },

    state: () => ({
      connections: places.connectionIds.flatMap(id => places.connection(id) ?? []),
      warehouses: places.warehouses,
      stock,
      orders,
      sightings,
    }),
  }
}

/** The source of a small world that was kept: there is nothing to read beside it. */
export function keptSource(state: SimulatedState): Source {
  const nothing = async () => NOTHING
  return { stock: nothing, sightings: nothing, orders: nothing, state: () => state }
}

const NOTHING: Facts = { stock: {}, orders: [], sightings: [] }

const placeOf = (warehouse: string, sku: string) => `${warehouse}/${sku}`

function put(stock: Stock, warehouse: string, sku: string, units: number): void {
  stock[warehouse] ??= Object.create(null) as Record<string, number>
  stock[warehouse][sku] = units
}

function fresh(wanted: Iterable<string>, asked: Set<string>): string[] {
  const open: string[] = []
  for (const each of wanted) {
    if (asked.has(each)) continue
    asked.add(each)
    open.push(each)
  }
  return open
}
