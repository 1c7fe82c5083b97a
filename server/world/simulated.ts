import type { SimulatedState } from '../nodes/node-type.ts'
import { allocate } from './allocation.ts'
import { judge, type Sighting } from './dedup-window.ts'
import { sellersAmong } from './sellers.ts'
import { factsFor } from './stock-facts.ts'
import { stockId } from './stock-id.ts'
import type { Levels } from './stock-lines.ts'
import type { Effect, RestockEffect, StoredOrder, World } from './world.ts'

const WORKSPACE = 'simulated'
/** Any fixed instant serves: a simulation without a clock of its own must still give the same answers every time. */
const DEFAULT_NOW = new Date('2026-10-01T02:05:00Z')

export interface SimulatedWorld extends World {
  /** Sets its clock. */
  setNow(now: Date): void
  /** Adds what it was not told of at the beginning; what it knows already stays as it is. */
  learn(facts: Pick<SimulatedState, 'stock' | 'orders' | 'sightings'>): void
  /** An order as a run left it, for what comes after. */
  keep(order: KnownOrder): void
  /** Applies the effects of one visit; the second time the same key comes it is nothing. */
  record(key: string, effects: readonly Effect[]): void
  /** What the world looks like now: units available, effects by key, kept orders by dedup key. */
  snapshot(): SimulatedSnapshot
}

type KnownOrder = NonNullable<SimulatedState['orders']>[number]

interface SimulatedSnapshot {
  readonly stock: Readonly<Record<string, Readonly<Record<string, number>>>>
  readonly effects: ReadonlyMap<string, readonly Effect[]>
  readonly sightings: ReadonlyMap<string, readonly Sighting[]>
}

/** A world in memory, made from a snapshot of the real one. Nothing it does reaches anybody. */
export function simulatedWorld(state: SimulatedState): SimulatedWorld {
  let now = state.now ?? DEFAULT_NOW
  const connections = new Map(state.connections?.map(connection => [connection.id, connection]))
  const warehouses = state.warehouses ?? []
  const levels = levelsOf(state)
  const orders = new Map<string, StoredOrder>(state.orders?.map(order => [order.orderKey, order]))
  const firstEvents = new Map<string, string>()
  const sightings = sightingsOf(state)
  const effects = new Map<string, readonly Effect[]>()
  const available: Levels = (warehouse, sku) => levels.get(warehouse)?.get(sku) ?? 0
  const putBack = ({ warehouse, lines }: RestockEffect) => {
    const skus = levels.get(warehouse) ?? new Map<string, number>()
    levels.set(warehouse, skus)
    for (const { sku, quantity } of lines) skus.set(sku, (skus.get(sku) ?? 0) + quantity)
  }

  return {
    get now() {
      return now
    },
    setNow(next) {
      now = next
    },
    learn(facts) {
      for (const [warehouse, skus] of levelsOf(facts)) {
        const known = levels.get(warehouse)
        if (!known) levels.set(warehouse, skus)
        else for (const [sku, units] of skus) if (!known.has(sku)) known.set(sku, units)
      }
      for (const [key, seen] of sightingsOf(facts)) if (!sightings.has(key)) sightings.set(key, seen)
      for (const order of facts.orders ?? [])
        if (!orders.has(order.orderKey)) orders.set(order.orderKey, order)
    },
    keep: order => void orders.set(order.orderKey, order),
    connection: id => connections.get(id),
    sellers: () => sellersAmong(connections.values()),
    orders: {
      arrive: answering(({ orderKey, event }) => {
        const first = firstEvents.get(orderKey) ?? (orders.has(orderKey) ? undefined : event)
        if (first === undefined) return { isNew: false }
        firstEvents.set(orderKey, first)
        return { isNew: first === event }
      }),
      current: answering(({ orderKey }) => orders.get(orderKey)),
    },
    dedup: {
      claim: answering(claim => {
        const seen = sightings.get(claim.dedupKey) ?? []
        const answer = judge(seen, claim)
        if (!answer.duplicateOf && !seen.some(sighting => sighting.orderKey === claim.orderKey)) {
          const { orderKey, orderId, channel, at } = claim
          sightings.set(claim.dedupKey, [...seen, { orderKey, orderId, channel, at }])
        }
        return answer
      }),
    },
    stock: {
      facts: answering(question => factsFor(question, available, warehouses)),
      hold: answering(request => {
        const { answers, taken } = allocate([request], available, WORKSPACE)
        for (const { sku } of request.lines) {
          const id = stockId(WORKSPACE, request.warehouse, sku)
          const units = taken.get(id)
          if (units !== undefined)
            levels.get(request.warehouse)?.set(sku, available(request.warehouse, sku) - units)
          // Lines of one SKU are taken together: the second of them must not take them again.
          taken.delete(id)
        }
        return answers[0]!
      }),
    },
    record(key, made) {
      if (effects.has(key)) return
      effects.set(key, made)
      for (const effect of made) if (effect.kind === 'restock') putBack(effect)
    },
    snapshot: () => ({
      stock: Object.fromEntries(
        Array.from(levels, ([warehouse, skus]) => [warehouse, Object.fromEntries(skus)]),
      ),
      effects: new Map(effects),
      sightings: new Map(sightings),
    }),
  }
}

/** Lifts an answer to a batch, and gives the same key the same answer for ever. */
function answering<Q extends { readonly key: string }, A>(answer: (request: Q) => A) {
  const given = new Map<string, A>()
  return async (requests: readonly Q[]): Promise<A[]> =>
    requests.map(request => {
      if (!given.has(request.key)) given.set(request.key, answer(request))
      return given.get(request.key) as A
    })
}

function levelsOf(state: Pick<SimulatedState, 'stock'>): Map<string, Map<string, number>> {
  const levels = new Map<string, Map<string, number>>()
  for (const [warehouse, skus] of Object.entries(state.stock ?? {})) {
    levels.set(warehouse, new Map(Object.entries(skus)))
  }
  return levels
}

function sightingsOf(state: Pick<SimulatedState, 'sightings'>): Map<string, Sighting[]> {
  const sightings = new Map<string, Sighting[]>()
  for (const { dedupKey, ...sighting } of state.sightings ?? []) {
    const seen = sightings.get(dedupKey)
    if (seen) seen.push(sighting)
    else sightings.set(dedupKey, [sighting])
  }
  return sightings
}
